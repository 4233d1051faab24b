import type { DescField } from "@bufbuild/protobuf";
import type { Node } from "jsonc-parser";
import { fieldByKey } from "../schema/field-by-key.ts";
import type { TextEdit } from "../schema/problem.ts";

/**
 * Edits that give an object of the text a member. `value` is laid out as at the start of a line and is indented to its
 * place. A member that is there already, as `null`, gets the value.
 */
export function insertMember(
  text: string,
  object: Node,
  field: DescField,
  value: string,
): readonly TextEdit[] {
  const properties = object.children ?? [];
  const indent = lineIndent(text, object.offset);
  const present = properties.find(
    ({ children }) => fieldByKey(field.parent, String(children?.[0]?.value)) === field,
  )?.children?.[1];
  if (present !== undefined) {
    const inner = value.replaceAll("\n", `\n${lineIndent(text, present.offset)}`);
    return [{ offset: present.offset, length: present.length, text: inner }];
  }
  const camel = properties.some(({ children }) => isCamelOnly(field, String(children?.[0]?.value)));
  const name = JSON.stringify(camel ? field.jsonName : field.name);
  const member = `${name}: ${value}`.replaceAll("\n", `\n${indent}  `);
  const [first] = properties;
  const start = object.offset + 1;
  if (first === undefined) {
    const isClosed = text[object.offset + object.length - 1] === "}";
    const within = isClosed ? text.slice(start, object.offset + object.length - 1) : "x";
    const length = within.trim() === "" ? within.length : 0;
    return [{ offset: start, length, text: `\n${indent}  ${member}\n${indent}` }];
  }
  const isOnOwnLine = text.slice(start, first.offset).includes("\n");
  const separator = isOnOwnLine ? `\n${indent}  ` : " ";
  return [{ offset: first.offset, length: 0, text: `${member},${separator}` }];
}

/** Whether a key is a name of its message's that only lowerCamelCase has. */
function isCamelOnly(field: DescField, key: string): boolean {
  return field.parent.fields.some(({ name, jsonName }) => key === jsonName && key !== name);
}

/** The white space that the line of an offset begins with. */
function lineIndent(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? "";
}
