import { create } from "@bufbuild/protobuf";
import {
  type AuctionAccount,
  AuctionAccountSchema,
  OrderState,
  type ReserveAccountRequest,
} from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { batchKey, fromHex, sha256, toHex } from "../ledger/keys.ts";
import { DEMO_ORDER_PREIMAGE } from "./demo-subscription.ts";

/** An order that reached the auctioneer from another program than the sandbox's own `poold`. */
export interface BookOrder {
  readonly nonce: Uint8Array;
  readonly units: number;
  state: OrderState;
}

/** What callers of the auctioneer's port left there. Lives as long as the sandbox, in memory. */
export interface OrderBook {
  /** Replaces an earlier reservation for the same key. False when the book is full. */
  reserve(request: ReserveAccountRequest, at: { auctioneerKey: Uint8Array; height: number }): boolean;
  findReservation(traderKey: Uint8Array): AuctionAccount | undefined;
  /** False when the book is full. */
  submit(nonce: Uint8Array, units: number): boolean;
  findOrder(nonce: Uint8Array): BookOrder | undefined;
  /** Cancels the order whose nonce is the hash of the preimage. False where there is none. */
  cancel(preimage: Uint8Array): boolean;
}

const MOST_ENTRIES = 1_000;

/** A book that holds the demo trader's order, of 10 units, and nothing else. */
export function createOrderBook(): OrderBook {
  const reservations = new Map<string, AuctionAccount>();
  const orders = new Map<string, BookOrder>();
  const submit = (nonce: Uint8Array, units: number) => {
    const key = toHex(nonce);
    if (orders.size >= MOST_ENTRIES && !orders.has(key)) return false;
    orders.set(key, { nonce, units, state: OrderState.ORDER_SUBMITTED });
    return true;
  };
  submit(sha256(fromHex(DEMO_ORDER_PREIMAGE)), 10);

  return {
    reserve(request, { auctioneerKey, height }) {
      const key = toHex(request.traderKey);
      if (reservations.size >= MOST_ENTRIES && !reservations.has(key)) return false;
      const { accountValue: value, accountExpiry: expiry, traderKey, version } = request;
      reservations.set(
        key,
        create(AuctionAccountSchema, {
          value,
          expiry,
          traderKey,
          version,
          auctioneerKey,
          batchKey: batchKey(0),
          heightHint: height,
        }),
      );
      return true;
    },
    findReservation: (traderKey) => reservations.get(toHex(traderKey)),
    submit,
    findOrder: (nonce) => orders.get(toHex(nonce)),
    cancel(preimage) {
      const order = orders.get(toHex(sha256(preimage)));
      if (order === undefined) return false;
      order.state = OrderState.ORDER_CANCELED;
      return true;
    },
  };
}
