import type { DescEnum, DescField, DescMessage } from "@bufbuild/protobuf";
import { findNodeAtOffset, type Node } from "jsonc-parser";
import { fieldOf, nodeMeaning } from "./cursor.ts";

/** The definition that a place of a request is about. */
export interface TypeAt {
  readonly offset: number;
  readonly length: number;
  readonly kind: "message" | "enum";
  /** Full name of the type, whose page says more: `poolrpc.Order`. */
  readonly type: string;
  /** Short name of a field or enum value of it, or null for the whole. */
  readonly member: string | null;
}

/**
 * The type behind the key or value at the offset: of a field its own message or enum, or else the message that has the
 * field. Null outside of them.
 */
export function typeAt(root: Node | null, offset: number, desc: DescMessage): TypeAt | null {
  const node = root === null ? undefined : findNodeAtOffset(root, offset, true);
  if (node === undefined) return null;
  const place = { offset: node.offset, length: node.length };
  const parent = node.parent;
  if (parent?.type === "property" && parent.children?.[0] === node) {
    const holder = parent.parent === undefined ? null : nodeMeaning(parent.parent, desc);
    const field = holder === null ? null : fieldOf(holder, String(node.value));
    return field === null ? null : { ...place, ...typeOf(field) };
  }
  const meaning = nodeMeaning(node, desc);
  if (meaning === null) return null;
  if (meaning.kind === "message")
    return { ...place, kind: "message", type: meaning.desc.typeName, member: null };
  if (meaning.kind === "value" && meaning.field.enum !== undefined) {
    return { ...place, ...enumValueOf(meaning.field.enum, node.value) };
  }
  return { ...place, ...typeOf(meaning.field) };
}

function typeOf(field: DescField): Pick<TypeAt, "kind" | "type" | "member"> {
  if (field.message !== undefined) return { kind: "message", type: field.message.typeName, member: null };
  if (field.enum !== undefined) return { kind: "enum", type: field.enum.typeName, member: null };
  return { kind: "message", type: field.parent.typeName, member: field.name };
}

function enumValueOf(desc: DescEnum, written: unknown): Pick<TypeAt, "kind" | "type" | "member"> {
  const value = desc.values.find(({ name, number }) => name === written || number === written);
  return { kind: "enum", type: desc.typeName, member: value?.name ?? null };
}
