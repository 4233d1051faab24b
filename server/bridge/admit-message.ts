import { type BridgeFailure, failure } from "./failure.ts";
import type { CallRules, PreparedCall } from "./prepare-call.ts";

/** Whether the messages of a call are looked at one by one before they go on. */
export function looksAtMessages({ guard }: PreparedCall): boolean {
  return guard.confirm || guard.hazards;
}

/**
 * Asked before each message (without its prefix) of a call on which `looksAtMessages` holds: null lets it go on.
 * `nonce` is the confirmation that came with it, and is used up by this.
 */
export function admitMessage(
  call: PreparedCall,
  message: Uint8Array,
  nonce: string | null,
  rules: CallRules,
): BridgeFailure | null {
  const { confirm, hazards, method } = call.guard;
  const name = `${method.parent.typeName}.${method.name}`;
  const write = { profile: call.profile, method: name, message };
  // Used up even where the message is stopped for another reason.
  const spent = nonce === null || !confirm ? null : rules.confirmations.spend(nonce, write);
  const hazard = hazards ? rules.hazards.find(method, message) : null;
  if (hazard !== null) return stopHazard(hazard);
  if (!confirm || spent === "good") return null;
  const why = {
    none: "comes without a confirmation",
    unknown: "comes with a confirmation that was used before, or never given",
    expired: "comes with a confirmation that has expired",
    "other-request": "is not what was confirmed",
  }[spent ?? "none"];
  return failure(
    "confirmation",
    `${name} changes something at ${call.where}, and this message ${why}, so it was not sent. Confirm it anew.`,
  );
}

/** `sentence` says what the daemon would do, and what to write instead. */
export function stopHazard(sentence: string): BridgeFailure {
  return failure("hazard", `Nothing was sent. ${sentence}`);
}
