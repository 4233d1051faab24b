import { assertNever } from "../call/assert-never.ts";
import type { BytesForm } from "../call/call.ts";
import { type BytesLens, bytesLensNames, decodeBytes, encodeBytes, writeLens } from "../schema/bytes-lens.ts";
import { exactInteger } from "../schema/exact-number.ts";
import type { TextEdit } from "../schema/problem.ts";
import type { ReadBytes } from "../schema/request-reading.ts";
import type { RequestTreeReading } from "../schema/request-text.ts";
import { integerRange, scalarName } from "../schema/scalar-range.ts";
import { bytesLensTitles, lensBody } from "./bytes-lenses.ts";
import { fieldDocs } from "./describe.ts";
import { lensesOf, readLens } from "./lenses/lenses.ts";
import { grouped } from "./lenses/ratio.ts";
import { type ValuesOptions, type WrittenValue, writtenInteger, writtenValueAt } from "./values.ts";

/** A value of the request in all its ways, for a calculator that writes back. */
export interface ValueLenses {
  /** Short name of the field. */
  readonly field: string;
  /** Where the value is in the text. */
  readonly offset: number;
  readonly length: number;
  readonly kind: "number" | "bytes";
  readonly rows: readonly LensRow[];
  /** What was typed into the row `id`, as the edit that writes it. */
  write(id: string, typed: string): LensWrite;
}

export interface LensRow {
  readonly id: string;
  readonly label: string;
  readonly input: "decimal" | "datetime" | "text";
  readonly value: string;
}

export type LensWrite =
  | {
      readonly kind: "ok";
      readonly edit: TextEdit;
      /** What is worth to be known: that the nearest value was taken. */
      readonly note: string | null;
    }
  | { readonly kind: "problem"; readonly message: string };

export interface ValueLensesOptions extends ValuesOptions {
  readonly bytes: BytesForm;
}

/** The lenses of the number or bytes at the offset; null where there is none, or none with another way to be said. */
export function valueLenses(
  { root, bytesRead }: RequestTreeReading,
  offset: number,
  options: ValueLensesOptions,
): ValueLenses | null {
  const value = writtenValueAt(root, offset, options);
  if (value === null) return null;
  const read = bytesRead.find(({ node }) => node === value.node);
  return read === undefined ? numberLenses(value, options) : bytesRows(value, read, options.bytes);
}

function numberLenses(value: WrittenValue, { text, docs }: ValueLensesOptions): ValueLenses | null {
  const { node, field, context } = value;
  const number = writtenInteger(text, node, field);
  const unit = fieldDocs(docs, field)?.unit ?? null;
  const range = field.scalar === undefined ? null : integerRange(field.scalar);
  if (number === null || range === null || field.scalar === undefined) return null;
  const others = lensesOf(unit, number.toString(), context);
  if (others.length === 0) return null;
  const kind = scalarName(field.scalar);
  const place = { offset: node.offset, length: node.length };
  return {
    field: field.name,
    ...place,
    kind: "number",
    rows: [{ id: "value", label: unit ?? kind, input: "decimal", value: number.toString() }, ...others],
    write(id, typed) {
      const read = id === "value" ? plainNumber(typed) : readLens(unit, id, typed, context);
      if (read.kind === "problem") return read;
      const whole = BigInt(read.value);
      if (whole < range.min || whole > range.max) {
        return { kind: "problem", message: `That does not fit in ${kind}: it would be ${read.value}.` };
      }
      const source = node.type === "string" ? `"${read.value}"` : read.value;
      const note = read.exact ? null : `The nearest there is: ${grouped(read.value)}.`;
      return { kind: "ok", edit: { ...place, text: source }, note };
    },
  };
}

function plainNumber(typed: string) {
  const read = exactInteger(typed.trim().replaceAll(/(?<=\d)[,_ ](?=\d{3}(?!\d))/g, ""));
  if (read.kind !== "integer") return { kind: "problem", message: "Write a whole number." } as const;
  return { kind: "ok", value: read.value.toString(), exact: true } as const;
}

function bytesRows(value: WrittenValue, read: ReadBytes, form: BytesForm): ValueLenses {
  const { offset, length } = value.node;
  const rows = bytesLensNames.flatMap((lens): LensRow[] => {
    const body = lensBody(lens, read.bytes);
    if (body === null && read.bytes.length > 0) return [];
    return [{ id: lens, label: bytesLensTitles[lens], input: "text", value: body ?? "" }];
  });
  return {
    field: value.field.name,
    offset,
    length,
    kind: "bytes",
    rows,
    write(id, typed) {
      const lens = bytesLensNames.find((name) => name === id);
      if (lens === undefined)
        return { kind: "problem", message: "This value cannot be written that way here." };
      const bytes = decodeBytes(lens, lens === "text" ? typed : typed.trim());
      if (bytes === null) return { kind: "problem", message: refusal(lens) };
      const kept = encodeBytes(read.written.lens, bytes);
      const written =
        kept === null ? writeLens(lens, encodeBytes(lens, bytes) ?? "", form) : keep(read, kept, form);
      return { kind: "ok", edit: { offset, length, text: JSON.stringify(written) }, note: null };
    },
  };
}

/** The value stays written as it is: with its prefix, or without one. */
function keep({ written }: ReadBytes, body: string, form: BytesForm): string {
  return written.prefixed ? `${written.lens}:${body}` : writeLens(written.lens, body, form);
}

function refusal(lens: BytesLens): string {
  switch (lens) {
    case "hex":
      return "Hex is an even number of digits 0–9 and a–f.";
    case "base64":
    case "base64url":
      return "This is no base64.";
    case "text":
      return "This holds half of a character.";
    case "txid":
      return "A transaction id is 64 hex digits.";
    default:
      return assertNever(lens);
  }
}
