import type { DescMessage } from "@bufbuild/protobuf";
import { fieldByKey } from "../schema/field-by-key.ts";
import type { NameStyle } from "./all-fields.ts";
import type { KeyContext } from "./completion-context.ts";

/** Names as they are typed here: lowerCamelCase where the word at the cursor has it, or else the rest of the text. */
export function nameStyle(context: KeyContext, text: string, desc: DescMessage): NameStyle {
  const typed = text.slice(context.offset, context.offset + context.length);
  if (/[a-z0-9][A-Z]/.test(typed)) return "camel";
  if (typed.includes("_")) return "snake";
  const near = context.members.map(({ key }) => styleOf(desc, key)).find((style) => style !== null);
  return near ?? textStyle(text, desc);
}

/** The style of the first key of the text that has one. */
export function textStyle(text: string, desc: DescMessage): NameStyle {
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
