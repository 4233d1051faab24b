"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import type { BytesForm } from "../../lib/call/call.ts";
import { heightOf, onHeightChange } from "../shell/live-height.ts";
import { CopyButton } from "./copy-button.tsx";
import { OutlineView, ROW_HEIGHT } from "./outline-view.tsx";
import type { RemoteRun } from "./remote-run.ts";
import styles from "./reply.module.css";
import { useRows } from "./use-rows.ts";
import { useSight } from "./use-sight.ts";
import type { TreeRow } from "./worker-protocol.ts";

/** A reply as a tree: each value with its type, its unit and other ways to say it. */
export function TreeView({
  run,
  bytes,
  profile,
}: {
  readonly run: RemoteRun;
  readonly bytes: BytesForm;
  readonly profile: string | null;
}) {
  const sight = useSight(run, "tree");
  const rows = useRows(sight?.total ?? 0, ROW_HEIGHT);
  const [filter, setFilter] = useState("");
  const [active, setActive] = useState<TreeRow | null>(null);
  const read = () => (profile === null ? null : heightOf(profile));
  const height = useSyncExternalStore(onHeightChange, read, () => null);
  const { from, count } = rows;

  useEffect(() => {
    run.look({ kind: "tree", from, count, filter, height }, bytes);
  }, [run, bytes, from, count, filter, height]);

  return (
    <>
      <div className={styles.toolbar}>
        <input
          type="search"
          className={styles.field}
          placeholder="Show only what holds"
          aria-label="Show only values whose name or text holds"
          autoComplete="off"
          spellCheck={false}
          value={filter}
          onChange={({ target }) => setFilter(target.value)}
        />
        {filter.trim() === "" ? (
          <span className={styles.end}>
            <button type="button" className={styles.button} onClick={() => run.openAll(true)}>
              Open all
            </button>
            <button type="button" className={styles.button} onClick={() => run.openAll(false)}>
              Close all
            </button>
          </span>
        ) : (
          <output className={styles.count}>{filterText(sight)}</output>
        )}
      </div>
      <OutlineView
        label="Reply as a tree"
        rows={rows}
        from={sight?.from ?? 0}
        shown={sight?.rows ?? []}
        total={sight?.total ?? 0}
        onToggle={({ key }) => run.toggle(key)}
        onActive={setActive}
      >
        {(row) => (
          <>
            <span className={styles.label}>{row.label}</span>
            {row.text !== "" && (
              <span className={row.problem ? styles.problem : row.opens ? styles.type : styles.string}>
                {row.text.length > 400 ? `${row.text.slice(0, 400)}…` : row.text}
              </span>
            )}
            <span className={styles.type}>{[row.type, row.unit].filter(Boolean).join(" · ")}</span>
            {row.hints.length > 0 && <span className={styles.hint}>{row.hints.join(" · ")}</span>}
          </>
        )}
      </OutlineView>
      <div className={styles.detail}>
        {active === null || active.path === "" ? (
          "Arrow keys move, open and close."
        ) : (
          <>
            <code>{active.path}</code>
            <CopyButton label="Copy path" text={() => active.path} />
            {!active.opens && <CopyButton label="Copy value" text={() => active.text} />}
          </>
        )}
      </div>
    </>
  );
}

function filterText(sight: { total: number; searching: boolean; cut: boolean } | null): string {
  if (sight === null) return "";
  const count = `${sight.total.toLocaleString("en-US")} ${sight.total === 1 ? "value" : "values"}`;
  if (sight.searching) return `${count} so far`;
  return sight.cut ? `the first ${count}` : count;
}
