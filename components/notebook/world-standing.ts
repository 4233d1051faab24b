import type { Profile } from "../../lib/call/profile.ts";
import type { ScenarioCall } from "../../lib/reference/api-config.ts";

/** Whether a notebook can begin its world anew on the profile. */
export function begins(profile: Profile, scenarioCall: ScenarioCall | null): scenarioCall is ScenarioCall {
  return scenarioCall !== null && profile.kind === "sandbox" && serves(profile, scenarioCall.method);
}

/** Whether the profile has an endpoint for the method's service. */
export function serves({ endpoints }: Profile, method: string): boolean {
  const service = method.slice(0, method.lastIndexOf("."));
  return endpoints.some(({ services }) => services.includes(service));
}
