import type { Ref } from "react";
import type { Profile } from "../../lib/call/profile.ts";
import { WriteSwitch } from "../safety/write-switch.tsx";
import styles from "./try-it.module.css";

/** Says what keeps the method from running on this profile, and what can be done; and where writes are on. */
export function ProfileNote({
  ref,
  profile,
  obstacle,
  write,
  onUseSandbox,
}: {
  readonly ref: Ref<HTMLDivElement>;
  readonly profile: Profile;
  readonly obstacle: string | null;
  readonly write: boolean;
  readonly onUseSandbox: (() => void) | null;
}) {
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
