import type { DescField, DescMessage, ScalarType } from "@bufbuild/protobuf";
import { isReflectMessage, type ReflectMessage } from "@bufbuild/protobuf/reflect";
import { hasCustomJsonRepresentation } from "@bufbuild/protobuf/wkt";
import type { BytesForm } from "../call/call.ts";
import { isNumber, scalarText, valueText } from "./value-text.ts";

/** A column of a table: a value that each row has, perhaps some messages down. */
export interface Column {
  /** `details.amt`; `key` and `value` for a map without messages. */
  readonly path: string;
  /** Null for the key of a map. */
  readonly field: DescField | null;
  readonly scalar: ScalarType | null;
  readonly numeric: boolean;
  /** What leads to it, from the row's message down. */
  readonly steps: readonly Step[];
}

/** A field, and of a map the key. */
interface Step {
  readonly field: DescField;
  readonly key?: unknown;
}

/** Messages in messages are looked into this deep. */
const DEEPEST = 3;

const MOST_COLUMNS = 80;

/** The columns that rows of this type have: values, and those of single messages in it. Lists are left to the tree. */
export function messageColumns(desc: DescMessage): readonly Column[] {
  const columns: Column[] = [];
  collect(desc, [], columns);
  return columns;
}

function collect(desc: DescMessage, above: readonly Step[], columns: Column[]): void {
  for (const field of [...desc.fields].sort((a, b) => a.number - b.number)) {
    if (field.fieldKind === "list" || field.fieldKind === "map" || columns.length >= MOST_COLUMNS) continue;
    const steps = [...above, { field }];
    if (field.fieldKind !== "message") {
      columns.push({
        path: steps.map(stepName).join("."),
        field,
        scalar: field.fieldKind === "scalar" ? field.scalar : null,
        numeric: field.fieldKind === "scalar" && isNumber(field.scalar),
        steps,
      });
    } else if (
      steps.length < DEEPEST &&
      !hasCustomJsonRepresentation(field.message) &&
      !above.some((step) => step.field.message === field.message)
    ) {
      collect(field.message, steps, columns);
    }
  }
}

function stepName({ field, key }: Step): string {
  return key === undefined ? field.name : `${field.name}[${String(key)}]`;
}

/** Keys of a map that get columns of their own. */
const MOST_KEYS = 6;

/** Columns for the messages in the rows' maps, by the keys that these rows have. */
export function keyColumns(desc: DescMessage, rows: readonly ReflectMessage[]): readonly Column[] {
  const columns: Column[] = [];
  for (const field of desc.fields) {
    if (field.fieldKind !== "map" || field.message === undefined) continue;
    const keys = new Set(rows.flatMap((row) => [...row.get(field).keys()]));
    for (const key of [...keys].slice(0, MOST_KEYS)) collect(field.message, [{ field, key }], columns);
  }
  return columns;
}

/** The cell of a row; empty where it, or the message that it is in, is not set. */
export function cellText(row: ReflectMessage, { steps }: Column, bytes: BytesForm): string {
  let message = row;
  for (const [depth, { field, key }] of steps.entries()) {
    if (depth === steps.length - 1) return cellOf(message, field, bytes);
    if (!message.isSet(field)) return "";
    const inner: unknown = field.fieldKind === "map" ? message.get(field).get(key) : message.get(field);
    if (!isReflectMessage(inner)) return "";
    message = inner;
  }
  return "";
}

function cellOf(message: ReflectMessage, field: DescField, bytes: BytesForm): string {
  const explicit = field.oneof !== undefined || field.presence !== IMPLICIT;
  if (explicit && !message.isSet(field)) return "";
  return valueText(field, message.get(field), bytes);
}

/** protobuf-es names it only by its number: FeatureSet.FieldPresence.IMPLICIT. */
const IMPLICIT = 2;

/** The columns of a map: its keys, then its values or their columns. */
export function mapColumns(field: DescField & { readonly fieldKind: "map" }): readonly Column[] {
  const key: Column = {
    path: "key",
    field: null,
    scalar: field.mapKey,
    numeric: isNumber(field.mapKey),
    steps: [],
  };
  if (field.message !== undefined) return [key, ...messageColumns(field.message)];
  const scalar = field.scalar ?? null;
  return [key, { path: "value", field, scalar, numeric: scalar !== null && isNumber(scalar), steps: [] }];
}

/** The cells of a map's entry. */
export function entryCells(
  field: DescField & { readonly fieldKind: "map" },
  columns: readonly Column[],
  key: unknown,
  value: unknown,
  bytes: BytesForm,
): readonly string[] {
  return columns.map((column, index) => {
    if (index === 0) return scalarText(field.mapKey, key, bytes);
    return field.message === undefined
      ? valueText(field, value, bytes)
      : cellText(value as ReflectMessage, column, bytes);
  });
}
