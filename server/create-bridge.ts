import type { Bridge } from "./bridge/grpc-web.ts";
import { InFlight } from "./bridge/in-flight.ts";
import { UpstreamPool } from "./bridge/upstream-pool.ts";
import { DEFAULT_LIMITS, type Limits } from "./limits.ts";
import { Attempts } from "./policy/attempts.ts";
import { Confirmations } from "./policy/confirmations.ts";
import { HazardRules } from "./policy/hazard-rules.ts";
import { WriteRules } from "./policy/write-rules.ts";
import type { ServerOptions } from "./start-server.ts";

/** The part of a server's options that its bridge is made of. */
export type BridgeOptions = Pick<
  ServerOptions,
  "registry" | "permissions" | "safety" | "profiles" | "limits" | "now"
>;

/** A bridge with nothing open. Close its `pool` in the end. */
export function createBridge(options: BridgeOptions): Bridge {
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits };
  return {
    rules: {
      registry: options.registry,
      permissions: options.permissions,
      profiles: options.profiles,
      writes: new WriteRules(),
      confirmations: new Confirmations(options.now),
      attempts: new Attempts(),
      hazards: new HazardRules(options.safety),
      limits,
    },
    pool: new UpstreamPool(limits, options.profiles.showPath),
    inFlight: new InFlight(limits.callsInFlight),
  };
}
