import type { Profile, WriteRule } from "../../lib/call/profile.ts";

/** Which profiles take writes, for as long as this server runs: it forgets what was allowed when it stops. */
export class WriteRules {
  readonly #allowed = new Set<string>();

  /** The rule of a profile: the sandbox is always `free`, another one is `locked` until it is allowed. */
  of({ id, kind }: Pick<Profile, "id" | "kind">): WriteRule {
    if (kind === "sandbox") return "free";
    return this.#allowed.has(id) ? "confirmed" : "locked";
  }

  /** Turns a profile from `locked` to `confirmed`, or back. */
  set(profile: string, allow: boolean): void {
    if (allow) this.#allowed.add(profile);
    else this.#allowed.delete(profile);
  }
}
