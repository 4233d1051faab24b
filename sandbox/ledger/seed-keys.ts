import { AuctionType } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { walletAddress } from "./address.ts";
import { batchKey, privateKey, publicKey, sha256, toHex } from "./keys.ts";
import { NODE_KEY, RATED_NODES } from "./market.ts";
import { type NewOffer, signedOffer } from "./sidecars.ts";
import type { Ticket } from "./ticket.ts";
import { encodeTicket, orderDigest, signTicket } from "./ticket-codec.ts";

/** The accounts of a fresh sandbox, in the order in which their keys are derived. */
const SEED_ACCOUNTS = ["main", "bidder", "expired", "closed", "legacy", "updating", "stuck"] as const;

/** The orders of a fresh sandbox, in the order of their creation. */
const SEED_ORDERS = [
  "soldAsk",
  "boughtBid",
  "partialAsk",
  "boughtSecondBid",
  "expiredBid",
  "failedAsk",
  "canceledAsk",
  "openAsk",
  "openBid",
  "outboundBid",
  "unannouncedAsk",
] as const;

/** The sidecar tickets of a fresh sandbox. `incoming` is not in it: another trader offers it. */
const SEED_TICKETS = ["offered", "canceled", "registered", "expecting", "incoming"] as const;

/** How many batches have been cleared before a sandbox starts. */
const SEED_BATCHES = 7;

/** The name of a seeded account. */
export type SeedAccount = (typeof SEED_ACCOUNTS)[number];
/** The name of a seeded order. */
export type SeedOrder = (typeof SEED_ORDERS)[number];
/** The name of a seeded ticket. */
type SeedTicket = (typeof SEED_TICKETS)[number];

/** 33 bytes. */
export function seedTraderKey(name: SeedAccount): Uint8Array {
  return publicKey("account", SEED_ACCOUNTS.indexOf(name));
}

/** 32 bytes. */
export function seedNonce(name: SeedOrder): Uint8Array {
  return sha256(`pool-playground order ${SEED_ORDERS.indexOf(name)}`);
}

/** 8 bytes. */
function seedTicketId(name: SeedTicket): Uint8Array {
  return sha256(`pool-playground ticket ${SEED_TICKETS.indexOf(name)}`).slice(0, 8);
}

/** The ticket as its provider offered it: main and bidder are the sandbox's own, the others a stranger's. */
export function seedOffer(name: SeedTicket): Ticket {
  const own: Partial<Record<SeedTicket, SeedAccount>> = { offered: "main", canceled: "bidder" };
  const account = own[name];
  const terms: Omit<NewOffer, "traderKey"> = {
    capacity: name === "expecting" ? 500_000n : 200_000n,
    pushAmount: 10_000n,
    leaseDuration: 2016,
    auctionType: AuctionType.BTC_INBOUND_LIQUIDITY,
    auto: false,
    unannounced: name === "expecting",
    zeroConf: false,
  };
  const [label, n] =
    account === undefined
      ? (["provider", 0] as const)
      : (["account", SEED_ACCOUNTS.indexOf(account)] as const);
  const ticket = signedOffer(
    seedTicketId(name),
    { ...terms, traderKey: publicKey(label, n) },
    privateKey(label, n),
  );
  ticket.order = { bidNonce: new Uint8Array(32), signature: new Uint8Array() };
  return ticket;
}

/** A stranger's ticket after the sandbox has registered for it. */
export function seedRegistered(name: "registered" | "expecting"): Ticket {
  const keyIndex = name === "registered" ? 0 : 1;
  const recipient = { nodeKey: NODE_KEY, multiSigKey: publicKey("multisig", keyIndex), keyIndex };
  return { ...seedOffer(name), state: "registered", recipient };
}

/** The sandbox's own offer after a newcomer has registered for it, whose daemon is another. */
function seedCameBack(): Ticket {
  const recipient = { nodeKey: publicKey("newcomer", 0), multiSigKey: publicKey("newcomer", 1), keyIndex: 0 };
  return { ...seedOffer("offered"), state: "registered", recipient };
}

/** A stranger's ticket after the stranger has put in the bid for it. */
export function seedOrdered(name: "registered" | "expecting"): Ticket {
  const ticket = seedRegistered(name);
  const bidNonce = sha256(`pool-playground bid for ticket ${name}`);
  const signature = signTicket(orderDigest(ticket, bidNonce), privateKey("provider", 0));
  return { ...ticket, state: "ordered", order: { bidNonce, signature } };
}

/**
 * What example requests may name on a fresh sandbox, as text: keys, nonces and ids in hex, tickets as they are handed
 * on. The same in every sandbox, whatever its seed.
 */
export const SEED = {
  /** Trader keys. `main` and `bidder` are open, `legacy` is open with an old version, `stuck` waits for a higher fee. */
  accounts: named(SEED_ACCOUNTS, (name) => toHex(seedTraderKey(name))),
  /** Nonces. `openAsk`, `openBid`, `outboundBid`, `unannouncedAsk` and `partialAsk` can be cancelled. */
  orders: named(SEED_ORDERS, (name) => toHex(seedNonce(name))),
  /** Oldest first. */
  batches: Array.from({ length: SEED_BATCHES }, (_, n) => toHex(batchKey(n))),
  /** The last one is unknown to the auctioneer. */
  nodes: [NODE_KEY, ...RATED_NODES, publicKey("node", 99)].map(toHex),
  ticketIds: named(SEED_TICKETS, (name) => toHex(seedTicketId(name))),
  tickets: {
    /** The sandbox's own offer. */
    offered: encodeTicket(seedOffer("offered")),
    /** The same, registered by a newcomer elsewhere: SubmitOrder takes it once. */
    cameBack: encodeTicket(seedCameBack()),
    /** A stranger's offer that RegisterSidecar takes once. */
    incoming: encodeTicket(seedOffer("incoming")),
    /** A stranger's ticket with its bid, which ExpectSidecarChannel takes once. */
    ordered: encodeTicket(seedOrdered("registered")),
  },
  /** An address of the sandbox's wallet on regtest; `walletAddress` gives those of other networks. */
  address: walletAddress("regtest", 0),
} as const;

function named<Name extends string>(
  names: readonly Name[],
  value: (name: Name) => string,
): Record<Name, string> {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, string>;
}
