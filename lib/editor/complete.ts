import type { DescEnum, DescField, DescMessage } from "@bufbuild/protobuf";
import type { BytesForm } from "../call/call.ts";
import type { MethodDocs } from "../reference/method-docs.ts";
import type { TextEdit } from "../schema/problem.ts";
import { contextAt, type KeyContext, type ValueContext } from "./completion-context.ts";
import { fieldOf, type Meaning } from "./cursor.ts";
import { describeField, describeValue, fieldDocs, typeLabel } from "./describe.ts";
import { itemSnippet, messageSnippet, valueSnippet } from "./skeleton.ts";

export interface CompletionOptions {
  readonly desc: DescMessage;
  readonly docs: MethodDocs;
  readonly bytes: BytesForm;
}

export interface CompletionItem {
  readonly label: string;
  readonly kind: "field" | "enum" | "value";
  /** The type or number, in a few words. */
  readonly detail: string;
  readonly markdown: string;
  /** A snippet (`$1`, `${1:text}`, `\$` for a dollar) that takes the place of the range. */
  readonly insert: string;
  readonly offset: number;
  readonly length: number;
  /** Further edits: the comma that the member before lacks. */
  readonly edits: readonly TextEdit[];
  /** What the typed text is compared with. */
  readonly filter: string;
  readonly deprecated: boolean;
}

/** What can be written at the offset: fields that are not set yet, enum values, booleans, skeletons. */
export function complete(
  text: string,
  offset: number,
  options: CompletionOptions,
): readonly CompletionItem[] {
  const context = contextAt(text, offset, options.desc);
  if (context === null) return [];
  return context.kind === "key" ? fieldItems(context, options) : valueItems(context, options);
}

function fieldItems(context: KeyContext, options: CompletionOptions): CompletionItem[] {
  if (context.holder.kind !== "message") return [];
  const set = context.keys.map((key) => fieldOf(context.holder, key)).filter((field) => field !== null);
  const oneofs = new Set(set.map((field) => field.oneof).filter((oneof) => oneof !== undefined));
  return context.holder.desc.fields
    .filter((field) => !set.includes(field) && !(field.oneof !== undefined && oneofs.has(field.oneof)))
    .map((field) => fieldItem(field, context, options));
}

function fieldItem(
  field: DescField,
  context: KeyContext,
  { docs, bytes }: CompletionOptions,
): CompletionItem {
  const doc = fieldDocs(docs, field);
  const name = JSON.stringify(field.name);
  const member = `${name}: ${valueSnippet(field)}${comma(context)}`;
  const { commaBefore } = context;
  const touching = commaBefore === context.offset;
  const insert = context.hasColon ? name : touching ? `, ${member}` : member;
  return {
    label: field.name,
    kind: "field",
    detail: doc?.unit == null ? typeLabel(field) : `${typeLabel(field)}, ${doc.unit}`,
    markdown: describeField(docs, field, bytes),
    insert,
    offset: context.offset,
    length: context.length,
    edits: commaBefore === null || touching ? [] : [{ offset: commaBefore, length: 0, text: "," }],
    filter: context.quoted ? name : field.name,
    deprecated: field.proto.options?.deprecated ?? false,
  };
}

function valueItems(context: ValueContext, options: CompletionOptions): CompletionItem[] {
  const { meaning } = context;
  if (meaning.kind === "value" && meaning.field.enum !== undefined) {
    return enumItems(meaning.field.enum, context, options.docs);
  }
  if (context.quoted) return [];
  if (
    meaning.kind === "value" &&
    meaning.field.scalar !== undefined &&
    typeLabel(meaning.field).endsWith("bool")
  ) {
    return ["true", "false"].map((word) => wordItem(word, "bool", word, context));
  }
  const skeleton = skeletonOf(meaning);
  return skeleton === null ? [] : [wordItem(skeleton.label, skeleton.detail, skeleton.insert, context)];
}

function skeletonOf(meaning: Meaning): { label: string; detail: string; insert: string } | null {
  switch (meaning.kind) {
    case "list":
      return { label: "[ ]", detail: typeLabel(meaning.field), insert: valueSnippet(meaning.field) };
    case "map":
      return { label: "{ }", detail: typeLabel(meaning.field), insert: valueSnippet(meaning.field) };
    case "message":
      return { label: "{ }", detail: meaning.desc.name, insert: messageSnippet(meaning.desc) };
    case "value": {
      const insert = itemSnippet(meaning.field);
      return insert === '"$1"' ? { label: '" "', detail: typeLabel(meaning.field), insert } : null;
    }
  }
}

function enumItems(desc: DescEnum, context: ValueContext, docs: MethodDocs): CompletionItem[] {
  return desc.values.map((value) => ({
    label: value.name,
    kind: "enum",
    detail: String(value.number),
    markdown: describeValue(docs, desc, value.name),
    insert: JSON.stringify(value.name) + comma(context),
    offset: context.offset,
    length: context.length,
    edits: [],
    filter: context.quoted ? JSON.stringify(value.name) : value.name,
    deprecated: value.deprecated,
  }));
}

function wordItem(label: string, detail: string, insert: string, context: ValueContext): CompletionItem {
  const { offset, length } = context;
  const shown = { label, kind: "value", detail, markdown: "", filter: label, deprecated: false } as const;
  return { ...shown, insert: insert + comma(context), offset, length, edits: [] };
}

function comma(context: KeyContext | ValueContext): string {
  return context.commaAfter ? "," : "";
}
