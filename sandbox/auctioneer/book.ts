import { OrderState, type ReserveAccountRequest } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { batchKey, fromHex, sha256, toHex } from "../ledger/keys.ts";
import { DEMO_ORDER_PREIMAGE } from "./demo-subscription.ts";
import type { WireOrder } from "./signatures.ts";

/** An order that reached the auctioneer from another program than the sandbox's own `poold`. */
export interface BookOrder {
  readonly nonce: Uint8Array;
  /** As it was submitted; null for the demo trader's. */
  readonly order: WireOrder | null;
  /** Not filled yet, of 100,000 sat. */
  units: number;
  state: OrderState;
}

/** An account that was reserved through the auctioneer's port. `version` is 0, 1 or 2 as on the wire. */
export interface BookAccount {
  readonly traderKey: Uint8Array;
  readonly heightHint: number;
  value: bigint;
  expiry: number;
  version: number;
  batchKey: Uint8Array;
  state: "reserved" | "open" | "closed";
  /** Null as long as it is only reserved. */
  outpoint: { readonly txid: Uint8Array; readonly index: number } | null;
  /** The transaction behind the outpoint, empty where it is not known. */
  latestTx: Uint8Array;
  /** How often its output was spent for another. */
  changes: number;
}

/** What callers of the auctioneer's port left there. Lives as long as the sandbox, in memory. */
export interface OrderBook {
  /** Replaces an earlier reservation for the same key. False when the book is full. */
  reserve(request: ReserveAccountRequest, height: number): boolean;
  findAccount(traderKey: Uint8Array): BookAccount | undefined;
  /** False when the book is full. */
  submit(nonce: Uint8Array, units: number, order: WireOrder | null): boolean;
  findOrder(nonce: Uint8Array): BookOrder | undefined;
  /** In the order in which they came. */
  orders(): readonly BookOrder[];
  /** Cancels the order whose nonce is the hash of the preimage. False where there is none. */
  cancel(preimage: Uint8Array): boolean;
}

const MOST_ENTRIES = 1_000;

/** A book that holds the demo trader's order, of 10 units, and nothing else. */
export function createOrderBook(): OrderBook {
  const accounts = new Map<string, BookAccount>();
  const orders = new Map<string, BookOrder>();
  const submit: OrderBook["submit"] = (nonce, units, order) => {
    const key = toHex(nonce);
    if (orders.size >= MOST_ENTRIES && !orders.has(key)) return false;
    orders.set(key, { nonce, units, order, state: OrderState.ORDER_SUBMITTED });
    return true;
  };
  submit(sha256(fromHex(DEMO_ORDER_PREIMAGE)), 10, null);

  return {
    reserve(request, height) {
      const key = toHex(request.traderKey);
      if (accounts.size >= MOST_ENTRIES && !accounts.has(key)) return false;
      accounts.set(key, {
        traderKey: request.traderKey,
        heightHint: height,
        value: request.accountValue,
        expiry: request.accountExpiry,
        version: request.version,
        batchKey: batchKey(0),
        state: "reserved",
        outpoint: null,
        latestTx: new Uint8Array(),
        changes: 0,
      });
      return true;
    },
    findAccount: (traderKey) => accounts.get(toHex(traderKey)),
    submit,
    findOrder: (nonce) => orders.get(toHex(nonce)),
    orders: () => [...orders.values()],
    cancel(preimage) {
      const order = orders.get(toHex(sha256(preimage)));
      if (order === undefined) return false;
      order.state = OrderState.ORDER_CANCELED;
      return true;
    },
  };
}
