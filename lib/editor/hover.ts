import { findNodeAtOffset } from "jsonc-parser";
import type { BytesForm } from "../call/call.ts";
import { encodeBytes } from "../schema/bytes-lens.ts";
import { toHex } from "../schema/bytes-text.ts";
import type { ReadBytes } from "../schema/request-reading.ts";
import type { RequestTreeReading } from "../schema/request-text.ts";
import { bytesRule } from "./bytes-rule.ts";
import { byteCount, printable, wholeHex } from "./bytes-words.ts";
import { fieldOf, nodeMeaning } from "./cursor.ts";
import { describeField, describeValue, fieldDocs } from "./describe.ts";
import { lensesOf } from "./lenses/lenses.ts";
import type { RecentValue } from "./recent-values.ts";
import { type ValuesOptions, type WrittenValue, writtenInteger, writtenValueAt } from "./values.ts";

export interface HoverOptions extends ValuesOptions {
  readonly bytes: BytesForm;
  readonly recents: readonly RecentValue[];
}

export interface Hover {
  readonly offset: number;
  readonly length: number;
  /** From the proto files' comments: not to be trusted with commands or HTML. */
  readonly markdown: string;
}

/** What the name or value at the offset means, and the value in other words; null where there is nothing to say. */
export function hover(reading: RequestTreeReading, offset: number, options: HoverOptions): Hover | null {
  const { root, bytesRead } = reading;
  const { desc, docs, bytes } = options;
  const node = root === null ? undefined : findNodeAtOffset(root, offset, true);
  if (node === undefined || node.type === "object" || node.type === "array") return null;
  const { offset: start, length, parent } = node;
  const isKey = parent?.type === "property" && parent.children?.[0] === node;
  const value = writtenValueAt(root, offset, options);
  const words = value === null ? [] : valueWords(value, bytesRead, options);
  if (isKey) {
    const holder = parent.parent === undefined ? null : nodeMeaning(parent.parent, desc);
    const field = holder === null ? null : fieldOf(holder, String(node.value));
    if (field === null) return null;
    return { offset: start, length, markdown: paragraphs([list(words), describeField(docs, field, bytes)]) };
  }
  if (value === null) return null;
  if (value.field.enum !== undefined) {
    const type = value.field.enum;
    const known = type.values.find((each) => each.name === node.value || each.number === node.value);
    if (known === undefined) return null;
    return { offset: start, length, markdown: describeValue(docs, type, known.name) };
  }
  if (words.length === 0) return null;
  return { offset: start, length, markdown: paragraphs([`**${value.field.name}**`, list(words)]) };
}

/** What the value is in other words, one line each. */
function valueWords(
  { node, field, context }: WrittenValue,
  bytesRead: readonly ReadBytes[],
  { text, docs, recents }: HoverOptions,
): string[] {
  const read = bytesRead.find((each) => each.node === node);
  const doc = fieldDocs(docs, field);
  if (read !== undefined) return bytesWords(read, bytesRule(doc?.bytes)?.reversed === true, recents);
  const integer = writtenInteger(text, node, field);
  if (integer !== null) {
    const seen = seenAs(recents, "integer", integer.toString());
    if (doc?.unit == null || integer === 0n) return seen;
    const { unit } = doc;
    return [...lensesOf(unit, integer.toString(), context).map((lens) => lens.text), ...seen];
  }
  return node.type === "string" ? seenAs(recents, "string", String(node.value)) : [];
}

function bytesWords({ bytes }: ReadBytes, reversed: boolean, recents: readonly RecentValue[]): string[] {
  const hex = toHex(bytes);
  const wire =
    bytes.length === 0
      ? "Nothing on the wire"
      : `On the wire, ${byteCount(bytes.length)}: \`${wholeHex(bytes)}\``;
  const txid = reversed ? encodeBytes("txid", bytes) : null;
  const words = printable(bytes);
  return [
    wire,
    ...(txid === null ? [] : [`As explorers show it: \`${txid}\``]),
    ...(words === null ? [] : [`As text: ${codeSpan(words)}`]),
    ...seenAs(recents, "bytes", hex),
  ];
}

function seenAs(recents: readonly RecentValue[], form: RecentValue["form"], value: string): string[] {
  const seen = recents.filter((each) => each.form === form && each.value === value).slice(0, 3);
  return seen.map(({ label }) => `Seen as ${codeSpan(label)}`);
}

/** Text that is not Markdown, whatever it holds. */
function codeSpan(text: string): string {
  const fence = "`".repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)));
  return `${fence} ${text.replaceAll(/\s+/g, " ")} ${fence}`;
}

function list(words: readonly string[]): string {
  return words.map((word) => `- ${word}`).join("\n");
}

function paragraphs(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n\n");
}
