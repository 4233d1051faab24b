import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Cell } from "../../lib/notebook/notebook.ts";
import { formatMs } from "../../lib/reply/format.ts";
import { useCancelKey, useLeaveGuard } from "../run/run-guards.ts";
import styles from "./bar.module.css";
import { BeginAnew } from "./begin-anew.tsx";
import { type CellMethods, cellMethod } from "./cell-method.ts";
import { cellName } from "./cell-words.ts";
import { useNotebook, useOverview } from "./notebook-context.ts";
import { type Overview, START } from "./notebook-session.ts";
import { useSettled } from "./use-settled.ts";

/** What runs the whole notebook, how far it is, and where it runs. On a phone it lies within the thumb's reach. */
export function NotebookBar({ cells }: { readonly cells: readonly Cell[] }) {
  const { session, profile, methods } = useNotebook();
  const overview = useOverview();
  const [asking, setAsking] = useState(false);
  const stoppable = useSettled(overview.busy);
  const places = useMemo(() => placesOf(cells), [cells]);
  const of =
    overview.of === 0 ? cells.filter(({ kind }) => kind !== "prose" && kind !== "input").length : overview.of;
  const stop = useCallback(() => session?.stop(), [session]);
  useGoToFailure(overview);
  useCancelKey(overview.busy, stop);
  useLeaveGuard(writes(cells, overview.running, methods));

  const off = session === null || overview.busy;
  const all = overview.done === of && of > 0;
  return (
    <>
      <section className={styles.bar} aria-label="Notebook" data-busy={overview.busy}>
        <div className={styles.buttons}>
          {stoppable ? (
            <button key="main" type="button" className={styles.stop} onClick={stop}>
              Stop
            </button>
          ) : (
            <button
              key="main"
              type="button"
              className={styles.run}
              aria-disabled={off || all}
              onPointerEnter={() => session?.warmUp()}
              onFocus={() => session?.warmUp()}
              onClick={() => !off && !all && void session.runAll()}
            >
              Run all
            </button>
          )}
          <button
            type="button"
            className={styles.quiet}
            aria-disabled={off}
            onClick={() => !off && setAsking(true)}
          >
            Begin anew
          </button>
        </div>
        <div className={styles.standing}>
          <p className={styles.words} role="status">
            {words(overview, places)}
          </p>
          <p className={styles.count}>
            <span>
              {overview.done} of {of}
              <span className="visually-hidden"> cells done</span>
            </span>
            {overview.stale > 0 && <span className={styles.stale}>{overview.stale} stale</span>}
            {profile !== null && (
              <span className={styles.profile}>
                on {profile.label}
                {profile.kind === "daemon" && `, ${profile.network}`}
              </span>
            )}
          </p>
        </div>
        <progress
          className={styles.progress}
          max={Math.max(1, of)}
          value={overview.done}
          aria-label="Cells done"
        />
      </section>
      {asking && <BeginAnew onClose={() => setAsking(false)} />}
    </>
  );
}

/** Whether the cell of this id is a write. */
function writes(cells: readonly Cell[], id: string | null, methods: CellMethods): boolean {
  const cell = id === null ? undefined : cells.find((each) => each.id === id);
  return cell?.kind === "call" && cellMethod(methods, cell.method.text).access === "write";
}

/** What each cell is called, by its id. */
function placesOf(cells: readonly Cell[]): ReadonlyMap<string, string> {
  const runnable = cells.flatMap((cell) => (cell.kind === "prose" ? [] : [cell]));
  return new Map(runnable.map((cell, index) => [cell.id, `cell ${index + 1}, ${cellName(cell)}`]));
}

function words({ busy, running, ended }: Overview, places: ReadonlyMap<string, string>): string {
  const name = (id: string) => (id === START ? "the beginning of the world" : (places.get(id) ?? id));
  if (busy) {
    if (running === null) return "Running";
    return running === START ? "Beginning the world" : `Running ${name(running)}`;
  }
  switch (ended?.kind) {
    case undefined:
      return "";
    case "done":
      return `All done in ${formatMs(ended.ms)}`;
    case "cell":
      return ended.cell === START ? "Begun anew: nothing has run yet" : `Done: ${name(ended.cell)}`;
    case "failed":
      return `Stopped at ${name(ended.cell)}: ${ended.why}`;
    case "spent-write":
      return `Stopped before ${name(ended.cell)}: it is a write that was already sent, and is not sent again by itself. Run it yourself, or begin anew.`;
    case "stopped":
      return `Stopped at ${name(ended.cell)}`;
    case "broken":
      return `This page could not run it: ${ended.why}`;
  }
}

/** Where a run fails the reader is taken there: the reason stands at the cell. */
function useGoToFailure({ ended }: Overview): void {
  const gone = useRef(ended);
  useEffect(() => {
    if (ended === gone.current) return;
    gone.current = ended;
    if (ended?.kind !== "failed" && ended?.kind !== "spent-write") return;
    const place = document.getElementById(`cell-${ended.cell}`);
    if (place === null) return;
    place.focus({ preventScroll: true });
    // What stands at the cell is still growing: with its head at the top there is room for it.
    const { top, bottom } = place.getBoundingClientRect();
    if (top < 140 || bottom > innerHeight - 240) place.scrollIntoView({ block: "start" });
  }, [ended]);
}
