import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import type { Node } from "jsonc-parser";
import { fieldByKey } from "../schema/field-by-key.ts";
import type { TextEdit } from "../schema/problem.ts";
import { parseRequest } from "../schema/request-syntax.ts";
import type { FormOptions, FormPath } from "./form.ts";
import { insertChild } from "./insert-child.ts";
import { type Layout, layoutOf, type NewValue, writeValue } from "./layout.ts";
import { fieldPlace, keyOf, membersOf, type Place, placeAt, propertiesOf, shapeOf } from "./place.ts";
import { removeChild } from "./remove-child.ts";
import {
  type KeyStyle,
  keyName,
  neededFields,
  startOfField,
  startOfItem,
  startOfMessage,
} from "./start-value.ts";
import { swapItems } from "./swap-items.ts";
import { indentAt } from "./text-gap.ts";

/*
 * The edits of a form. Each gives the edits of the text that make the change and keep everything else: comments, blanks,
 * the spelling of names. There are none where the text cannot be read or has no such place.
 */

/** Writes a value, as JSON; `start` writes what a field begins with. The messages that hold it are made where they lack. */
export function setValue(
  text: string,
  options: FormOptions,
  path: FormPath,
  source: string | "start",
): readonly TextEdit[] {
  const edit = openText(text, options);
  const place = edit?.at(path);
  if (edit == null || place == null) return [];
  const value = source === "start" ? edit.start(place) : source;
  return edit.write(place, value);
}

/** Takes a field, an item or an entry out, with its comma and the comment at the end of its line. */
export function unset(text: string, options: FormOptions, path: FormPath): readonly TextEdit[] {
  const place = openText(text, options)?.at(path);
  const holder = place?.holder?.node;
  if (place?.child == null || holder == null) return [];
  return removeChild(text, holder, place.child);
}

/** Adds an item at the end of a list, or an entry at the end of a map, under a key that it does not have. */
export function addItem(text: string, options: FormOptions, path: FormPath): readonly TextEdit[] {
  const edit = openText(text, options);
  const place = edit?.at(path);
  if (edit == null || place == null) return [];
  const { shape, node } = place;
  if (shape.kind !== "list" && shape.kind !== "map") return [];
  const value = startOfItem(shape.field, options.docs, edit.style);
  const key = shape.kind === "map" ? freeKey(shape.field, propertiesOf(node).map(keyOf)) : null;
  if (node === null || node.type === "null") {
    return edit.write(place, key === null ? { array: [value] } : { object: [[key, value]] });
  }
  if (node.type !== (key === null ? "array" : "object")) return [];
  return insertChild(text, node, node.children?.length ?? 0, { key, value }, edit.layout);
}

/** Has an item of a list change places with the one before (`-1`) or after it (`1`). */
export function moveItem(
  text: string,
  options: FormOptions,
  path: FormPath,
  by: -1 | 1,
): readonly TextEdit[] {
  const place = openText(text, options)?.at(path);
  const index = path.at(-1);
  const array = place?.holder?.node;
  if (place?.node == null || typeof index !== "number" || array?.type !== "array") return [];
  const other = array.children?.[index + by];
  return other === undefined ? [] : swapItems(text, ...inOrder(place.node, other));
}

/** Gives an entry of a map another key. */
export function setMapKey(
  text: string,
  options: FormOptions,
  path: FormPath,
  key: string,
): readonly TextEdit[] {
  const place = openText(text, options)?.at(path);
  if (place?.holder?.shape.kind !== "map" || place.child === null) return [];
  return replaceKey(place.child, key);
}

/**
 * Chooses a field of a oneof of the message at the path; null unsets it. What was set is replaced in place. `source`: the
 * value's JSON, instead of what the field begins with.
 */
export function setOneof(
  text: string,
  options: FormOptions,
  path: FormPath,
  oneof: string,
  { choose, source }: { readonly choose: string | null; readonly source?: string },
): readonly TextEdit[] {
  const edit = openText(text, options);
  const holder = edit?.at(path);
  if (edit == null || holder?.shape.kind !== "message") return [];
  const desc = membersOf(holder.shape.desc, holder.node, options.registry);
  const fields = desc?.oneofs.find(({ name }) => name === oneof)?.fields ?? [];
  const present = propertiesOf(holder.node).find(
    (property) => desc != null && fields.some((field) => fieldByKey(desc, keyOf(property)) === field),
  );
  const field = fields.find(({ name }) => name === choose);
  if (field === undefined) {
    return present === undefined || holder.node === null ? [] : removeChild(text, holder.node, present);
  }
  const value = source ?? startOfField(field, options.docs, edit.style);
  const place = fieldPlace(holder, field.name, options.registry);
  if (place === null) return [];
  if (present === undefined || place.node !== null) return edit.write(place, value);
  const [, node] = present.children ?? [];
  return [
    ...replaceKey(present, keyName(field, edit.style)),
    ...(node === undefined ? [] : edit.replace(node, value)),
  ];
}

/** Chooses the message that a `google.protobuf.Any` holds, by its type URL. Its other members stay. */
export function setTypeUrl(
  text: string,
  options: FormOptions,
  path: FormPath,
  url: string,
): readonly TextEdit[] {
  const edit = openText(text, options);
  const place = edit?.at(path);
  if (edit == null || place == null) return [];
  const source = JSON.stringify(url);
  if (place.node?.type !== "object") return edit.write(place, { object: [["@type", source]] });
  const type = propertiesOf(place.node).find((property) => keyOf(property) === "@type")?.children?.[1];
  if (type !== undefined) return edit.replace(type, source);
  return insertChild(text, place.node, 0, { key: "@type", value: source }, edit.layout);
}

interface Editing {
  readonly layout: Layout;
  readonly style: KeyStyle;
  at(path: FormPath): Place | null;
  start(place: Place): NewValue;
  write(place: Place, value: NewValue): readonly TextEdit[];
  replace(node: Node, value: NewValue): readonly TextEdit[];
}

function openText(text: string, options: FormOptions): Editing | null {
  const { root, problems } = parseRequest(text);
  if (root === null || problems.length > 0) return null;
  const { desc, docs, registry } = options;
  const layout = layoutOf(text, root);
  const style = keyStyleOf(root, desc, options);
  const replace = (node: Node, value: NewValue) => [
    {
      offset: node.offset,
      length: node.length,
      text: writeValue(value, layout, indentAt(text, node.offset)),
    },
  ];

  function write(place: Place, value: NewValue): readonly TextEdit[] {
    if (place.node !== null) return replace(place.node, value);
    const { holder, field } = place;
    if (holder === null || field === null || holder.shape.kind !== "message") return [];
    const key = keyName(field, style);
    if (holder.node === null || holder.node.type === "null")
      return write(holder, withMember(holder, field, value));
    if (holder.node.type !== "object") return [];
    const fields = membersOf(holder.shape.desc, holder.node, registry);
    const index = fields === null ? 0 : placeInOrder(holder.node, fields, field);
    return insertChild(text, holder.node, index, { key, value }, layout);
  }

  /** A message that is not there yet, with the fields that it needs and this one. */
  function withMember({ shape }: Place, field: DescField, value: NewValue): NewValue {
    if (shape.kind !== "message") return "{}";
    const needed = neededFields(shape.desc, docs);
    const members = shape.desc.fields
      .filter((each) => each === field || needed.includes(each.name))
      .map(
        (each) => [keyName(each, style), each === field ? value : startOfField(each, docs, style)] as const,
      );
    return { object: members };
  }

  return {
    layout,
    style,
    at: (path) => placeAt(root, desc, registry, path),
    start: ({ shape, field }) =>
      field === null || shape.kind === "message"
        ? startOfMessage(shape.kind === "message" ? shape.desc : desc, docs, style)
        : shape.kind === "value"
          ? startOfItem(field, docs, style)
          : startOfField(field, docs, style),
    write,
    replace,
  };
}

/** Where a field goes among the members of an object: after those that come before it in the proto file. */
function placeInOrder(object: Node, desc: DescMessage, field: DescField): number {
  const order = desc.fields.indexOf(field);
  const ranks = propertiesOf(object).map((property) => {
    const each = fieldByKey(desc, keyOf(property));
    return each === undefined ? (keyOf(property) === "@type" ? 0 : -1) : 1 + desc.fields.indexOf(each);
  });
  const before = Math.max(-1, ...ranks.filter((rank) => rank <= order));
  return before === -1 ? 0 : ranks.lastIndexOf(before) + 1;
}

/** The style of the first name in the text that differs between the two. */
function keyStyleOf(root: Node, desc: DescMessage, { registry }: FormOptions): KeyStyle {
  const queue: Place[] = [
    { shape: { kind: "message", desc }, field: null, node: root, child: null, holder: null },
  ];
  for (let place = queue.shift(); place !== undefined; place = queue.shift()) {
    const { shape, node } = place;
    if (shape.kind === "message") {
      const fields = membersOf(shape.desc, node, registry);
      for (const property of fields === null ? [] : propertiesOf(node)) {
        const field = fields === null ? undefined : fieldByKey(fields, keyOf(property));
        if (field === undefined) continue;
        if (field.name !== field.jsonName) return keyOf(property) === field.name ? "proto" : "camel";
        queue.push(childPlace(place, field, property, property.children?.[1] ?? null, false));
      }
    } else if (shape.kind !== "value") {
      for (const child of node?.children ?? []) {
        const value = shape.kind === "list" ? child : (child.children?.[1] ?? null);
        queue.push(childPlace(place, shape.field, child, value, true));
      }
    }
  }
  return "proto";
}

function childPlace(holder: Place, field: DescField, child: Node, node: Node | null, item: boolean): Place {
  return { shape: shapeOf(field, item), field, node, child, holder };
}

function replaceKey(property: Node, key: string): readonly TextEdit[] {
  const [node] = property.children ?? [];
  return node === undefined ? [] : [{ offset: node.offset, length: node.length, text: JSON.stringify(key) }];
}

/** A key of a map's type that is not taken: the first one, or the next number. */
function freeKey({ mapKey }: DescField & { fieldKind: "map" }, taken: readonly string[]): string {
  if (mapKey === ScalarType.BOOL) return taken.includes("false") ? "true" : "false";
  const name = mapKey === ScalarType.STRING ? (n: number) => (n === 0 ? "" : `key${n}`) : String;
  let n = 0;
  while (taken.includes(name(n))) n++;
  return name(n);
}

function inOrder(a: Node, b: Node): [Node, Node] {
  return a.offset < b.offset ? [a, b] : [b, a];
}
