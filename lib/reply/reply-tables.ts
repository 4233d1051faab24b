import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { hasCustomJsonRepresentation } from "@bufbuild/protobuf/wkt";
import type { BytesForm } from "../call/call.ts";
import { decodeReply } from "../schema/decode-reply.ts";
import type { ByteLog } from "./byte-log.ts";
import type { Pace } from "./save.ts";
import { splitMessage } from "./split-message.ts";
import {
  type Column,
  cellText,
  entryCells,
  keyColumns,
  mapColumns,
  messageColumns,
} from "./table-columns.ts";
import { isNumber, valueText } from "./value-text.ts";

/** A list that a reply holds, or a stream is. */
export interface TableKind {
  /** Short name of the field; `messages` for a stream's own. */
  readonly name: string;
  readonly columns: readonly Column[];
  /** Null: each message of the stream is a row. */
  readonly field: DescField | null;
}

/** Rows beyond this many are not read into a table; of a stream the latest are. */
export const MOST_ROWS = 50_000;

/** The lists of a reply that stands alone, or the messages of a stream, as tables. None where they have no columns. */
export function tablesOf(desc: DescMessage, alone: boolean): readonly TableKind[] {
  if (!alone) {
    const columns = messageColumns(desc);
    return columns.length === 0 ? [] : [{ name: "messages", columns, field: null }];
  }
  return desc.fields.flatMap((field): TableKind[] => {
    if (field.fieldKind === "map") return [{ name: field.name, columns: mapColumns(field), field }];
    if (field.fieldKind !== "list") return [];
    if (field.listKind !== "message") {
      const scalar = field.listKind === "scalar" ? field.scalar : null;
      const value: Column = {
        path: "value",
        field,
        scalar,
        numeric: scalar !== null && isNumber(scalar),
        steps: [],
      };
      return [{ name: field.name, columns: [value], field }];
    }
    if (hasCustomJsonRepresentation(field.message)) return [];
    const columns = messageColumns(field.message);
    return columns.length === 0 ? [] : [{ name: field.name, columns, field }];
  });
}

/** Rows from which the keys of maps are taken. */
const SAMPLE = 40;

export interface TableRows {
  /** The table's columns, and those that its rows' maps give. */
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

/** A table with its rows, read as long as `goOn` says and on after a `pause`. What cannot be read is left out. */
export async function readRows(
  kind: TableKind,
  desc: DescMessage,
  log: ByteLog,
  bytes: BytesForm,
  pace: Pace,
): Promise<TableRows> {
  const rows: (readonly string[])[] = [];
  let { columns } = kind;
  let sample: ReflectMessage[] | null = [];
  const cellsOf = (message: ReflectMessage) => columns.map((column) => cellText(message, column, bytes));
  const endSample = () => {
    const [first] = sample ?? [];
    if (first !== undefined) columns = [...columns, ...keyColumns(first.desc, sample ?? [])];
    for (const message of sample ?? []) rows.push(cellsOf(message));
    sample = null;
  };
  let { goOn } = pace;
  for await (const row of rowsOf(kind, desc, log, bytes)) {
    if (row.kind === "cells") rows.push(row.cells);
    else if (sample === null) rows.push(cellsOf(row.message));
    else if (sample.push(row.message) === SAMPLE) endSample();
    if (rows.length >= MOST_ROWS) break;
    if (!goOn()) goOn = await pace.pause();
  }
  if (sample !== null) endSample();
  return { columns, rows };
}

type Row =
  | { readonly kind: "message"; readonly message: ReflectMessage }
  | { readonly kind: "cells"; readonly cells: readonly string[] };

async function* rowsOf(
  { field, columns }: TableKind,
  desc: DescMessage,
  log: ByteLog,
  bytes: BytesForm,
): AsyncGenerator<Row, void, undefined> {
  if (field === null) {
    for (let index = Math.max(0, log.length - MOST_ROWS); index < log.length; index++) {
      const message = readMessage(desc, await log.read(index));
      if (message !== null) yield { kind: "message", message };
    }
    return;
  }
  if (log.length === 0) return;
  const wire = await log.read(log.length - 1);
  const split = splitMessage(desc, wire);
  const apart = split?.lists.find((list) => list.field.number === field.number);
  if (apart !== undefined) {
    for (let index = 0; index < Math.min(apart.items.length, MOST_ROWS); index++) {
      const message = readMessage(apart.field.message, apart.items.at(index));
      if (message !== null) yield { kind: "message", message };
    }
    return;
  }
  const message = readMessage(desc, split?.rest ?? wire);
  if (message === null) return;
  if (field.fieldKind === "list") {
    for (const item of message.get(field)) {
      if (field.listKind === "message") yield { kind: "message", message: item as ReflectMessage };
      else yield { kind: "cells", cells: [valueText(field, item, bytes)] };
    }
  } else if (field.fieldKind === "map") {
    for (const [key, value] of message.get(field)) {
      yield { kind: "cells", cells: entryCells(field, columns, key, value, bytes) };
    }
  }
}

function readMessage(desc: DescMessage, wire: Uint8Array): ReflectMessage | null {
  try {
    return reflect(desc, decodeReply(desc, wire).message, false);
  } catch {
    return null;
  }
}
