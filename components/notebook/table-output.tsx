import { fromBinary, type Registry } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import type { CellOutput } from "../../lib/notebook/cell-state.ts";
import type { Value } from "../../lib/notebook/value.ts";
import { cellText, messageColumns } from "../../lib/reply/table-columns.ts";
import styles from "./cell.module.css";
import { useTypes } from "./use-types.ts";
import { isNumber, shortText } from "./value-text.ts";

/** More rows than these are counted and not shown: the reply's own table has all. */
const MOST_ROWS = 200;

interface Grid {
  readonly headings: readonly { readonly text: string; readonly numeric: boolean }[];
  readonly rows: readonly (readonly string[])[];
}

/** Rows of a list. Where the notebook names no columns, those of the first row's type. */
export function TableOutput({
  output,
  label,
}: {
  readonly output: Extract<CellOutput, { kind: "table" }>;
  readonly label: string;
}) {
  const shown = output.rows.slice(0, MOST_ROWS);
  const types = useTypes(shown.flat());
  const { headings, rows } = gridOf(output.headings, shown, types);
  if (output.rows.length === 0) return <p className={styles.passed}>The list is empty.</p>;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={styles.scroll} aria-label={`Table of ${label}`} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              {headings.map(({ text, numeric }) => (
                <th key={text} scope="col" data-numeric={numeric}>
                  {text}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have nothing but their place
              <tr key={row}>
                {cells.map((text, column) => (
                  <td
                    key={headings[column]?.text ?? column}
                    data-numeric={headings[column]?.numeric ?? false}
                    title={text.length > 40 ? text : undefined}
                  >
                    {text.length > 200 ? `${text.slice(0, 200)}…` : text}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {output.rows.length > MOST_ROWS && (
        <p className={styles.hint}>
          The first {MOST_ROWS} of {output.rows.length.toLocaleString("en-US")} rows.
        </p>
      )}
    </>
  );
}

function gridOf(names: readonly string[], rows: readonly (readonly Value[])[], types: Registry | null): Grid {
  if (names.length > 0) {
    return {
      headings: names.map((text, at) => ({
        text,
        numeric: rows.every((row) => row[at] !== undefined && isNumber(row[at])),
      })),
      rows: rows.map((row) => row.map((value) => shortText(value, types))),
    };
  }
  const [first] = rows[0] ?? [];
  if (first?.kind === "message") {
    const desc = types?.getMessage(first.type);
    if (desc !== undefined) return messageGrid(desc, rows);
  }
  if (first?.kind === "map") {
    const keys = first.entries.map(([key]) => shortText(key, types));
    return gridOf(
      keys,
      rows.map(([row]) =>
        row?.kind === "map" ? keys.map((key) => entryOf(row, key) ?? NOTHING) : keys.map(() => NOTHING),
      ),
      types,
    );
  }
  return gridOf(["value"], rows, types);
}

const NOTHING: Value = { kind: "string", value: "" };

function entryOf({ entries }: Extract<Value, { kind: "map" }>, name: string): Value | undefined {
  return entries.find(([key]) => shortText(key, null) === name)?.[1];
}

function messageGrid(desc: Parameters<typeof messageColumns>[0], rows: readonly (readonly Value[])[]): Grid {
  const messages = rows.flatMap(([row]) =>
    row?.kind === "message" && row.type === desc.typeName
      ? [reflect(desc, fromBinary(desc, row.wire), false)]
      : [],
  );
  const columns = messageColumns(desc);
  return {
    headings: columns.map(({ path, numeric }) => ({ text: path, numeric })),
    rows: messages.map((message) => columns.map((column) => cellText(message, column, "hex"))),
  };
}
