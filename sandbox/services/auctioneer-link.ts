import { Code, ConnectError } from "@connectrpc/connect";
import { refuse } from "../ledger/refusal.ts";
import type { World } from "../ledger/state.ts";

/** The auctioneer's methods that the daemon calls while it answers. */
export type AuctioneerMethod =
  | "Terms"
  | "ReserveAccount"
  | "ModifyAccount"
  | "SubmitOrder"
  | "CancelOrder"
  | "NodeRating"
  | "BatchSnapshot"
  | "BatchSnapshots";

/**
 * Stands for a request of the daemon to its auctioneer: returns where it would be answered. Where it would not, throws
 * what the daemon then says: its `prefix` and the status in grpc-go's words, or, without a prefix, the status as it
 * came. A frozen auctioneer keeps the call until `signal` ends it.
 */
export async function reachAuctioneer(
  { state }: World,
  method: AuctioneerMethod,
  prefix: string,
  signal: AbortSignal,
): Promise<void> {
  const fault = state.auctioneerFault;
  if (fault === undefined || fault.kind === "invalid order") {
    return;
  }
  if (fault.kind === "frozen") {
    await untilAborted(signal);
  } else if (fault.kind === "down") {
    fail("Unavailable", connectionRefused(fault.address), prefix);
  } else if (fault.on === method || fault.on === "*") {
    fail(fault.status, fault.text, prefix);
  }
}

/** Waits until the caller gives up or its deadline passes: for answers that a daemon never gives. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => {
      const { reason } = signal;
      reject(reason instanceof ConnectError ? reason : new ConnectError("the caller gave up", Code.Canceled));
    };
    if (signal.aborted) {
      stop();
    } else {
      signal.addEventListener("abort", stop, { once: true });
    }
  });
}

function connectionRefused(address: string): string {
  return `connection error: desc = "transport: Error while dialing: dial tcp ${address}: connect: connection refused"`;
}

function fail(status: string, text: string, prefix: string): never {
  if (prefix !== "") {
    refuse(`${prefix}rpc error: code = ${status} desc = ${text}`);
  }
  const codes: Readonly<Record<string, Code | undefined>> = Code as unknown as Record<string, Code>;
  throw new ConnectError(text, codes[status] ?? Code.Unknown);
}
