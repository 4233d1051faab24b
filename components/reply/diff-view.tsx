"use client";

import { type ReactNode, useEffect, useState } from "react";
import type { BytesForm } from "../../lib/call/call.ts";
import { statusName } from "../../lib/call/status.ts";
import type { DiffRow } from "../../lib/reply/diff-rows.ts";
import { formatBytes } from "../../lib/reply/format.ts";
import type { RemoteRun } from "./remote-run.ts";
import styles from "./reply.module.css";
import { ScrollBox } from "./scroll-box.tsx";
import { useRows } from "./use-rows.ts";
import { useSight } from "./use-sight.ts";
import type { EarlierReply } from "./worker-protocol.ts";

const ROW_HEIGHT = 20;

/** What changed since an earlier reply of the same method and profile. */
export function DiffView({ run, bytes }: { readonly run: RemoteRun; readonly bytes: BytesForm }) {
  const sight = useSight(run, "diff");
  const [earlier, setEarlier] = useState<number | null>(null);
  const rows = useRows(sight?.total ?? 0, ROW_HEIGHT);
  const { from, count } = rows;

  useEffect(() => {
    run.look({ kind: "diff", earlier, from, count }, bytes);
  }, [run, bytes, earlier, from, count]);

  if (sight === null || sight.state === "none") {
    return (
      <p className={styles.detail}>
        {sight === null
          ? "Comparing."
          : "Nothing to compare with yet: run it again, and what changed stands here. Replies are kept until the page is left."}
      </p>
    );
  }
  return (
    <>
      <div className={styles.toolbar}>
        <label>
          Compared with
          <select value={sight.chosen ?? ""} onChange={({ target }) => setEarlier(Number(target.value))}>
            {sight.choices.map((choice) => (
              <option key={choice.id} value={choice.id}>
                {describe(choice)}
              </option>
            ))}
          </select>
        </label>
        <output className={styles.count}>{stateText(sight.state, sight.changes)}</output>
      </div>
      {sight.state === "done" && sight.changes > 0 && (
        <ScrollBox rows={rows} label="Changes">
          <div className={styles.box} style={{ height: rows.height }}>
            <div className={styles.rows} style={{ top: rows.offsetOf(sight.from) }}>
              {sight.rows.map((row, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a row's number is its identity
                <Row key={sight.from + index} row={row} />
              ))}
            </div>
          </div>
        </ScrollBox>
      )}
    </>
  );
}

function Row({ row }: { readonly row: DiffRow }) {
  const style = { height: ROW_HEIGHT };
  switch (row.kind) {
    case "folded":
      return (
        <div className={`${styles.row} ${styles.folded}`} style={style}>
          <span className={styles.gutter}>⋯</span> {row.lines.toLocaleString("en-US")} lines are the same
        </div>
      );
    case "same":
      return (
        <Line style={style} number={row.fresh} sign="" meaning="">
          {row.text}
        </Line>
      );
    case "removed":
    case "was":
      return (
        <Line style={style} className={styles.removed} number={row.old} sign="−" meaning="was">
          {row.kind === "was" ? <Marked {...row} /> : row.text}
        </Line>
      );
    case "added":
    case "is":
      return (
        <Line style={style} className={styles.added} number={row.fresh} sign="+" meaning="is now">
          {row.kind === "is" ? <Marked {...row} /> : row.text}
        </Line>
      );
  }
}

function Line({
  number,
  sign,
  meaning,
  className = "",
  style,
  children,
}: {
  readonly number: number;
  readonly sign: string;
  readonly meaning: string;
  readonly className?: string | undefined;
  readonly style: { readonly height: number };
  readonly children: ReactNode;
}) {
  return (
    <div className={`${styles.row} ${className}`} style={style}>
      <span className={styles.gutter}>{number + 1}</span>
      <span className={styles.sign} aria-hidden="true">
        {sign}
      </span>
      {meaning !== "" && <span className="visually-hidden">{meaning}</span>}
      <span>{children}</span>
    </div>
  );
}

function Marked({ text, from, to }: { readonly text: string; readonly from: number; readonly to: number }) {
  return (
    <>
      {text.slice(0, from)}
      <mark className={styles.mark}>{text.slice(from, to)}</mark>
      {text.slice(to)}
    </>
  );
}

function describe({ at, received, bytes, code }: EarlierReply): string {
  const time = new Date(at).toLocaleTimeString("en-GB");
  const messages = received > 1 ? `${received.toLocaleString("en-US")} messages, ` : "";
  return `${time} · ${messages}${formatBytes(bytes)}${code === 0 ? "" : ` · ${statusName(code)}`}`;
}

function stateText(state: "none" | "comparing" | "too-long" | "done", changes: number): string {
  if (state === "comparing") return "comparing";
  if (state === "too-long") return "These replies are too long to be compared here.";
  if (changes === 0) return "The same, to the last line.";
  return changes === 1 ? "1 line changed" : `${changes.toLocaleString("en-US")} lines changed`;
}
