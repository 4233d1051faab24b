import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import type { TextEdit } from "../schema/problem.ts";
import { allFields, type NameStyle } from "./all-fields.ts";
import type { KeyContext, Member } from "./completion-context.ts";
import { type CompletionItem, type CompletionOptions, codeBlock, comma } from "./completion-item.ts";
import { fieldOf } from "./cursor.ts";
import { describeField, fieldDocs, typeLabel } from "./describe.ts";
import { nameStyle, textStyle } from "./name-style.ts";
import { entrySnippet, snippetText, valueSnippet } from "./skeleton.ts";

/** What can be written as a key: the fields that are free, the whole of an empty message, the entries of a map. */
export function keyItems(context: KeyContext, text: string, options: CompletionOptions): CompletionItem[] {
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
      markdown: codeBlock(skeleton),
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

function filterOf(field: DescField, style: NameStyle, quoted: boolean): string {
  const name = style === "camel" ? field.jsonName : field.name;
  return quoted ? JSON.stringify(name) : name;
}
