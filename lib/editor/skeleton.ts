import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { hasCustomJsonRepresentation } from "@bufbuild/protobuf/wkt";
import { neededFields } from "./safety.ts";

/**
 * A value to start from, as a snippet: `$1` and `${1:text}` are where the cursor goes, lines are indented from the
 * field's own. Messages that a daemon breaks without are written out.
 */
export function valueSnippet(field: DescField): string {
  if (field.fieldKind === "list") return `[${itemSnippet(field)}]`;
  if (field.fieldKind === "map") return `{\n  "$1": ${itemSnippet(field, 2).replaceAll("\n", "\n  ")}\n}`;
  return itemSnippet(field);
}

/** A value of one item of a list or map, or of a field that is neither. */
export function itemSnippet(field: DescField, stop = 1): string {
  if (field.message !== undefined) return messageSnippet(field.message, stop);
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
export function messageSnippet(desc: DescMessage, stop = 1): string {
  if (hasCustomJsonRepresentation(desc)) return `$${stop}`;
  if (desc.fields.length === 0) return "{}";
  const [needed] = neededFields(desc);
  if (needed === undefined) return `{\n  $${stop}\n}`;
  return `{\n  ${JSON.stringify(needed)}: {\n    $${stop}\n  }\n}`;
}
