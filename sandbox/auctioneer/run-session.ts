import type { ClientAuctionMessage, ServerAuctionMessage } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import type { Session, SessionStep } from "./session.ts";

/**
 * Drives a session over a stream until the client closes its side or goes away. The next request is looked at only
 * once all answers to the last were taken, so a client that does not read cannot fill the memory.
 */
export async function* runSession(
  session: Session,
  requests: AsyncIterable<ClientAuctionMessage>,
  signal: AbortSignal,
): AsyncIterable<ServerAuctionMessage> {
  let timer: NodeJS.Timeout | undefined;
  let alarm = never();
  const wakeIn = (ms: number) => {
    clearTimeout(timer);
    alarm = new Promise((resolve) => {
      timer = setTimeout(() => resolve("wake"), ms);
    });
  };
  const gone = new Promise<"gone">((resolve) => {
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve("gone");
    });
  });
  const incoming = requests[Symbol.asyncIterator]();
  const receive = () => {
    const received = incoming.next();
    // It is looked at only in the race below; until then a stream that breaks is not an unhandled rejection.
    received.catch(() => undefined);
    return received;
  };
  let next = receive();
  try {
    while (!signal.aborted) {
      const event = await Promise.race([gone, next, alarm]);
      let steps: readonly SessionStep[];
      if (event === "wake") {
        alarm = never();
        steps = session.wake();
      } else if (event === "gone" || event.done) {
        return;
      } else {
        steps = session.receive(event.value);
        next = receive();
      }
      for (const step of steps) {
        if (step.kind === "wake") wakeIn(step.afterMs);
        else yield step.message;
      }
    }
  } finally {
    clearTimeout(timer);
  }
}

/** A new one each time: what races against a promise is held by it for as long as it is pending. */
function never(): Promise<"wake"> {
  return new Promise(() => {});
}
