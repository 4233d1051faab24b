import type { DescField, DescMessage, Registry } from "@bufbuild/protobuf";
import { hasCustomJsonRepresentation } from "@bufbuild/protobuf/wkt";
import type { Node } from "jsonc-parser";
import { fieldByKey } from "../schema/field-by-key.ts";
import type { FormPath } from "./form.ts";

type ListField = DescField & { fieldKind: "list" };
type MapField = DescField & { fieldKind: "map" };

/** What the value at a place stands for. Scalars, enums and single messages have `field` too. */
export type Shape =
  | { readonly kind: "message"; readonly desc: DescMessage }
  | { readonly kind: "list"; readonly field: ListField }
  | { readonly kind: "map"; readonly field: MapField }
  | { readonly kind: "value"; readonly field: DescField };

/** A place of a request, whether the text has a value there or not. */
export interface Place {
  readonly shape: Shape;
  /** The field that it is, or is an item of; null for the request itself. */
  readonly field: DescField | null;
  /** The value. */
  readonly node: Node | null;
  /** What is added to or taken from its holder: the property in an object, the value in an array. */
  readonly child: Node | null;
  /** The place that holds it; null for the request itself. */
  readonly holder: Place | null;
}

/** The place at the path; null where the schema or the text has no such place. */
export function placeAt(root: Node, desc: DescMessage, registry: Registry, path: FormPath): Place | null {
  let place: Place = { shape: { kind: "message", desc }, field: null, node: root, child: null, holder: null };
  for (const step of path) {
    const next = typeof step === "number" ? itemPlace(place, step) : fieldPlace(place, step, registry);
    if (next === null) return null;
    place = next;
  }
  return place;
}

/** The place of a field of the message at `holder`. */
export function fieldPlace(holder: Place, name: string, registry: Registry): Place | null {
  const desc = holder.shape.kind === "message" ? membersOf(holder.shape.desc, holder.node, registry) : null;
  const field = desc?.fields.find((each) => each.name === name);
  if (desc == null || field === undefined) return null;
  const child =
    propertiesOf(holder.node).find((property) => fieldByKey(desc, keyOf(property)) === field) ?? null;
  const node = child?.children?.[1] ?? null;
  return { shape: shapeOf(field, false), field, node, child, holder };
}

function itemPlace(holder: Place, index: number): Place | null {
  const { shape, node } = holder;
  if (shape.kind !== "list" && shape.kind !== "map") return null;
  if (node !== null && node.type !== (shape.kind === "list" ? "array" : "object")) return null;
  const child = node?.children?.[index];
  if (child === undefined) return null;
  const value = shape.kind === "list" ? child : (child.children?.[1] ?? null);
  return { shape: shapeOf(shape.field, true), field: shape.field, node: value, child, holder };
}

/** The shape of a field's value, or of one item of it. */
export function shapeOf(field: DescField, item: boolean): Shape {
  if (!item && field.fieldKind === "list") return { kind: "list", field };
  if (!item && field.fieldKind === "map") return { kind: "map", field };
  return field.message === undefined ? { kind: "value", field } : { kind: "message", desc: field.message };
}

/**
 * The message whose fields are the members of the object that stands for a message: the message itself, or what an
 * `Any` holds; null where the object has no fields.
 */
export function membersOf(desc: DescMessage, node: Node | null, registry: Registry): DescMessage | null {
  if (desc.typeName !== "google.protobuf.Any") return hasCustomJsonRepresentation(desc) ? null : desc;
  const held = registry.getMessage(typeUrlOf(node).replace(/^.*\//, ""));
  return held === undefined || hasCustomJsonRepresentation(held) ? null : held;
}

/** The `@type` of an object; empty where it has none. */
export function typeUrlOf(node: Node | null): string {
  const type = propertiesOf(node).find((property) => keyOf(property) === "@type");
  return String(type?.children?.[1]?.value ?? "");
}

/** The members of an object; none of any other node. */
export function propertiesOf(node: Node | null): readonly Node[] {
  return node?.type === "object" ? (node.children ?? []) : [];
}

/** The name of a member of an object. */
export function keyOf(property: Node): string {
  return String(property.children?.[0]?.value);
}
