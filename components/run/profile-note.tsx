import type { Ref } from "react";
import type { Profile } from "../../lib/call/profile.ts";
import { WriteSwitch } from "../safety/write-switch.tsx";
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

/** Says what keeps the method from running on this profile, and what can be done; and where writes are on. */
export function ProfileNote({
  ref,
  profile,
  obstacle,
  write,
  onUseSandbox,
}: {
  readonly ref: Ref<HTMLDivElement>;
  readonly profile: Profile | null;
  readonly obstacle: string | null;
  readonly write: boolean;
  readonly onUseSandbox: (() => void) | null;
}) {
  if (profile === null) return null;
  const confirmed = write && profile.writes === "confirmed";
  if (obstacle === null && !confirmed) return null;
  return (
    <div ref={ref} className={styles.note} role="status" tabIndex={-1}>
      {obstacle ?? `Writes are on for ${profile.label}: this call asks you to confirm it.`}{" "}
      {obstacle !== null && onUseSandbox !== null && (
        <button type="button" onClick={onUseSandbox}>
          Use the sandbox
        </button>
      )}{" "}
      {write && <WriteSwitch profile={profile} />}
    </div>
  );
}
