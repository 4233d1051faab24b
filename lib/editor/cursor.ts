import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { hasCustomJsonRepresentation } from "@bufbuild/protobuf/wkt";
import type { Node } from "jsonc-parser";
import { fieldByKey } from "../schema/field-by-key.ts";

/** What the value at a place of the request stands for. */
export type Meaning =
  | { readonly kind: "message"; readonly desc: DescMessage }
  /** The whole of a repeated field or a map. */
  | { readonly kind: "list" | "map"; readonly field: DescField & { fieldKind: "list" | "map" } }
  /** A scalar or enum, of a field itself or of an item of it. */
  | { readonly kind: "value"; readonly field: DescField };

/** The meaning of a field's value, or of one item of it. */
function meaningOf(field: DescField, item: boolean): Meaning {
  if (!item && (field.fieldKind === "list" || field.fieldKind === "map")) {
    return { kind: field.fieldKind, field };
  }
  return field.message === undefined ? { kind: "value", field } : { kind: "message", desc: field.message };
}

/** The meaning of a member of an object: a field's value, or a map's entry. Null for an unknown field. */
export function memberMeaning(of: Meaning, key: string): Meaning | null {
  if (of.kind === "map") return meaningOf(of.field, true);
  const field = fieldOf(of, key);
  return field === null ? null : meaningOf(field, false);
}

/** The field that a key of an object of this meaning names. */
export function fieldOf(of: Meaning, key: string): DescField | null {
  if (of.kind !== "message" || hasCustomJsonRepresentation(of.desc)) return null;
  return fieldByKey(of.desc, key) ?? null;
}

/** The meaning of an array's items. */
export function itemMeaning(of: Meaning): Meaning | null {
  return of.kind === "list" ? meaningOf(of.field, true) : null;
}

/** The meaning of a node's own value; null where the text has left the schema. */
export function nodeMeaning(node: Node, root: DescMessage): Meaning | null {
  const parent = node.parent;
  if (parent === undefined) return { kind: "message", desc: root };
  if (parent.type === "property") {
    const holder = parent.parent === undefined ? null : nodeMeaning(parent.parent, root);
    return holder === null ? null : memberMeaning(holder, String(parent.children?.[0]?.value));
  }
  const list = nodeMeaning(parent, root);
  return list === null ? null : itemMeaning(list);
}
