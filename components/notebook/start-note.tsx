import type { Cell, NotebookInfo } from "../../lib/notebook/notebook.ts";
import type { ScenarioCall } from "../../lib/reference/api-config.ts";
import { formatMs } from "../../lib/reply/format.ts";
import styles from "./cell.module.css";
import { cellMethod } from "./cell-method.ts";
import { useCellState, useNotebook } from "./notebook-context.ts";
import { START } from "./notebook-session.ts";

/** What the notebook starts from, and what stands against running it on this profile. */
export function StartNote({
  info,
  cells,
  scenarioCall,
}: {
  readonly info: NotebookInfo;
  readonly cells: readonly Cell[];
  readonly scenarioCall: ScenarioCall | null;
}) {
  const { profile, methods } = useNotebook();
  const state = useCellState(START);
  if (info.scenario === null && profile?.kind !== "daemon") return null;
  const writes = cells.filter(
    (cell) => cell.kind === "call" && cellMethod(methods, cell.method.text).access === "write",
  ).length;
  return (
    <div id={`cell-${START}`} className={styles.start} data-state={state.kind} tabIndex={-1}>
      {profile === null || profile.kind === "sandbox" ? (
        info.scenario !== null &&
        scenarioCall !== null && (
          <p>
            <strong>Starts from</strong> the scenario <code>{info.scenario}</code>.{" "}
            {state.kind === "done"
              ? `The sandbox’s world was begun anew for it, in ${formatMs(state.ms)}.`
              : "The first cell that you run begins the sandbox’s world anew: what is in it now goes."}
          </p>
        )
      ) : (
        <p>
          <strong>On {profile.label}</strong> this notebook takes what is there.{" "}
          {writes > 0 && profile.writes === "locked" && (
            <>
              It is read-only here, and {writes === 1 ? "one cell writes" : `${writes} cells write`}: those
              stop, until writes are switched on among the <a href="/profiles">profiles</a>.
            </>
          )}
          {writes > 0 && profile.writes === "confirmed" && "Each write asks you before it is sent."}
        </p>
      )}
      {state.kind === "running" && <p className={styles.hint}>The world is begun.</p>}
      {state.kind === "failed" && (
        <p className={styles.why}>The world could not be begun: {state.failure.message}</p>
      )}
    </div>
  );
}
