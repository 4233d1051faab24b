"use client";

import { useEffect, useState } from "react";
import type { BytesForm } from "../../lib/call/call.ts";
import { OutlineView, ROW_HEIGHT } from "./outline-view.tsx";
import type { RemoteRun } from "./remote-run.ts";
import styles from "./reply.module.css";
import { useRows } from "./use-rows.ts";
import { useSight } from "./use-sight.ts";
import type { WireRow } from "./worker-protocol.ts";

/** The bytes of a reply or a request: where each lies, which field it is of, and what it says. */
export function WireView({ run, bytes }: { readonly run: RemoteRun; readonly bytes: BytesForm }) {
  const [side, setSide] = useState<"reply" | "request">("reply");
  const seen = useSight(run, "wire");
  const sight = seen?.side === side ? seen : null;
  const rows = useRows(sight?.total ?? 0, ROW_HEIGHT);
  const { from, count } = rows;

  useEffect(() => {
    run.look({ kind: "wire", side, from, count }, bytes);
  }, [run, bytes, side, from, count]);

  return (
    <>
      <div className={styles.toolbar}>
        {(["reply", "request"] as const).map((each) => (
          <button
            key={each}
            type="button"
            className={styles.button}
            aria-pressed={side === each}
            onClick={() => setSide(each)}
          >
            {each === "reply" ? "Reply" : "Request"}
          </button>
        ))}
        <span>offset · tag and length · value · field</span>
      </div>
      {sight?.total === 0 ? (
        <p className={styles.detail}>
          {side === "reply"
            ? "The reply is an empty message: no bytes."
            : "The request is an empty message: no bytes."}
        </p>
      ) : (
        <OutlineView
          key={side}
          label={side === "reply" ? "Bytes of the reply" : "Bytes of the request"}
          rows={rows}
          from={sight?.from ?? 0}
          shown={sight?.rows ?? []}
          total={sight?.total ?? 0}
          onToggle={({ key }) => run.toggle(key)}
          onActive={ignore}
        >
          {(row) => <WireWords row={row} />}
        </OutlineView>
      )}
    </>
  );
}

function WireWords({ row }: { readonly row: WireRow }) {
  if (row.kind === "message") return <span className={styles.label}>{row.label}</span>;
  const isField = row.number !== null;
  return (
    <>
      <span className={styles.offset}>{row.offset.toString(16).padStart(4, "0")}</span>
      <span className={styles.bytes}>
        {row.head !== "" && <span className={styles.head}>{row.head} </span>}
        {!(isField && row.open) && <span className={styles.hex}>{row.body}</span>}
        {row.more > 0 && !row.open && (
          <span className={styles.type}> +{row.more.toLocaleString("en-US")}</span>
        )}
      </span>
      {isField && (
        <span className={styles.label}>
          {row.number}: {row.name ?? "unknown field"}
        </span>
      )}
      {row.value !== "" && <span className={row.broken ? styles.problem : styles.string}>{row.value}</span>}
      {isField && <span className={styles.type}>{[row.type, row.wire].filter(Boolean).join(" · ")}</span>}
    </>
  );
}

function ignore(): void {}
