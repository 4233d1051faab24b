import { memo, type ReactNode } from "react";
import { type JsonTokenKind, jsonTokens } from "../../lib/editor/json-tokens.ts";
import { columnsOf } from "../../lib/reply/text-search.ts";
import styles from "./text-view.module.css";

/** A line longer than this is not coloured: it would make more elements than are ever seen. */
const LONGEST_COLOURED = 4000;

/** One line of a reply's text, coloured, with the words looked for marked. `current`: where the hit at hand begins. */
export const JsonLine = memo(function JsonLine({
  text,
  search,
  current,
}: {
  readonly text: string;
  /** In lower case; empty: nothing is looked for. */
  readonly search: string;
  readonly current: number | null;
}) {
  const hits = search === "" ? [] : columnsOf(text, search);
  const mark = (piece: string, start: number) => marked(piece, start, hits, search.length, current);
  if (text.length > LONGEST_COLOURED) return mark(text, 0);
  let at = 0;
  return jsonTokens(text).map((token, index) => {
    const content = mark(token.text, at);
    at += token.text.length;
    if (token.kind === "plain") return content;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the tokens of a line do not move
      <span key={index} className={classes[token.kind]}>
        {content}
      </span>
    );
  });
});

/** A piece of a line with its part of each hit marked. */
function marked(
  piece: string,
  start: number,
  hits: readonly number[],
  length: number,
  current: number | null,
): ReactNode {
  const parts: ReactNode[] = [];
  let done = 0;
  for (const hit of hits) {
    const from = Math.max(done, hit - start);
    const to = Math.min(piece.length, hit + length - start);
    if (to <= from) continue;
    parts.push(piece.slice(done, from));
    parts.push(
      <mark key={hit} className={hit === current ? styles.current : styles.hit}>
        {piece.slice(from, to)}
      </mark>,
    );
    done = to;
  }
  if (parts.length === 0) return piece;
  parts.push(piece.slice(done));
  return parts;
}

const classes: Readonly<Record<Exclude<JsonTokenKind, "plain">, string | undefined>> = {
  key: styles.key,
  string: styles.string,
  number: styles.number,
  word: styles.word,
  comment: styles.comment,
};
