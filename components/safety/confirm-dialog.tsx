"use client";

import { useEffect, useId, useState } from "react";
import type { Profile } from "../../lib/call/profile.ts";
import type { Confirmation } from "../../lib/run/confirm-write.ts";
import { type Amount, formatBtc, formatSat } from "../../lib/schema/amounts.ts";
import styles from "./modal.module.css";
import { Modal, SETTLE_MS } from "./modal.tsx";

/** A write on a real profile that waits for the reader's yes. */
export interface AskedWrite {
  readonly profile: Profile;
  /** Fully qualified. */
  readonly method: string;
  /** What the bytes say that are sent, as JSON. */
  readonly request: string;
  readonly amounts: readonly Amount[];
  /** The server's leave, asked for when the dialog was opened. */
  readonly confirmation: Extract<Confirmation, { kind: "ok" }>;
  /** Asks for another one, where that is used up by time. */
  askAgain(): Promise<Confirmation>;
  /** Takes the nonce, or null for no. */
  answer(nonce: string | null): void;
}

/** Names what is about to be done, where, and with how much; on mainnet it has the network's name typed. */
export function ConfirmDialog({ asked }: { readonly asked: AskedWrite }) {
  const { profile, method, answer } = asked;
  const [confirmation, setConfirmation] = useState(asked.confirmation);
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const seconds = useSecondsLeft(confirmation.expiresAtMs);
  const settled = useSettled(confirmation);
  const inputId = useId();

  const { network } = confirmation;
  const mainnet = network === "mainnet";
  const shortName = method.slice(method.lastIndexOf(".") + 1);
  const expired = seconds === 0;
  const ready = !expired && (!mainnet || typed.trim() === network);
  const yes = () => {
    if (ready && settled && Date.now() < confirmation.expiresAtMs) answer(confirmation.nonce);
  };
  const askAgain = async () => {
    const next = await asked.askAgain();
    setProblem(next.kind === "ok" ? null : next.message);
    if (next.kind === "ok") setConfirmation(next);
  };

  return (
    <Modal title={`Run ${shortName} on ${network}?`} danger={mainnet} onCancel={() => answer(null)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          yes();
        }}
      >
        <dl className={styles.facts}>
          <dt>Network</dt>
          <dd>
            <strong className={styles.network} data-mainnet={mainnet}>
              {mainnet ? "MAINNET" : network}
            </strong>
            {mainnet && " real bitcoin"}
          </dd>
          <dt>Profile</dt>
          <dd>{profile.label}</dd>
          <dt>Address</dt>
          <dd>
            <code>{addressOf(profile, method)}</code>
          </dd>
          <dt>Method</dt>
          <dd>
            <code>{method}</code>
          </dd>
          <dt>{asked.amounts.length > 1 ? "Amounts" : "Amount"}</dt>
          <dd>
            <Amounts amounts={asked.amounts} />
          </dd>
        </dl>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long request is scrolled with the keyboard */}
        <section className={styles.request} tabIndex={0} aria-label="Request">
          <pre>{asked.request}</pre>
        </section>
        {mainnet && (
          <label className={styles.typed} htmlFor={inputId}>
            Type <strong>{network}</strong> to confirm
            <input
              id={inputId}
              data-first-focus
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          </label>
        )}
        <p className={styles.time} role="status">
          {expired
            ? "This confirmation has run out. Ask again, and look at the request once more."
            : "It is sent once, and never repeated by itself."}
        </p>
        {!expired && (
          <p className={styles.time} role="timer" aria-live="off">
            Good for {seconds} s.
          </p>
        )}
        {problem !== null && (
          <p className={styles.problem} role="alert">
            {problem}
          </p>
        )}
        <div className={styles.actions}>
          <button
            type="button"
            onClick={() => answer(null)}
            {...(mainnet ? {} : { "data-first-focus": true })}
          >
            Cancel
          </button>
          {expired ? (
            <button type="button" onClick={() => void askAgain()}>
              Ask again
            </button>
          ) : (
            <button type="button" className={styles.go} disabled={!ready} onClick={yes}>
              Confirm {shortName}
            </button>
          )}
        </div>
      </form>
    </Modal>
  );
}

function Amounts({ amounts }: { readonly amounts: readonly Amount[] }) {
  if (amounts.length === 0) return "This request names no amount.";
  const total = amounts.reduce((sum, { sat }) => sum + sat, 0n);
  return (
    <ul className={styles.amounts}>
      {amounts.map(({ path, sat }) => (
        <li key={path}>
          <strong>{formatSat(sat)}</strong> <span>{formatBtc(sat)}</span> <code>{path}</code>
        </li>
      ))}
      {amounts.length > 1 && (
        <li>
          <strong>{formatSat(total)}</strong> <span>{formatBtc(total)}</span> together
        </li>
      )}
    </ul>
  );
}

function addressOf(profile: Profile, method: string): string {
  const service = method.slice(0, method.lastIndexOf("."));
  return profile.endpoints.find(({ services }) => services.includes(service))?.address ?? "not known";
}

/** Whole seconds until then, 0 once it has passed. */
function useSecondsLeft(untilMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((untilMs - now) / 1000));
}

/**
 * Whether the reader has been asked for a moment: the second click of a double click, on what opened the dialog or on
 * "Ask again", must not answer it.
 */
function useSettled(asked: unknown): boolean {
  const [settled, setSettled] = useState<unknown>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(asked), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [asked]);
  return settled === asked;
}
