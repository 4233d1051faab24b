import { ScalarType } from "@bufbuild/protobuf";
import type { Node } from "jsonc-parser";
import { toHex } from "../schema/bytes-text.ts";
import type { ReadBytes } from "../schema/request-reading.ts";
import { byteCount, shortHex } from "./bytes-words.ts";
import { fieldDocs } from "./describe.ts";
import { lensesOf } from "./lenses/lenses.ts";
import type { RecentValue } from "./recent-values.ts";
import { type ValuesOptions, type WrittenValue, writtenInteger, writtenValues } from "./values.ts";

/** Words beside a value that are no part of the text. */
export interface Hint {
  /** Where the value ends, or its line where nothing else follows in it. */
  readonly offset: number;
  readonly text: string;
}

export interface HintOptions extends ValuesOptions {
  readonly recents: readonly RecentValue[];
}

const mostWords = 3;

/**
 * What stands beside the values of a request: what goes on the wire where the text is not its hex, what a known value
 * belongs to, and numbers in other words.
 */
export function hints(root: Node, bytesRead: readonly ReadBytes[], options: HintOptions): readonly Hint[] {
  const bytesOf = new Map(bytesRead.map((each) => [each.node, each]));
  const labels = new Map(options.recents.map(({ form, value, label }) => [`${form} ${value}`, label]));
  const found: Hint[] = [];
  for (const value of writtenValues(root, options)) {
    const { node, field } = value;
    const read = bytesOf.get(node);
    const text =
      read !== undefined
        ? bytesHint(read, labels)
        : field.scalar === ScalarType.STRING
          ? owner(labels.get(`string ${String(node.value)}`))
          : numberHint(value, labels, options);
    if (text !== "") found.push({ offset: hintOffset(options.text, node.offset + node.length), text });
  }
  return found;
}

function numberHint(
  { node, field, context }: WrittenValue,
  labels: ReadonlyMap<string, string>,
  { text, docs }: HintOptions,
): string {
  const value = writtenInteger(text, node, field);
  if (value === null || value === 0n) return "";
  const lenses = lensesOf(fieldDocs(docs, field)?.unit ?? null, value.toString(), context);
  const words = lenses.filter(({ hint }) => hint).map(({ text }) => text);
  const known = owner(labels.get(`integer ${value}`));
  return [...(known === "" ? [] : [known]), ...words.slice(0, mostWords)].join(" · ");
}

function hintOffset(text: string, end: number): number {
  const line = text.slice(end, lineEnd(text, end));
  return /^\s*,?\s*(?:\/\/.*)?$/.test(line) ? end + line.trimEnd().length : end;
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end === -1 ? text.length : end;
}

function bytesHint({ written, bytes }: ReadBytes, labels: ReadonlyMap<string, string>): string {
  const hex = toHex(bytes);
  const known = owner(labels.get(`bytes ${hex}`));
  const isWire = written.lens === "hex" || bytes.length === 0;
  return [
    ...(isWire ? [] : [`→ ${byteCount(bytes.length)} ${shortHex(hex)}`]),
    ...(known === "" ? [] : [known]),
  ].join(" · ");
}

/** `trader_key of account 2` → `account 2`: the field's name is in the text already, or close to it. */
function owner(label: string | undefined): string {
  return label?.replace(/^\S+ of /, "") ?? "";
}
