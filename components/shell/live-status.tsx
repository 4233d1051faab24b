"use client";

import { type ReactNode, useEffect, useState } from "react";
import type { LiveStatus } from "../../lib/call/live-status.ts";
import type { Profile } from "../../lib/call/profile.ts";
import styles from "./header.module.css";
import { noteHeight } from "./live-height.ts";
import { useProfiles } from "./profile-context.tsx";

const POLL_MS = 10_000;

/** Which endpoint is live, on which network, at which height: always in view. Also chooses the profile. */
export function LiveStatusPill() {
  const { profiles, current, problem, select } = useProfiles();
  const status = useLiveStatus(current?.id ?? null);

  if (problem !== null) {
    return (
      <output className={styles.pill} data-state="down" title={problem}>
        <Dot /> not connected
      </output>
    );
  }
  if (current === null) return <output className={styles.pill}>connecting</output>;
  const state = status === null ? "unknown" : status.kind;
  const mainnet = isMainnet(current);
  return (
    <div className={styles.pill} data-state={state} data-network={current.network} data-kind={current.kind}>
      <Dot />
      {profiles.length > 1 ? (
        <select
          aria-label="Profile: the endpoint that calls go to"
          value={current.id}
          onChange={(event) => select(event.target.value)}
        >
          {profiles.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      ) : (
        <strong>{current.label}</strong>
      )}
      <a href="/profiles" className={styles.network} title="All profiles, and a check of each">
        {mainnet ? "MAINNET" : current.network}
      </a>
      {current.writes === "confirmed" && <span className={styles.writes}>writes on</span>}
      <output aria-label="State of the endpoint" title={status?.kind === "down" ? status.message : undefined}>
        {describe(status)}
      </output>
    </div>
  );
}

/** A bar over the whole header while calls go to mainnet: it cannot be taken for anything else. */
export function MainnetBar() {
  const { current } = useProfiles();
  if (current === null || !isMainnet(current)) return null;
  return (
    <a href="/profiles" className={styles.mainnet}>
      <strong>MAINNET</strong> real bitcoin <span>· {current.label}</span> ·{" "}
      {current.writes === "confirmed" ? <strong>writes on</strong> : "read-only"}
    </a>
  );
}

/** The sandbox has no bitcoin, whatever its network is called. */
function isMainnet({ kind, network }: Profile): boolean {
  return kind === "daemon" && network === "mainnet";
}

function describe(status: LiveStatus | null): ReactNode {
  if (status === null) return "…";
  if (status.kind === "down") return "does not answer";
  if (status.height === null) return "live";
  return (
    <>
      <span>block </span>
      {Number(status.height).toLocaleString("en-US")}
    </>
  );
}

function Dot() {
  return <span className={styles.dot} aria-hidden="true" />;
}

function useLiveStatus(profile: string | null): LiveStatus | null {
  const [status, setStatus] = useState<LiveStatus | null>(null);
  useEffect(() => {
    if (profile === null) return;
    let gone = false;
    setStatus(null);
    const poll = async () => {
      if (document.visibilityState === "hidden") return;
      const next = await fetchLiveStatus(profile);
      if (gone) return;
      setStatus(next);
      if (next.kind === "up") noteHeight(profile, next.height);
    };
    void poll();
    const timer = setInterval(poll, POLL_MS);
    document.addEventListener("visibilitychange", poll);
    return () => {
      gone = true;
      clearInterval(timer);
      document.removeEventListener("visibilitychange", poll);
    };
  }, [profile]);
  return status;
}

async function fetchLiveStatus(profile: string): Promise<LiveStatus> {
  try {
    const response = await fetch(`/api/live?profile=${encodeURIComponent(profile)}`, {
      headers: { "x-playground": "1" },
      cache: "no-store",
    });
    if (response.ok) return (await response.json()) as LiveStatus;
    return { kind: "down", message: `HTTP ${response.status}` };
  } catch {
    return { kind: "down", message: "the playground's server does not answer" };
  }
}
