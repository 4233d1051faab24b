import { Code, ConnectError, type ConnectRouter } from "@connectrpc/connect";
import { type CipherBoxAuth, HashMail } from "../../gen/auctioneerrpc/hashmail_pb.ts";
import { DEMO_LETTER_INTERVAL_MS, DEMO_STREAM_ID, demoLetter } from "../auctioneer/demo-mailbox.ts";
import { createMailboxes, type SeatRefusal, streamKey } from "../auctioneer/mailboxes.ts";
import type { CallLog } from "../call-log.ts";
import type { Clock } from "../chain/clock.ts";
import type { Ledger } from "../ledger/ledger.ts";

export interface HashMailDeps {
  readonly ledger: Pick<Ledger, "height">;
  readonly log: Pick<CallLog, "note">;
  readonly clock: Clock;
}

/** How long a second reader or writer waits for the first to leave before it is refused. */
const PATIENCE_MS = 250;

const DEMO_STREAM = Buffer.from(DEMO_STREAM_ID, "hex");

/** Serves `poolrpc.HashMail` from mailboxes in memory, one of which the sandbox itself writes to. */
export function registerHashMail(router: ConnectRouter, deps: HashMailDeps): void {
  const boxes = createMailboxes();
  boxes.create(DEMO_STREAM);

  router.service(HashMail, {
    newCipherBox(request) {
      const { desc, streamId } = authorised(request);
      const outcome = boxes.create(streamId);
      if (outcome === "exists") throw new ConnectError("stream already active", Code.AlreadyExists);
      if (outcome === "full") throw new ConnectError("too many open streams", Code.ResourceExhausted);
      return { resp: { case: "success", value: { desc } } };
    },

    delCipherBox(request) {
      const { streamId } = authorised(request);
      if (!boxes.remove(streamId)) throw refusal("not-found", "read");
      // The example on the method's page names this box: it has to be there for the next reader.
      if (isDemo(streamId)) boxes.create(DEMO_STREAM);
      deps.log.note("a mailbox was removed");
      return {};
    },

    async sendStream(requests, { signal }) {
      const messages = requests[Symbol.asyncIterator]();
      const first = await messages.next();
      if (first.done) throw unknown("EOF");
      const { desc } = first.value;
      if (desc === undefined) throw unknown("cipher box descriptor required");
      if (desc.streamId.length === 0) throw unknown("stream_id required");
      const seat = await boxes.takeWriter(desc.streamId, patience(signal));
      if (typeof seat === "string") throw refusal(seat, "write");
      try {
        for (
          let next: IteratorResult<{ msg: Uint8Array }> = first;
          !next.done;
          next = await messages.next()
        ) {
          const outcome = await seat.write(next.value.msg, signal);
          if (outcome === "closed") throw unknown("io: read/write on closed pipe");
          if (outcome === "aborted") throw new ConnectError("context canceled", Code.Canceled);
        }
      } finally {
        seat.release();
      }
      // Aperture ends the call with the error "EOF" here; the reply that the proto promises is friendlier to learn from.
      return desc;
    },

    async *recvStream(desc, { signal }) {
      const seat = await boxes.takeReader(desc.streamId, patience(signal));
      if (typeof seat === "string") throw refusal(seat, "read");
      const quiet = isDemo(desc.streamId) ? startCounterparty() : () => {};
      // The generator runs on only when its last message was taken, which a client that is gone never does.
      signal.addEventListener("abort", quiet);
      signal.addEventListener("abort", seat.release);
      try {
        for (;;) {
          const next = await seat.next(signal);
          if (next.kind === "aborted") return;
          if (next.kind === "closed") throw unknown("EOF");
          yield { desc, msg: next.msg };
        }
      } finally {
        quiet();
        seat.release();
      }
    },
  });

  /** Writes a letter now and each second; returns how to stop it. A letter that finds no room is not written. */
  function startCounterparty(): () => void {
    let number = 0;
    const write = () => {
      number += 1;
      boxes.drop(DEMO_STREAM, demoLetter(number, deps.ledger.height(), deps.clock()));
    };
    write();
    const timer = setInterval(write, DEMO_LETTER_INTERVAL_MS);
    return () => clearInterval(timer);
  }
}

function authorised(request: CipherBoxAuth) {
  const { desc, auth } = request;
  if (desc === undefined) throw unknown("cipher box descriptor required");
  if (desc.streamId.length === 0) throw unknown("stream_id required");
  // As in the published server, credentials must be there and nobody looks into them: the id is the secret.
  if (auth.case === undefined) throw unknown("auth type required");
  return { desc, streamId: desc.streamId };
}

function patience(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
}

function refusal(why: SeatRefusal, end: "read" | "write"): ConnectError {
  if (why === "aborted") return new ConnectError("context canceled", Code.Canceled);
  return unknown(why === "not-found" ? "stream not found" : `${end} stream occupied`);
}

function unknown(message: string): ConnectError {
  return new ConnectError(message, Code.Unknown);
}

function isDemo(streamId: Uint8Array): boolean {
  return streamKey(streamId) === DEMO_STREAM_ID;
}
