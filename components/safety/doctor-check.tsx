"use client";

import { useEffect, useRef, useState } from "react";
import { DOCTOR_STAGES, type DoctorStage } from "../../lib/call/doctor.ts";
import type { Profile } from "../../lib/call/profile.ts";
import styles from "./profile-list.module.css";

type Check =
  | { readonly kind: "idle" }
  | { readonly kind: "running" | "done"; readonly stages: readonly DoctorStage[] }
  | { readonly kind: "broken"; readonly stages: readonly DoctorStage[]; readonly message: string };

const WORDS = { ok: "ok", warning: "warning", failed: "failed", "not-reached": "not reached" } as const;

/** Runs the doctor on a profile and shows each stage as it is known. */
export function DoctorCheck({ profile }: { readonly profile: Profile }) {
  const [check, setCheck] = useState<Check>({ kind: "idle" });
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  async function run() {
    abort.current?.abort();
    abort.current = new AbortController();
    const { signal } = abort.current;
    const stages: DoctorStage[] = [];
    setCheck({ kind: "running", stages: [] });
    try {
      for await (const stage of examine(profile.id, signal)) {
        stages.push(stage);
        setCheck({ kind: "running", stages: [...stages] });
      }
      setCheck({ kind: "done", stages });
    } catch (cause) {
      if (signal.aborted) return;
      const message = cause instanceof Error ? cause.message : String(cause);
      setCheck({ kind: "broken", stages, message });
    }
  }

  return (
    <div className={styles.check}>
      <button type="button" onClick={() => void run()} aria-busy={check.kind === "running"}>
        {check.kind === "idle" ? "Check" : "Check again"}
      </button>
      <span role="status">{summary(check)}</span>
      {check.kind === "broken" && <p role="alert">The check ended early: {check.message}</p>}
      {check.kind !== "idle" && check.stages.length > 0 && (
        <ol aria-label={`Check of ${profile.label}`}>
          {check.stages.map((stage, index) => (
            <Stage
              key={`${stage.address} ${stage.stage}`}
              stage={stage}
              at={check.stages[index - 1]?.address === stage.address ? null : stage.address}
            />
          ))}
        </ol>
      )}
    </div>
  );
}

function Stage({ stage, at }: { readonly stage: DoctorStage; readonly at: string | null }) {
  return (
    <li data-state={stage.state}>
      {at !== null && <code className={styles.at}>{at}</code>}
      <strong>{DOCTOR_STAGES[stage.stage]}</strong> <em>{WORDS[stage.state]}</em>
      <p>{stage.sentence}</p>
      {stage.facts.length > 0 && (
        <dl>
          {stage.facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

function summary(check: Check): string {
  switch (check.kind) {
    case "idle":
      return "From the address to the macaroon, without changing anything.";
    case "running":
      return "Checking.";
    case "broken":
      return "";
    case "done": {
      const count = (state: DoctorStage["state"]) =>
        check.stages.filter((stage) => stage.state === state).length;
      const [failed, warnings] = [count("failed"), count("warning")];
      if (failed > 0) return `${failed} of ${check.stages.length} stages failed.`;
      return warnings > 0 ? `Nothing failed, ${warnings} to look at.` : "All is well.";
    }
  }
}

async function* examine(profile: string, signal: AbortSignal): AsyncGenerator<DoctorStage> {
  const response = await fetch(`/api/doctor?profile=${encodeURIComponent(profile)}`, {
    headers: { "x-playground": "1" },
    cache: "no-store",
    signal,
  });
  if (!response.ok || response.body === null) throw new Error(`the server answered HTTP ${response.status}`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line) as DoctorStage;
  }
}
