import type { Profile } from "../../lib/call/profile.ts";

/** Why the method cannot run on the profile, in a sentence; null where it can. */
export function standing(profile: Profile | null, method: string, access: "read" | "write"): string | null {
  if (profile === null) return null;
  if (!serves(profile, method)) {
    return `${profile.label} does not serve ${method.slice(0, method.lastIndexOf("."))}.`;
  }
  if (access === "write" && profile.writes === "locked") {
    return `${profile.label} is read-only here, and this method is a write.`;
  }
  return null;
}

/** The profile to use instead: the sandbox where it serves the method; or one that does, where this one does not. */
export function insteadOf(
  profile: Profile | null,
  profiles: readonly Profile[],
  method: string,
): Profile | null {
  const others = profiles.filter((other) => other.id !== profile?.id && serves(other, method));
  const sandbox = others.find(({ kind }) => kind === "sandbox");
  return sandbox ?? (profile !== null && serves(profile, method) ? null : (others[0] ?? null));
}

function serves({ endpoints }: Profile, method: string): boolean {
  const service = method.slice(0, method.lastIndexOf("."));
  return endpoints.some(({ services }) => services.includes(service));
}

/** Whether there is something to say of the profile before a run: an obstacle, or that writes are on. */
export function isNoted(
  profile: Profile | null,
  obstacle: string | null,
  write: boolean,
): profile is Profile {
  return profile !== null && (obstacle !== null || (write && profile.writes === "confirmed"));
}
