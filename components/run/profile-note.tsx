import type { Profile } from "../../lib/call/profile.ts";
import styles from "./try-it.module.css";

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

/** Says what keeps the method from running on this profile, and offers the sandbox. */
export function ProfileNote({
  obstacle,
  onUseSandbox,
}: {
  readonly obstacle: string | null;
  readonly onUseSandbox: (() => void) | null;
}) {
  if (obstacle === null) return null;
  return (
    <p className={styles.note} role="status">
      {obstacle}{" "}
      {onUseSandbox !== null && (
        <button type="button" onClick={onUseSandbox}>
          Use the sandbox
        </button>
      )}
    </p>
  );
}
