import { randomBytes } from "node:crypto";
import { Code, ConnectError, type ConnectRouter } from "@connectrpc/connect";
import { ChannelAuctioneer, InvalidOrder_FailReason } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { UNIT } from "../../lib/auction/premium.ts";
import {
  fundingProblem,
  modificationSignature,
  outputProblem,
  reservationProblem,
} from "../auctioneer/account-requests.ts";
import { createOrderBook } from "../auctioneer/book.ts";
import { withBookOrders } from "../auctioneer/market.ts";
import { modifyAccount } from "../auctioneer/modify-account.ts";
import { orderProblem } from "../auctioneer/order-checks.ts";
import { runSession } from "../auctioneer/run-session.ts";
import { createSession } from "../auctioneer/session.ts";
import { isSignedBy, orderDigest, type WireOrder } from "../auctioneer/signatures.ts";
import { findSnapshot, relevantBatch, snapshotsBack } from "../auctioneer/snapshots.ts";
import { findTraderAccount } from "../auctioneer/trader-account.ts";
import type { OutsideChain } from "../chain/outside-chain.ts";
import type { OwnLedger } from "../ledger/create-ledger.ts";
import { batchKey } from "../ledger/keys.ts";

export interface ChannelAuctioneerDeps {
  readonly ledger: OwnLedger;
  /** 32 bytes that nobody can foresee; the machine's randomness where it is left out. */
  readonly challenge?: () => Uint8Array;
  /** Where accounts from outside have their coins; without it they are believed. */
  readonly chain?: OutsideChain | undefined;
}

/** Serves `poolrpc.ChannelAuctioneer` from the ledger and what callers of this port leave in its book. */
export function registerChannelAuctioneer(router: ConnectRouter, deps: ChannelAuctioneerDeps): void {
  const { ledger, chain, challenge = () => randomBytes(32) } = deps;
  const book = createOrderBook();
  const knowsAccount = (traderKey: Uint8Array) =>
    findTraderAccount(ledger, traderKey) !== undefined || book.findAccount(traderKey) !== undefined;
  /** Only accounts that were funded through this port have somebody behind them who can sign. */
  const signatureProblem = (order: WireOrder, traderKey: Uint8Array = new Uint8Array()) => {
    const account = book.findAccount(traderKey);
    if (account === undefined || account.state === "reserved") return undefined;
    const digest = orderDigest(order);
    if (digest === undefined) return `unknown order version ${order.value.version}`;
    const signature = order.value.details?.orderSig ?? new Uint8Array();
    return isSignedBy(traderKey, digest, signature) ? undefined : "order signature is not the account's";
  };
  const snapshot = (id: Uint8Array) =>
    findSnapshot(ledger.batches(), id) ?? refuse("batch snapshot not found");

  router.service(ChannelAuctioneer, {
    async reserveAccount(request) {
      const height = (await chain?.height()) ?? ledger.height();
      refuseIf(reservationProblem(request, height));
      const known = book.findAccount(request.traderKey);
      if (ledger.findAccount(request.traderKey) !== undefined || (known && known.state !== "reserved")) {
        refuse("account exists already");
      }
      if (!book.reserve(request, height)) full("reservations");
      return { auctioneerKey: ledger.auctioneerKey, initialBatchKey: batchKey(0) };
    },

    async initAccount(request) {
      if (ledger.findAccount(request.traderKey) !== undefined) return {};
      const account = book.findAccount(request.traderKey) ?? refuse("account is not reserved");
      // The daemon tells of it again when it starts and cannot know whether it had told already.
      if (account.state !== "reserved") return {};
      refuseIf(fundingProblem(request, account));
      const { txid, outputIndex: index } = request.accountPoint ?? refuse("account outpoint is missing");
      const transaction = await chain?.transaction(txid);
      if (transaction !== undefined) refuseIf(outputProblem(transaction, index, account));
      account.outpoint = { txid, index };
      account.latestTx = transaction ?? new Uint8Array();
      account.state = "open";
      return {};
    },

    modifyAccount(request) {
      const outside = book.findAccount(request.traderKey);
      if (outside !== undefined) {
        const reply = modifyAccount(outside, request);
        return typeof reply === "string" ? refuse(reply) : reply;
      }
      const account = findTraderAccount(ledger, request.traderKey) ?? refuse("account not found");
      return modificationSignature(request, account);
    },

    submitOrder({ details }) {
      if (details.case === undefined) refuse("invalid order request");
      const wire = { kind: details.case, value: details.value } as WireOrder;
      const order = details.value.details;
      const problem =
        orderProblem(details.value, ledger.terms(), knowsAccount) ?? signatureProblem(wire, order?.traderKey);
      if (problem !== undefined || order === undefined) {
        const failReason = InvalidOrder_FailReason.INVALID_AMT;
        const orderNonce = order?.orderNonce ?? new Uint8Array();
        const value = { orderNonce, failReason, failString: problem ?? "" };
        return { details: { case: "invalidOrder", value } };
      }
      if (!book.submit(order.orderNonce, Number(order.amt / UNIT), wire)) full("orders");
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

    marketInfo: () => ({ markets: withBookOrders(ledger.marketInfo(), book.orders()) }),
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
