import { memo } from "react";
import { type JsonTokenKind, jsonTokens } from "../../lib/editor/json-tokens.ts";
import styles from "./text-view.module.css";

/** A line longer than this is not coloured: it would make more elements than are ever seen. */
const LONGEST_COLOURED = 4000;

/** One line of a reply's text, coloured. */
export const JsonLine = memo(function JsonLine({ text }: { readonly text: string }) {
  if (text.length > LONGEST_COLOURED) return text;
  return jsonTokens(text).map((token, index) =>
    token.kind === "plain" ? (
      token.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the tokens of a line do not move
      <span key={index} className={classes[token.kind]}>
        {token.text}
      </span>
    ),
  );
});

const classes: Readonly<Record<Exclude<JsonTokenKind, "plain">, string | undefined>> = {
  key: styles.key,
  string: styles.string,
  number: styles.number,
  word: styles.word,
  comment: styles.comment,
};
