import type { ReactNode } from "react";
import type { Value } from "../../lib/notebook/value.ts";
import styles from "./cell.module.css";
import { codeHtml } from "./code-html.ts";
import { useTypes } from "./use-types.ts";
import { valueText } from "./value-text.ts";

/** A longer text is cut: a value is to be looked at, a reply has a view of its own. */
const LONGEST = 20_000;

/** What an expression came to. A number is also written with its thousands apart. */
export function ValueOutput({
  value,
  standing,
}: {
  readonly value: Value;
  /** How it went, in a line. */
  readonly standing: ReactNode;
}) {
  const types = useTypes([value]);
  const whole = valueText(value, types);
  const text = whole.length > LONGEST ? `${whole.slice(0, LONGEST)}…` : whole;
  const grouped = value.kind === "int" || value.kind === "uint" ? apart(value.value) : null;
  return (
    <div className={styles.value} data-long={text.includes("\n")}>
      <pre className={styles.code} tabIndex={text.includes("\n") ? 0 : undefined}>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: written from tokens with every text escaped */}
        <code dangerouslySetInnerHTML={{ __html: codeHtml("json", text) }} />
      </pre>
      {grouped !== null && <span className={styles.hint}>{grouped}</span>}
      {standing}
    </div>
  );
}

/** `1,000,000`; null for a number that reads as well without. */
function apart(value: bigint): string | null {
  return value < 10_000n && value > -10_000n ? null : value.toLocaleString("en-US");
}
