import type { ApiConfig } from "../../lib/reference/api-config.ts";
import type { LiveCall } from "../../server/live.ts";

/** The calls that show whether a daemon is alive, and what tells the program that answers, of each API that names one. */
export function liveCallsOf(apis: readonly Pick<ApiConfig, "live" | "hosts">[]): LiveCall[] {
  return apis.flatMap(({ live, hosts }) =>
    live === undefined ? [] : [hosts === undefined ? live : { ...live, hosts }],
  );
}
