import { secp256k1 } from "@noble/curves/secp256k1.js";
import { checkKey } from "./account-checks.ts";
import { decodeBase58, encodeBase58 } from "./base58.ts";
import { sha256, toHex } from "./keys.ts";
import { Refusal, refuse } from "./refusal.ts";
import { type Ticket, ticketState, ticketStateNumber } from "./ticket.ts";
import {
  BYTE,
  BYTES_8,
  BYTES_32,
  type Field,
  type FieldForm,
  fieldNumber,
  PUBLIC_KEY,
  readFields,
  SIGNATURE,
  TlvError,
  UINT32,
  UINT64,
  uint,
  writeFields,
} from "./tlv.ts";

const PREFIX = "sidecar";
const ENCODING_VERSION = 0;
/** The last version that has digests. */
export const NEWEST_TICKET_VERSION = 1;
const CHECKSUM_BYTES = 4;
/** Tickets have some hundreds. The work of decoding base58 grows with the square of the length. */
const MOST_CHARACTERS = 20_000;

/** The field numbers of a ticket and of its four parts. */
const T = {
  id: 1,
  version: 2,
  state: 3,
  offer: 10,
  capacity: 11,
  pushAmount: 12,
  leaseDuration: 13,
  signPubkey: 14,
  offerSignature: 15,
  auto: 16,
  unannounced: 17,
  zeroConf: 18,
  recipient: 20,
  nodeKey: 21,
  multiSigKey: 22,
  keyIndex: 23,
  order: 30,
  bidNonce: 31,
  orderSignature: 32,
  execution: 40,
  pendingChannelId: 41,
} as const;

const KEY: FieldForm = { ...PUBLIC_KEY, problem: keyProblem };
const SIGNED: FieldForm = { ...SIGNATURE, problem: signatureProblem };

/** What each field has to be. The parts hold fields of their own. */
const FORMS = {
  ticket: { [T.id]: BYTES_8, [T.version]: BYTE, [T.state]: BYTE },
  offer: {
    [T.capacity]: UINT64,
    [T.pushAmount]: UINT64,
    [T.leaseDuration]: UINT32,
    [T.signPubkey]: KEY,
    [T.offerSignature]: SIGNED,
    [T.auto]: BYTE,
    [T.unannounced]: BYTE,
    [T.zeroConf]: BYTE,
  },
  recipient: { [T.nodeKey]: KEY, [T.multiSigKey]: KEY, [T.keyIndex]: UINT32 },
  order: { [T.bidNonce]: BYTES_32, [T.orderSignature]: SIGNED },
  execution: { [T.pendingChannelId]: BYTES_32 },
} as const;

/** The text in which tickets are handed on: `sidecar` and base58 of the fields and a checksum. */
export function encodeTicket(ticket: Ticket): string {
  const body = Uint8Array.from([ENCODING_VERSION, ...writeFields(ticketFields(ticket))]);
  return PREFIX + encodeBase58(Uint8Array.from([...body, ...checksum(body)]));
}

/** Reads a ticket. Refuses with `prefix` and the daemon's words. */
export function decodeTicket(text: string, prefix = ""): Ticket {
  if (text.length < PREFIX.length) {
    refuse(`${prefix}string contains invalid prefix`);
  }
  if (text.length > MOST_CHARACTERS) {
    const length = `${text.length} characters`;
    refuse(
      `${prefix}the sandbox decodes no ticket of ${length}, with which a real poold 0.6.6 is busy for minutes`,
    );
  }
  const raw = decodeBase58(text.slice(PREFIX.length));
  if (raw.length < 1 + CHECKSUM_BYTES) {
    refuse(`${prefix}not a sidecar ticket, invalid length: ${raw.length} vs ${1 + CHECKSUM_BYTES}`);
  }
  if (!text.startsWith(PREFIX)) {
    const given = toHex(new TextEncoder().encode(text.slice(0, PREFIX.length)));
    refuse(`${prefix}not a sidecar ticket, invalid prefix ${given}`);
  }
  const body = raw.subarray(0, -CHECKSUM_BYTES);
  if (Buffer.compare(checksum(body), raw.subarray(-CHECKSUM_BYTES)) !== 0) {
    refuse(`${prefix}invalid sidecar ticket, checksum mismatch`);
  }
  try {
    return toTicket(readFields(body.subarray(1), FORMS.ticket));
  } catch (error) {
    if (!(error instanceof TlvError)) throw error;
    return refuse(prefix + error.message);
  }
}

/** A 64 byte signature in DER, as decoded tickets show it; empty where there is none. */
export function derSignature(compact: Uint8Array): Uint8Array {
  return compact.length === 64
    ? secp256k1.Signature.fromBytes(compact, "compact").toBytes("der")
    : new Uint8Array();
}

/** What the offer's signature signs. */
export function offerDigest(ticket: Ticket): Uint8Array {
  const { capacity, pushAmount, auto, unannounced, zeroConf } = ticket.offer;
  const flags = ticket.version === 0 ? [auto] : [auto, unannounced, zeroConf];
  return sha256(
    ticket.id,
    uint(ticket.version, 1),
    uint(capacity, 8),
    uint(pushAmount, 8),
    Uint8Array.from(flags.map(Number)),
  );
}

/** What the order's signature signs: since version 1 the offer again, and no longer the bid. */
export function orderDigest(ticket: Ticket, bidNonce: Uint8Array): Uint8Array {
  if (ticket.version !== 0) return offerDigest(ticket);
  const { capacity, pushAmount } = ticket.offer;
  return sha256(ticket.id, uint(ticket.version, 1), uint(capacity, 8), uint(pushAmount, 8), bidNonce);
}

/** A 64 byte signature over a digest, the same for the same input. */
export function signTicket(digest: Uint8Array, key: Uint8Array): Uint8Array {
  return secp256k1.sign(sha256(digest), key, { prehash: false });
}

function checksum(body: Uint8Array): Uint8Array {
  return sha256(PREFIX, body).subarray(0, CHECKSUM_BYTES);
}

function ticketFields(ticket: Ticket): Field[] {
  const { offer, recipient, order } = ticket;
  const fields: Field[] = [
    [T.id, ticket.id],
    [T.version, uint(ticket.version, 1)],
    [T.state, uint(ticketStateNumber(ticket.state), 1)],
    [
      T.offer,
      writeFields([
        [T.capacity, uint(offer.capacity, 8)],
        [T.pushAmount, uint(offer.pushAmount, 8)],
        [T.leaseDuration, uint(offer.leaseDuration, 4)],
        ...given(T.signPubkey, offer.signPubkey),
        ...given(T.offerSignature, offer.signature),
        [T.auto, uint(offer.auto ? 1 : 0, 1)],
        ...(offer.unannounced ? [[T.unannounced, uint(1, 1)] as const] : []),
        ...(offer.zeroConf ? [[T.zeroConf, uint(1, 1)] as const] : []),
      ]),
    ],
  ];
  if (recipient !== undefined) {
    const parts: Field[] = [
      ...given(T.nodeKey, recipient.nodeKey),
      ...given(T.multiSigKey, recipient.multiSigKey),
      [T.keyIndex, uint(recipient.keyIndex, 4)],
    ];
    fields.push([T.recipient, writeFields(parts)]);
  }
  if (order !== undefined) {
    const parts: Field[] = [[T.bidNonce, order.bidNonce], ...given(T.orderSignature, order.signature)];
    fields.push([T.order, writeFields(parts)]);
  }
  if (ticket.pendingChannelId !== undefined) {
    fields.push([T.execution, writeFields([[T.pendingChannelId, ticket.pendingChannelId]])]);
  }
  return fields;
}

/** Keys and signatures that are not there yet have no field. */
function given(type: number, bytes: Uint8Array): Field[] {
  return bytes.length === 0 ? [] : [[type, bytes]];
}

function toTicket(fields: ReadonlyMap<number, Uint8Array>): Ticket {
  const none = new Uint8Array();
  const part = (name: "offer" | "recipient" | "order" | "execution") =>
    readFields(fields.get(T[name]) ?? none, FORMS[name]);
  const offer = part("offer");
  const recipient = part("recipient");
  const order = part("order");
  const execution = part("execution");
  return {
    id: fields.get(T.id) ?? new Uint8Array(8),
    version: Number(fieldNumber(fields, T.version)),
    state: ticketState(Number(fieldNumber(fields, T.state))),
    offer: {
      capacity: fieldNumber(offer, T.capacity),
      pushAmount: fieldNumber(offer, T.pushAmount),
      leaseDuration: Number(fieldNumber(offer, T.leaseDuration)),
      signPubkey: offer.get(T.signPubkey) ?? none,
      signature: signature(offer.get(T.offerSignature)),
      auto: fieldNumber(offer, T.auto) === 1n,
      unannounced: fieldNumber(offer, T.unannounced) === 1n,
      zeroConf: fieldNumber(offer, T.zeroConf) === 1n,
    },
    recipient: fields.has(T.recipient)
      ? {
          nodeKey: recipient.get(T.nodeKey) ?? none,
          multiSigKey: recipient.get(T.multiSigKey) ?? none,
          keyIndex: Number(fieldNumber(recipient, T.keyIndex)),
        }
      : undefined,
    order: fields.has(T.order)
      ? {
          bidNonce: order.get(T.bidNonce) ?? new Uint8Array(32),
          signature: signature(order.get(T.orderSignature)),
        }
      : undefined,
    pendingChannelId: fields.has(T.execution)
      ? (execution.get(T.pendingChannelId) ?? new Uint8Array(32))
      : undefined,
  };
}

/** The lower of the two forms that a signature has, as Go's library writes it. Zeros stand for none. */
function signature(bytes: Uint8Array | undefined): Uint8Array {
  if (bytes === undefined || isZero(bytes)) return new Uint8Array();
  const { Fn } = secp256k1.Point;
  const read = secp256k1.Signature.fromBytes(bytes, "compact");
  return read.hasHighS() ? Uint8Array.from([...bytes.subarray(0, 32), ...Fn.toBytes(Fn.neg(read.s))]) : bytes;
}

function signatureProblem(bytes: Uint8Array): string | undefined {
  if (isZero(bytes)) return undefined;
  for (const [name, part] of [
    ["R", bytes.subarray(0, 32)],
    ["S", bytes.subarray(32)],
  ] as const) {
    if (isZero(part)) return `invalid signature: ${name} is 0`;
    if (BigInt(`0x${toHex(part)}`) >= secp256k1.Point.Fn.ORDER)
      return `invalid signature: ${name} >= group order`;
  }
  return undefined;
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

function keyProblem(key: Uint8Array): string | undefined {
  try {
    checkKey(key);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}
