import type { Json } from "./recorded-case.ts";

/** Whether a value is as good as the recorded one. Only asked where the two differ. */
type Matcher = (wanted: Json, got: Json) => boolean;

const sameLength: Matcher = (wanted, got) =>
  typeof wanted === "string" && typeof got === "string" && wanted.length === got.length && got !== "";
const digits: Matcher = (_, got) => /^[1-9]\d*$/.test(String(got));
const index: Matcher = (_, got) => typeof got === "number" && Number.isInteger(got) && got >= 0;
const ticket: Matcher = (wanted, got) =>
  typeof got === "string" && wanted !== "" && /^sidecar[1-9A-HJ-NP-Za-km-z]{100,}$/.test(got);
/** A DER signature is one byte longer or shorter now and then. */
const signature: Matcher = (wanted, got) =>
  wanted !== "" && typeof got === "string" && Buffer.from(got, "base64")[0] === 0x30;
const key: Matcher = (wanted, got) =>
  sameLength(wanted, got) && [2, 3].includes(Buffer.from(String(got), "base64")[0] ?? 0);

/** What varies from daemon to daemon and from run to run, by the field's name. */
export const MATCHERS: Readonly<Record<string, Matcher>> = {
  // The build: the sandbox says that it is one.
  version: (wanted, got) => [wanted, got].every((text) => /^\d+\.\d+\.\d+-beta commit=/.test(String(text))),
  // Keys.
  trader_key: key,
  node_pubkey: key,
  recipient_node_pubkey: key,
  recipient_multisig_pubkey: key,
  recipient_multisig_pubkey_index: index,
  // Transactions, and where in one the account's output is: the wallet shuffles.
  txid: sameLength,
  latest_txid: sameLength,
  close_txid: sameLength,
  deposit_txid: sameLength,
  withdraw_txid: sameLength,
  renewal_txid: sameLength,
  output_index: index,
  // Times.
  timestamp: digits,
  timestamp_ns: digits,
  creation_timestamp_ns: digits,
  // Nonces, ids and what is signed with them.
  accepted_order_nonce: sameLength,
  order_nonce: sameLength,
  order_bid_nonce: sameLength,
  id: sameLength,
  offer_signature: signature,
  order_signature: signature,
  ticket,
  encoded_ticket: ticket,
  updated_sidecar_ticket: ticket,
  // Open interest in the market: the recordings' stub always says the same, the sandbox counts.
  value: index,
};

const HEX_KEY = /\b(?:[0-9a-f]{66}|[0-9a-f]{64})\b/g;
const ADDRESS = /\b127\.0\.0\.1:\d+/g;

/** An error text with placeholders for keys that the daemon made up (`known` does not hold them) and for addresses. */
export function comparableText(text: string, known: string): string {
  return text.replace(HEX_KEY, (hex) => (known.includes(hex) ? hex : "<key>")).replace(ADDRESS, "<address>");
}
