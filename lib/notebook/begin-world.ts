import type { Call } from "../call/call.ts";
import { statusName } from "../call/status.ts";
import type { ScenarioCall } from "../reference/api-config.ts";
import type { Runner } from "../run/runner.ts";

/** Begins a profile's world with a scenario, as the config says how; the failure in a sentence, or null where it worked. */
export async function beginWorld(
  runner: Runner,
  profile: string,
  { method, name, seed }: ScenarioCall,
  wanted: { readonly scenario: string; readonly seed: bigint },
): Promise<string | null> {
  const call: Call = {
    profile,
    method,
    request: JSON.stringify({ [name]: wanted.scenario, [seed]: String(wanted.seed) }),
    bytes: "hex",
    metadata: [],
    deadlineMs: 30_000,
    compression: "identity",
    confirmation: null,
  };
  for await (const event of runner.run(call, { signal: new AbortController().signal })) {
    if (event.kind !== "error") continue;
    const { code, message } = event.error;
    return `the scenario ${wanted.scenario} could not be loaded (${statusName(code)}): ${message}`;
  }
  return null;
}
