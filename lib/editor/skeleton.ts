import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { hasCustomJsonRepresentation } from "@bufbuild/protobuf/wkt";
import type { MethodDocs } from "../reference/method-docs.ts";
import { allOfField, type NameStyle } from "./all-fields.ts";

export interface SkeletonOptions {
  readonly docs: MethodDocs;
  readonly style: NameStyle;
}

/**
 * A value to start from, as a snippet: `$1` and `${1:text}` are where the cursor goes, lines are indented from the
 * field's own. Fields that a daemon crashes without are written out.
 */
export function valueSnippet(field: DescField, options: SkeletonOptions): string {
  if (field.fieldKind === "list") return `[${itemSnippet(field, options)}]`;
  if (field.fieldKind === "map") return `{\n  ${entrySnippet(field, options).replaceAll("\n", "\n  ")}\n}`;
  return itemSnippet(field, options);
}

/** A map's entry to start from. */
export function entrySnippet(field: DescField, options: SkeletonOptions): string {
  return `"$1": ${itemSnippet(field, options, 2)}`;
}

/** A value of one item of a list or map, or of a field that is neither. */
export function itemSnippet(field: DescField, options: SkeletonOptions, stop = 1): string {
  if (field.message !== undefined) return messageSnippet(field.message, options, stop);
  if (field.enum !== undefined) return `"$${stop}"`;
  switch (field.scalar) {
    case ScalarType.BOOL:
      return `\${${stop}:true}`;
    case ScalarType.STRING:
    case ScalarType.BYTES:
      return `"$${stop}"`;
    case undefined:
      return `$${stop}`;
    default:
      return `\${${stop}:0}`;
  }
}

/** An object to start a message from. */
export function messageSnippet(desc: DescMessage, options: SkeletonOptions, stop = 1): string {
  if (hasCustomJsonRepresentation(desc)) return `$${stop}`;
  if (desc.fields.length === 0) return "{}";
  const needed = neededFields(desc, options.docs);
  if (needed.length === 0) return `{\n  $${stop}\n}`;
  const members = needed.map((field, index) => {
    if (index === 0) return member(field, itemSnippet(field, options, stop), options);
    const all = allOfField(field, options.docs, { style: options.style, notes: false });
    return member(field, snippetText(all), options);
  });
  return `{\n  ${members.join(",\n").replaceAll("\n", "\n  ")}\n}`;
}

/** Text as a snippet that writes it. */
export function snippetText(text: string): string {
  return text.replaceAll(/[\\$]/g, "\\$&");
}

/** The fields of a message that a daemon crashes without. */
function neededFields(desc: DescMessage, docs: MethodDocs): readonly DescField[] {
  const names = docs.messages[desc.typeName]?.needed ?? [];
  return desc.fields.filter(({ name }) => names.includes(name));
}

function member(field: DescField, value: string, { style }: SkeletonOptions): string {
  return `${JSON.stringify(style === "camel" ? field.jsonName : field.name)}: ${value}`;
}
