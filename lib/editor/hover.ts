import type { DescMessage } from "@bufbuild/protobuf";
import { findNodeAtOffset } from "jsonc-parser";
import type { BytesForm } from "../call/call.ts";
import type { MethodDocs } from "../reference/method-docs.ts";
import { parseRequest } from "../schema/request-syntax.ts";
import { fieldOf, nodeMeaning } from "./cursor.ts";
import { describeField, describeValue } from "./describe.ts";

export interface HoverOptions {
  readonly desc: DescMessage;
  readonly docs: MethodDocs;
  readonly bytes: BytesForm;
}

export interface Hover {
  readonly offset: number;
  readonly length: number;
  /** From the proto files' comments: not to be trusted with commands or HTML. */
  readonly markdown: string;
}

/** What the name or enum value at the offset means; null where there is nothing to say. */
export function hover(text: string, offset: number, { desc, docs, bytes }: HoverOptions): Hover | null {
  const { root } = parseRequest(text);
  const node = root === null ? undefined : findNodeAtOffset(root, offset, true);
  if (node === undefined || node.type === "object" || node.type === "array") return null;
  const { offset: start, length, parent } = node;
  if (parent?.type === "property" && parent.children?.[0] === node) {
    const holder = parent.parent === undefined ? null : nodeMeaning(parent.parent, desc);
    const field = holder === null ? null : fieldOf(holder, String(node.value));
    return field === null ? null : { offset: start, length, markdown: describeField(docs, field, bytes) };
  }
  const meaning = nodeMeaning(node, desc);
  if (meaning?.kind !== "value" || meaning.field.enum === undefined) return null;
  const { enum: type } = meaning.field;
  const value = type.values.find((each) => each.name === node.value || each.number === node.value);
  return value === undefined
    ? null
    : { offset: start, length, markdown: describeValue(docs, type, value.name) };
}
