import type { Limits } from "../limits.ts";
import { GzipCall } from "./gzip-call.ts";
import type { PreparedCall } from "./prepare-call.ts";
import { type CallSink, type RunningCall, UpstreamCall } from "./upstream-call.ts";
import type { UpstreamPool } from "./upstream-pool.ts";

/** Starts a prepared call, with its messages compressed or as they are. */
export function startCall(
  call: PreparedCall,
  pool: UpstreamPool,
  limits: Limits,
  sink: CallSink,
): RunningCall {
  return call.compression === "identity"
    ? new UpstreamCall(call, pool, limits, sink)
    : new GzipCall(call, pool, limits, sink);
}
