import type { Profile } from "../../lib/call/profile.ts";

/** Why the method cannot run on the profile, in a sentence; null where it can. */
export function standing(profile: Profile | null, method: string, access: "read" | "write"): string | null {
  if (profile === null) return null;
  const service = method.slice(0, method.lastIndexOf("."));
  if (!profile.endpoints.some(({ services }) => services.includes(service))) {
    return `${profile.label} does not serve ${service}.`;
  }
  if (access === "write" && profile.writes === "locked") {
    return `${profile.label} is read-only here, and this method is a write.`;
  }
  return null;
}

/** Whether there is something to say of the profile before a run: an obstacle, or that writes are on. */
export function isNoted(
  profile: Profile | null,
  obstacle: string | null,
  write: boolean,
): profile is Profile {
  return profile !== null && (obstacle !== null || (write && profile.writes === "confirmed"));
}
