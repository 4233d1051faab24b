import { type DescEnum, type DescField, ScalarType } from "@bufbuild/protobuf";
import type { MethodDocs } from "../reference/method-docs.ts";
import { fieldByKey } from "../schema/field-by-key.ts";
import { allFields } from "./all-fields.ts";
import type { ValueContext } from "./completion-context.ts";
import { type CompletionItem, type CompletionOptions, codeBlock, comma } from "./completion-item.ts";
import type { Meaning } from "./cursor.ts";
import { describeValue, typeLabel } from "./describe.ts";
import { fittingRecents } from "./fit-recents.ts";
import { textStyle } from "./name-style.ts";
import { itemSnippet, messageSnippet, type SkeletonOptions, snippetText, valueSnippet } from "./skeleton.ts";

/** What can be written as a value: an enum's names, booleans, values seen before, skeletons. */
export function valueItems(
  context: ValueContext,
  text: string,
  options: CompletionOptions,
): CompletionItem[] {
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
      return [start, { ...full, markdown: codeBlock(skeleton) }];
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
      markdown: `Seen in an earlier reply:\n\n${codeBlock(value)}`,
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
