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
  instead,
  onUse,
}: {
  readonly ref: Ref<HTMLDivElement>;
  readonly profile: Profile;
  readonly obstacle: string | null;
  readonly write: boolean;
  /** A profile that serves the method, or null where no other does. */
  readonly instead: Profile | null;
  readonly onUse: (id: string) => void;
}) {
  return (
    <div ref={ref} className={styles.note} role="status" tabIndex={-1}>
      {obstacle ?? `Writes are on for ${profile.label}: this call asks you to confirm it.`}{" "}
      {obstacle !== null && instead !== null && (
        <button type="button" onClick={() => onUse(instead.id)}>
          Use {instead.kind === "sandbox" ? "the sandbox" : instead.label}
        </button>
      )}{" "}
      {write && <WriteSwitch profile={profile} />}
    </div>
  );
}
