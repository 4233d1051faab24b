import { type DescEnum, type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import type { BytesForm } from "../call/call.ts";
import type { MethodDocs } from "../reference/method-docs.ts";
import { fieldByKey } from "../schema/field-by-key.ts";
import type { TextEdit } from "../schema/problem.ts";
import { allFields, type NameStyle } from "./all-fields.ts";
import { contextAt, type KeyContext, type Member, type ValueContext } from "./completion-context.ts";
import { fieldOf, type Meaning } from "./cursor.ts";
import { describeField, describeValue, fieldDocs, typeLabel } from "./describe.ts";
import { fittingRecents } from "./fit-recents.ts";
import type { RecentValue } from "./recent-values.ts";
import {
  entrySnippet,
  itemSnippet,
  messageSnippet,
  type SkeletonOptions,
  snippetText,
  valueSnippet,
} from "./skeleton.ts";

export interface CompletionOptions {
  readonly desc: DescMessage;
  readonly docs: MethodDocs;
  readonly bytes: BytesForm;
  /** Values of earlier replies, newest first. */
  readonly recents: readonly RecentValue[];
}

export interface CompletionItem {
  readonly label: string;
  readonly kind: "field" | "enum" | "value" | "skeleton" | "recent";
  /** The type or number, in a few words. */
  readonly detail: string;
  readonly markdown: string;
  /** A snippet (`$1`, `${1:text}`, `\$` for a dollar) that takes the place of the range. */
  readonly insert: string;
  readonly offset: number;
  readonly length: number;
  /** Further edits: the comma that the member before lacks, or the member that this one takes the place of. */
  readonly edits: readonly TextEdit[];
  /** What the typed text is compared with. */
  readonly filter: string;
  readonly deprecated: boolean;
}

/**
 * What can be written at the offset, best first: fields that are not set yet, values of enums, booleans, values seen in
 * earlier replies, and skeletons. A field that excludes one which is set says so and takes its place.
 */
export function complete(
  text: string,
  offset: number,
  options: CompletionOptions,
): readonly CompletionItem[] {
  const context = contextAt(text, offset, options.desc);
  if (context === null) return [];
  return context.kind === "key" ? keyItems(context, text, options) : valueItems(context, text, options);
}

function keyItems(context: KeyContext, text: string, options: CompletionOptions): CompletionItem[] {
  const { holder } = context;
  if (holder.kind === "map") return entryItems(context, holder.field, text, options);
  if (holder.kind !== "message") return [];
  const set = new Map<DescField, Member>();
  for (const member of context.members) {
    const field = fieldOf(holder, member.key);
    if (field !== null) set.set(field, member);
  }
  const style = nameStyle(context, text, holder.desc);
  const free = holder.desc.fields.filter((field) => fieldOf(holder, field.name) !== null && !set.has(field));
  const plain: CompletionItem[] = [];
  const replacing: CompletionItem[] = [];
  for (const field of free) {
    const rival = [...set].find(([other]) => other.oneof !== undefined && other.oneof === field.oneof);
    if (rival === undefined) plain.push(fieldItem(field, context, style, options, null));
    else replacing.push(fieldItem(field, context, style, options, { field: rival[0], member: rival[1] }));
  }
  return [...plain, ...replacing, ...fullItems(context, holder.desc, set.size, style, options)];
}

function fieldItem(
  field: DescField,
  context: KeyContext,
  style: NameStyle,
  options: CompletionOptions,
  rival: { readonly field: DescField; readonly member: Member } | null,
): CompletionItem {
  const { docs, bytes } = options;
  const doc = fieldDocs(docs, field);
  const value = valueSnippet(field, { docs, style });
  const type = doc?.unit == null ? typeLabel(field) : `${typeLabel(field)}, ${doc.unit}`;
  const written = writeMember(field, value, context, style, rival?.member ?? null);
  return {
    label: style === "camel" ? field.jsonName : field.name,
    kind: "field",
    detail: rival === null ? type : `in place of ${rival.field.name} · ${type}`,
    markdown: describeField(docs, field, bytes),
    ...written,
    offset: context.offset,
    length: context.length,
    filter: filterOf(field, style, context.quoted),
    deprecated: field.proto.options?.deprecated ?? false,
  };
}

/** The whole of a message at once: of an object without members, or of one of its fields. */
function fullItems(
  context: KeyContext,
  desc: DescMessage,
  setCount: number,
  style: NameStyle,
  options: CompletionOptions,
): CompletionItem[] {
  if (setCount > 0 || context.hasColon || context.commaAfter || desc.fields.length < 2) return [];
  const skeleton = allFields(desc, options.docs, { style, notes: false });
  const members = skeleton
    .slice(1, -1)
    .replace(/^\n {2}/, "")
    .trimEnd()
    .replaceAll("\n  ", "\n");
  if (members === "") return [];
  return [
    {
      label: "all fields",
      kind: "skeleton",
      detail: desc.name,
      markdown: code(skeleton),
      insert: snippetText(members),
      offset: context.offset,
      length: context.length,
      edits: [],
      filter: context.quoted ? '"all fields' : "all fields",
      deprecated: false,
    },
  ];
}

/** What is inserted for a member, and the edits elsewhere that keep the commas right. */
function writeMember(
  field: DescField,
  value: string,
  context: KeyContext,
  style: NameStyle,
  rival: Member | null,
): { insert: string; edits: readonly TextEdit[] } {
  const name = JSON.stringify(style === "camel" ? field.jsonName : field.name);
  if (context.hasColon) return { insert: name, edits: [] };
  const removal = rival === null ? null : removed(rival, context);
  const needsComma = context.commaAfter && removal?.last !== true;
  const member = `${name}: ${value}${needsComma ? "," : ""}`;
  const commaBefore = rival !== null && context.commaBefore === rival.end ? null : context.commaBefore;
  const touching = commaBefore === context.offset;
  const edits: TextEdit[] = removal === null ? [] : [removal.edit];
  if (commaBefore !== null && !touching) edits.push({ offset: commaBefore, length: 0, text: "," });
  return { insert: touching ? `, ${member}` : member, edits };
}

/** The edit that takes a member out, with one of its commas. `last`: nothing follows it and the cursor is right before. */
function removed(rival: Member, context: KeyContext): { edit: TextEdit; last: boolean } {
  const cut = (from: number, to: number) => ({ offset: from, length: to - from, text: "" });
  if (rival.commaEnd !== null) return { edit: cut(rival.offset, rival.commaEnd), last: false };
  if (rival.offset < context.offset) return { edit: cut(rival.offset, rival.end), last: false };
  if (rival.commaStart !== null && rival.commaStart >= context.offset + context.length) {
    return { edit: cut(rival.commaStart, rival.end), last: false };
  }
  return { edit: cut(rival.offset, rival.end), last: true };
}

/** The entries of a map: those that its kind of key has, or one to start from. */
function entryItems(
  context: KeyContext,
  field: DescField & { fieldKind: "list" | "map" },
  text: string,
  options: CompletionOptions,
): CompletionItem[] {
  if (context.hasColon) return [];
  const style = textStyle(text, options.desc);
  const keys = field.fieldKind === "map" && field.mapKey === ScalarType.BOOL ? ["true", "false"] : ["$1"];
  const taken = context.members.map(({ key }) => key);
  const before = context.commaBefore;
  const touching = before === context.offset;
  const edits = before === null || touching ? [] : [{ offset: before, length: 0, text: "," }];
  const entry = entrySnippet(field, { docs: options.docs, style });
  return keys
    .filter((key) => !taken.includes(key))
    .map((key) => {
      const member = entry.replace('"$1"', () => `"${key}"`) + comma(context);
      const label = key === "$1" ? '" ": entry' : `"${key}"`;
      return {
        label,
        kind: "skeleton",
        detail: typeLabel(field),
        markdown: "",
        insert: touching ? `, ${member}` : member,
        offset: context.offset,
        length: context.length,
        edits,
        filter: context.quoted ? label : label.replaceAll('"', ""),
        deprecated: false,
      };
    });
}

function valueItems(context: ValueContext, text: string, options: CompletionOptions): CompletionItem[] {
  const { meaning } = context;
  const skeletons = () => {
    const found = skeletonsOf(meaning, { docs: options.docs, style: textStyle(text, options.desc) });
    return found.map((each) => wordItem("skeleton", each, context));
  };
  if (meaning.kind !== "value") return context.quoted ? [] : skeletons();
  const { field } = meaning;
  if (field.enum !== undefined) return enumItems(field.enum, context, options.docs);
  if (field.scalar === ScalarType.BOOL) {
    if (context.quoted) return [];
    return ["true", "false"].map((word) =>
      wordItem("value", { label: word, detail: "bool", insert: word, markdown: "" }, context),
    );
  }
  const recents = recentItems(field, context, options);
  return context.quoted ? recents : [...recents, ...skeletons()];
}

interface Words {
  readonly label: string;
  readonly detail: string;
  readonly insert: string;
  readonly markdown: string;
}

function skeletonsOf(meaning: Meaning, options: SkeletonOptions): readonly Words[] {
  switch (meaning.kind) {
    case "list":
    case "map": {
      const label = meaning.kind === "list" ? "[ ]" : "{ }";
      return [
        {
          label,
          detail: typeLabel(meaning.field),
          insert: valueSnippet(meaning.field, options),
          markdown: "",
        },
      ];
    }
    case "message": {
      const { desc } = meaning;
      const start = { label: "{ }", detail: desc.name, insert: messageSnippet(desc, options), markdown: "" };
      if (desc.fields.length < 2 || fieldByKey(desc, desc.fields[0]?.name ?? "") === undefined)
        return [start];
      const skeleton = allFields(desc, options.docs, { style: options.style, notes: false });
      if (skeleton === "{}") return [start];
      const full = { label: "{ all fields }", detail: desc.name, insert: snippetText(skeleton) };
      return [start, { ...full, markdown: code(skeleton) }];
    }
    case "value": {
      const insert = itemSnippet(meaning.field, options);
      return insert === '"$1"'
        ? [{ label: '" "', detail: typeLabel(meaning.field), insert, markdown: "" }]
        : [];
    }
  }
}

function recentItems(field: DescField, context: ValueContext, options: CompletionOptions): CompletionItem[] {
  const found = fittingRecents(options.recents, field, options.docs, options.bytes);
  return found.map(({ recent, value, quoted }) => {
    const source = quoted ? JSON.stringify(value) : value;
    const open = context.quoted ? '"' : "";
    return {
      label: recent.label,
      kind: "recent",
      detail: value.length <= 24 ? value : `${value.slice(0, 12)}…${value.slice(-8)}`,
      markdown: `Seen in an earlier reply:\n\n${code(value)}`,
      insert: snippetText(source) + comma(context),
      offset: context.offset,
      length: context.length,
      edits: [],
      filter: `${open}${value} ${recent.label}`,
      deprecated: false,
    };
  });
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

function wordItem(kind: "value" | "skeleton", words: Words, context: ValueContext): CompletionItem {
  const { offset, length } = context;
  const insert = words.insert + comma(context);
  return { ...words, kind, insert, offset, length, edits: [], filter: words.label, deprecated: false };
}

/** Names as they are typed here: lowerCamelCase where the word at the cursor has it, or else the rest of the text. */
function nameStyle(context: KeyContext, text: string, desc: DescMessage): NameStyle {
  const typed = text.slice(context.offset, context.offset + context.length);
  if (/[a-z0-9][A-Z]/.test(typed)) return "camel";
  if (typed.includes("_")) return "snake";
  const near = context.members.map(({ key }) => styleOf(desc, key)).find((style) => style !== null);
  return near ?? textStyle(text, desc);
}

/** The style of the first key of the text that has one. */
function textStyle(text: string, desc: DescMessage): NameStyle {
  for (const [, key = ""] of text.matchAll(/"([A-Za-z]\w*)"\s*:/g)) {
    const style =
      styleOf(desc, key) ?? (/_/.test(key) ? "snake" : /[a-z0-9][A-Z]/.test(key) ? "camel" : null);
    if (style !== null) return style;
  }
  return "snake";
}

function styleOf(desc: DescMessage, key: string): NameStyle | null {
  const field = fieldByKey(desc, key);
  if (field === undefined || field.name === field.jsonName) return null;
  return key === field.jsonName ? "camel" : "snake";
}

function filterOf(field: DescField, style: NameStyle, quoted: boolean): string {
  const name = style === "camel" ? field.jsonName : field.name;
  return quoted ? JSON.stringify(name) : name;
}

function code(text: string): string {
  return `\`\`\`\n${text.replaceAll("```", "'''")}\n\`\`\``;
}

function comma(context: KeyContext | ValueContext): string {
  return context.commaAfter ? "," : "";
}
