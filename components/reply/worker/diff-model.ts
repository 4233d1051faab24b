import { diffLines } from "../../../lib/reply/diff-lines.ts";
import { type DiffRow, diffRows } from "../../../lib/reply/diff-rows.ts";
import type { Look, Sight } from "../worker-protocol.ts";
import type { Earlier } from "./earlier-replies.ts";
import { report } from "./report.ts";
import type { Subject } from "./subject.ts";

/** Texts with more lines than this are not compared. */
const MOST_LINES = 600_000;

type Compared =
  | { readonly kind: "comparing" | "too-long" }
  | { readonly kind: "done"; readonly rows: readonly DiffRow[]; readonly changes: number };

/** A reply beside an earlier one of the same method and profile. */
export class DiffModel {
  readonly #subject: Subject;
  #key = "";
  #compared: Compared = { kind: "comparing" };

  constructor(subject: Subject) {
    this.#subject = subject;
  }

  sight({ earlier, from, count }: Look & { readonly kind: "diff" }, choices: readonly Earlier[]): Sight {
    const chosen = choices.find(({ id }) => id === earlier) ?? choices[0];
    const listed = choices.map(({ id, at, received, bytes, code }) => ({ id, at, received, bytes, code }));
    if (chosen === undefined)
      return {
        kind: "diff",
        choices: [],
        chosen: null,
        state: "none",
        changes: 0,
        from: 0,
        rows: [],
        total: 0,
      };
    const { store } = this.#subject;
    const key = `${chosen.id} ${store.bytes} ${store.log.length}`;
    if (key !== this.#key) {
      this.#key = key;
      this.#compared = { kind: "comparing" };
      this.#compare(key, chosen).catch(report);
    }
    const compared = this.#compared;
    const rows = compared.kind === "done" ? compared.rows : [];
    return {
      kind: "diff",
      choices: listed,
      chosen: chosen.id,
      state: compared.kind,
      changes: compared.kind === "done" ? compared.changes : 0,
      from,
      rows: rows.slice(from, from + count),
      total: rows.length,
    };
  }

  async #compare(key: string, { store: old }: Earlier): Promise<void> {
    const { store, onChange } = this.#subject;
    old.showBytes(store.bytes);
    const texts = [await linesOf(old.transcript), await linesOf(store.transcript)] as const;
    old.transcript.rewrite();
    if (key !== this.#key) return;
    const [before, after] = texts;
    if (before === null || after === null) this.#compared = { kind: "too-long" };
    else {
      const parts = diffLines(before, after);
      const rows = diffRows(before, after, parts);
      const changes = rows.filter(
        ({ kind }) => kind === "added" || kind === "removed" || kind === "is",
      ).length;
      this.#compared = { kind: "done", rows, changes };
    }
    onChange();
  }
}

/** The lines to compare: times and sizes of messages are no part of what they hold. Null where there are too many. */
async function linesOf(transcript: Subject["store"]["transcript"]): Promise<readonly string[] | null> {
  const lines: string[] = [];
  for (let block = 0; block < transcript.blocks; block++) {
    for (const line of await transcript.lines(block)) lines.push(messageHead(line));
    if (lines.length > MOST_LINES) return null;
  }
  return lines;
}

function messageHead(line: string): string {
  return /^\/\/ (?:received |sent )?\d+ · /.test(line) ? line.replace(/ · .*$/, "") : line;
}
