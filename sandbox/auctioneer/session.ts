import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  type ClientAuctionMessage,
  type ServerAuctionMessage,
  ServerAuctionMessageSchema,
  SubscribeError_Error,
} from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { fromHex, sameBytes, sha256, toHex } from "../ledger/keys.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { knowsBatchVersion } from "./batch-version.ts";
import type { OrderBook } from "./book.ts";
import { DEMO_TRADER_KEY } from "./demo-subscription.ts";
import { DEMO_BID, type ExampleBatch, exampleBatch, type MatchedSide, openOrders } from "./example-batch.ts";
import { authMessage, isSignedBy } from "./signatures.ts";
import {
  bookAuctionAccount,
  findTraderAccount,
  type TraderAccount,
  toAuctionAccount,
} from "./trader-account.ts";

/** What a session wants done, in order. A later `wake` replaces an earlier one that has not come. */
export type SessionStep =
  | { readonly kind: "send"; readonly message: ServerAuctionMessage }
  | { readonly kind: "wake"; readonly afterMs: number };

/** One stream's dialogue. It has no clock: it says when it wants to be woken. */
export interface Session {
  receive(message: ClientAuctionMessage): readonly SessionStep[];
  wake(): readonly SessionStep[];
}

export interface SessionWorld {
  readonly ledger: Ledger;
  readonly book: OrderBook;
  /** 32 bytes that nobody can foresee. */
  readonly challenge: () => Uint8Array;
  /** `sidecar`: keys come from tickets and have no account. */
  readonly kind: "auction" | "sidecar";
}

/** Waits in ms: to the first batch, after a rejected and a finished one, and for an answer before asking again. */
const PACE = { first: 1_000, rejected: 3_000, finished: 10_000, unanswered: 60_000 } as const;

/** Bound on open commitments and on subscriptions of one stream. */
const MOST_KEYS = 64;

type Phase =
  | { readonly kind: "idle" }
  | { readonly kind: "prepared" | "signing"; readonly batch: ExampleBatch };

/** A session in which nobody is subscribed yet. */
export function createSession(world: SessionWorld): Session {
  const { ledger, book } = world;
  const commitments = new Map<string, { readonly batchVersion: number; readonly challenge: Uint8Array }>();
  const subscribed = new Map<string, { readonly key: Uint8Array; readonly batchVersion: number }>();
  let phase: Phase = { kind: "idle" };
  let finished = 0;

  function commit(commitHash: Uint8Array, batchVersion: number): readonly SessionStep[] {
    if (commitHash.length !== 32) return [failed(`commit hash must be 32 bytes, got ${commitHash.length}`)];
    if (!knowsBatchVersion(batchVersion)) return [failed(`unknown batch version ${batchVersion}`)];
    if (commitments.size >= MOST_KEYS) return [failed("too many commitments without a subscription")];
    const challenge = world.challenge();
    commitments.set(toHex(commitHash), { batchVersion, challenge });
    return [send({ case: "challenge", value: { challenge, commitHash } })];
  }

  function subscribe(traderKey: Uint8Array, nonce: Uint8Array, authSig: Uint8Array): readonly SessionStep[] {
    if (traderKey.length !== 33) {
      return [failed(`trader key must be 33 bytes, got ${traderKey.length}`, traderKey)];
    }
    const commitHash = toHex(sha256(traderKey, nonce));
    const commitment = commitments.get(commitHash);
    if (commitment === undefined) {
      return [
        failed("no commitment with the hash of trader key and nonce was made on this stream", traderKey),
      ];
    }
    if (authSig.length === 0) return [failed("the signature of the challenge is missing", traderKey)];
    // Only the lnd node behind an account can sign, so that nobody could talk to the sandbox from a browser: for the
    // accounts that the sandbox made up itself any signature passes.
    const { state } = book.findAccount(traderKey) ?? {};
    const signed = authMessage(fromHex(commitHash), commitment.challenge);
    if (state !== undefined && state !== "reserved" && !isSignedBy(traderKey, signed, authSig)) {
      return [failed("the signature of the challenge is not the account's", traderKey)];
    }
    commitments.delete(commitHash);
    const refused = world.kind === "auction" ? accountProblem(traderKey) : null;
    if (refused !== null) return [refused];
    if (subscribed.size >= MOST_KEYS) return [failed("too many subscriptions on one stream", traderKey)];
    subscribed.set(toHex(traderKey), { key: traderKey, batchVersion: commitment.batchVersion });
    const success = send({ case: "success", value: { traderKey } });
    return phase.kind === "idle" ? [success, wakeIn(PACE.first)] : [success];
  }

  function accountProblem(traderKey: Uint8Array): SessionStep | null {
    if (findTraderAccount(ledger, traderKey) !== undefined) return null;
    const account = book.findAccount(traderKey);
    if (account !== undefined && account.state !== "reserved") return null;
    if (account === undefined) {
      const code = SubscribeError_Error.ACCOUNT_DOES_NOT_EXIST;
      return failed("account does not exist", traderKey, { errorCode: code });
    }
    return failed("account reservation is not complete", traderKey, {
      errorCode: SubscribeError_Error.INCOMPLETE_ACCOUNT_RESERVATION,
      accountReservation: bookAuctionAccount(account, ledger.auctioneerKey),
    });
  }

  function recover(traderKey: Uint8Array): readonly SessionStep[] {
    const known = subscribed.has(toHex(traderKey));
    const outside = known ? book.findAccount(traderKey) : undefined;
    if (outside !== undefined) {
      return [send({ case: "account", value: bookAuctionAccount(outside, ledger.auctioneerKey) })];
    }
    const account = known ? findTraderAccount(ledger, traderKey) : undefined;
    if (account === undefined) return [failed("account is not subscribed on this stream", traderKey)];
    return [send({ case: "account", value: toAuctionAccount(account, ledger.auctioneerKey) })];
  }

  /** Checks that an answer is to the batch in hand, and to its present step. */
  function answering(batchId: Uint8Array, what: string, ...kinds: readonly Phase["kind"][]) {
    if (phase.kind === "idle" || !kinds.includes(phase.kind)) {
      return failed(`no batch waits for ${what}`);
    }
    return sameBytes(batchId, phase.batch.batchId) ? phase.batch : failed(`${what} is for another batch`);
  }

  function accept(batchId: Uint8Array): readonly SessionStep[] {
    const batch = answering(batchId, "accept", "prepared");
    if ("kind" in batch) return [batch];
    phase = { kind: "signing", batch };
    return [send({ case: "sign", value: batch.signBegin }), wakeIn(PACE.unanswered)];
  }

  function reject(batchId: Uint8Array): readonly SessionStep[] {
    const batch = answering(batchId, "reject", "prepared", "signing");
    if ("kind" in batch) return [batch];
    phase = { kind: "idle" };
    return [wakeIn(PACE.rejected)];
  }

  function sign(batchId: Uint8Array): readonly SessionStep[] {
    const batch = answering(batchId, "sign", "signing");
    if ("kind" in batch) return [batch];
    phase = { kind: "idle" };
    finished += 1;
    const finalize = send({ case: "finalize", value: { batchId, batchTxid: batch.txid } });
    return [finalize, wakeIn(PACE.finished)];
  }

  /** The next batch for the first subscribed account that has a match. */
  function nextBatch(): ExampleBatch | undefined {
    const number = ledger.batches().length + finished;
    for (const { key, batchVersion } of subscribed.values()) {
      const account = world.kind === "auction" ? findTraderAccount(ledger, key) : null;
      if (account === undefined) continue;
      for (const order of account === null ? [sidecarBid(key)] : ordersOf(ledger, account)) {
        const batch = exampleBatch(ledger, account, order, { number, batchVersion });
        if (batch !== undefined) return batch;
      }
    }
    return undefined;
  }

  return {
    receive({ msg }) {
      switch (msg.case) {
        case "commit":
          return commit(msg.value.commitHash, msg.value.batchVersion);
        case "subscribe":
          return subscribe(msg.value.traderKey, msg.value.commitNonce, msg.value.authSig);
        case "accept":
          return accept(msg.value.batchId);
        case "reject":
          return reject(msg.value.batchId);
        case "sign":
          return sign(msg.value.batchId);
        case "recover":
          return recover(msg.value.traderKey);
        case undefined:
          return [failed("the message has no content")];
      }
    },
    wake() {
      const batch = nextBatch();
      // Nothing matches now; an order may be submitted or an account opened while the stream is open.
      if (batch === undefined) return [wakeIn(PACE.finished)];
      phase = { kind: "prepared", batch };
      return [send({ case: "prepare", value: batch.prepare }), wakeIn(PACE.unanswered)];
    },
  };
}

function ordersOf(ledger: Ledger, account: TraderAccount): readonly MatchedSide[] {
  return sameBytes(account.traderKey, fromHex(DEMO_TRADER_KEY)) ? [DEMO_BID] : openOrders(ledger, account);
}

/** The bid that someone else placed for the holder of a ticket, whose key it funds the channel with. */
function sidecarBid(multiSigKey: Uint8Array): MatchedSide {
  return { ...DEMO_BID, nonce: sha256("sidecar bid", multiSigKey), multiSigKey };
}

type ServerMsg = NonNullable<MessageInitShape<typeof ServerAuctionMessageSchema>["msg"]>;

function send(msg: ServerMsg): SessionStep & { kind: "send" } {
  return { kind: "send", message: create(ServerAuctionMessageSchema, { msg }) };
}

function wakeIn(afterMs: number): SessionStep {
  return { kind: "wake", afterMs };
}

/** The protocol's own way to refuse: the stream stays open and the next message may do better. */
function failed(
  error: string,
  traderKey: Uint8Array = new Uint8Array(),
  more: Pick<Extract<ServerMsg, { case: "error" }>["value"], "errorCode" | "accountReservation"> = {},
): SessionStep & { kind: "send" } {
  return send({ case: "error", value: { error, traderKey, ...more } });
}
