"use client";

import type { Profile } from "../../lib/call/profile.ts";
import styles from "./modal.module.css";
import { Modal } from "./modal.tsx";

/** What turning writes on means, and whether to. */
export function WritesDialog({
  profile,
  onAnswer,
}: {
  readonly profile: Profile;
  readonly onAnswer: (yes: boolean) => void;
}) {
  const mainnet = profile.network === "mainnet";
  return (
    <Modal title={`Turn on writes for ${profile.label}?`} danger={mainnet} onCancel={() => onAnswer(false)}>
      <dl className={styles.facts}>
        <dt>Network</dt>
        <dd>
          <strong className={styles.network} data-mainnet={mainnet}>
            {mainnet ? "MAINNET" : profile.network}
          </strong>
          {mainnet && " real bitcoin"}
        </dd>
        <dt>Address</dt>
        <dd>
          <code>{profile.endpoints.map(({ address }) => address).join(", ")}</code>
        </dd>
      </dl>
      <p>
        Methods that change something can then be run on this profile. They can spend what its accounts hold,
        and what they do cannot be taken back.
      </p>
      <p>
        Each of them still asks you first, with its amounts
        {mainnet ? ", and has you type the network’s name" : ""}. Writes stay on until you turn them off or
        the site is stopped.
      </p>
      <div className={styles.actions}>
        <button type="button" data-first-focus onClick={() => onAnswer(false)}>
          Cancel
        </button>
        <button type="button" className={styles.go} onClick={() => onAnswer(true)}>
          Turn on writes
        </button>
      </div>
    </Modal>
  );
}
