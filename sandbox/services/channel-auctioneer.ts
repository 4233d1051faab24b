import { randomBytes } from "node:crypto";
import { Code, ConnectError, type ConnectRouter } from "@connectrpc/connect";
import { ChannelAuctioneer, InvalidOrder_FailReason } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { UNIT } from "../../lib/auction/premium.ts";
import { fundingProblem, modificationSignature, reservationProblem } from "../auctioneer/account-requests.ts";
import { createOrderBook } from "../auctioneer/book.ts";
import { orderProblem } from "../auctioneer/order-checks.ts";
import { runSession } from "../auctioneer/run-session.ts";
import { createSession } from "../auctioneer/session.ts";
import { findSnapshot, relevantBatch, snapshotsBack } from "../auctioneer/snapshots.ts";
import { findTraderAccount } from "../auctioneer/trader-account.ts";
import type { OwnLedger } from "../ledger/create-ledger.ts";
import { batchKey } from "../ledger/keys.ts";

export interface ChannelAuctioneerDeps {
  readonly ledger: OwnLedger;
  /** 32 bytes that nobody can foresee; the machine's randomness where it is left out. */
  readonly challenge?: () => Uint8Array;
}

/** Serves `poolrpc.ChannelAuctioneer` from the ledger and what callers of this port leave in its book. */
export function registerChannelAuctioneer(router: ConnectRouter, deps: ChannelAuctioneerDeps): void {
  const { ledger, challenge = () => randomBytes(32) } = deps;
  const book = createOrderBook();
  const knowsAccount = (traderKey: Uint8Array) =>
    findTraderAccount(ledger, traderKey) !== undefined || book.findReservation(traderKey) !== undefined;
  const snapshot = (id: Uint8Array) =>
    findSnapshot(ledger.batches(), id) ?? refuse("batch snapshot not found");

  router.service(ChannelAuctioneer, {
    reserveAccount(request) {
      refuseIf(reservationProblem(request, ledger.height()));
      if (ledger.findAccount(request.traderKey) !== undefined) refuse("account exists already");
      const { auctioneerKey } = ledger;
      if (!book.reserve(request, { auctioneerKey, height: ledger.height() })) full("reservations");
      return { auctioneerKey, initialBatchKey: batchKey(0) };
    },

    initAccount(request) {
      refuseIf(fundingProblem(request, ledger, book));
      return {};
    },

    modifyAccount(request) {
      const account = findTraderAccount(ledger, request.traderKey) ?? refuse("account not found");
      return modificationSignature(request, account);
    },

    submitOrder({ details }) {
      if (details.case === undefined) refuse("invalid order request");
      const problem = orderProblem(details.value, ledger.terms(), knowsAccount);
      const order = details.value.details;
      if (problem !== undefined || order === undefined) {
        const failReason = InvalidOrder_FailReason.INVALID_AMT;
        const orderNonce = order?.orderNonce ?? new Uint8Array();
        const value = { orderNonce, failReason, failString: problem ?? "" };
        return { details: { case: "invalidOrder", value } };
      }
      if (!book.submit(order.orderNonce, Number(order.amt / UNIT))) full("orders");
      return { details: { case: "accepted", value: true } };
    },

    cancelOrder({ orderNoncePreimage }) {
      if (!book.cancel(orderNoncePreimage)) refuse("no order found");
      return {};
    },

    orderState({ orderNonce }) {
      const own = ledger.findOrder(orderNonce);
      if (own !== undefined) return { state: own.state, unitsUnfulfilled: own.unitsUnfulfilled };
      const order = book.findOrder(orderNonce) ?? refuse("no order found");
      return { state: order.state, unitsUnfulfilled: order.units };
    },

    subscribeBatchAuction: (requests, { signal }) =>
      runSession(createSession({ ledger, book, challenge, kind: "auction" }), requests, signal),

    subscribeSidecar: (requests, { signal }) =>
      runSession(createSession({ ledger, book, challenge, kind: "sidecar" }), requests, signal),

    terms: () => ledger.terms(),

    relevantBatchSnapshot: ({ id, accounts }) => relevantBatch(ledger, snapshot(id), accounts),

    batchSnapshot: ({ batchId }) => snapshot(batchId),

    nodeRating: ({ nodePubkeys }) => ({ nodeRatings: nodePubkeys.map(ledger.nodeRating) }),

    batchSnapshots({ startBatchId, numBatchesBack }) {
      const batches = snapshotsBack(ledger.batches(), startBatchId, numBatchesBack);
      return { batches: [...(batches ?? refuse("batch snapshot not found"))] };
    },

    marketInfo: () => ({ markets: ledger.marketInfo() }),
  });
}

function refuse(message: string): never {
  throw new ConnectError(message, Code.Unknown);
}

function refuseIf(problem: string | undefined): void {
  if (problem !== undefined) refuse(problem);
}

function full(what: string): never {
  throw new ConnectError(`the sandbox keeps no more ${what}`, Code.ResourceExhausted);
}
