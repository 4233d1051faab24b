import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { findNodeAtOffset, type Node } from "jsonc-parser";
import type { MethodDocs } from "../reference/method-docs.ts";
import { exactInteger } from "../schema/exact-number.ts";
import { integerRange } from "../schema/scalar-range.ts";
import { fieldOf, itemMeaning, type Meaning, memberMeaning, nodeMeaning } from "./cursor.ts";
import { fieldDocs } from "./describe.ts";
import { innerContext, type LensContext, type UnitValue } from "./lenses/context.ts";

/** A scalar or enum that is written in a request. */
export interface WrittenValue {
  readonly node: Node;
  readonly field: DescField;
  /** What the messages around it say about its unit. */
  readonly context: LensContext;
}

export interface ValuesOptions {
  readonly text: string;
  readonly desc: DescMessage;
  readonly docs: MethodDocs;
  readonly context: LensContext;
}

/** Every scalar and enum of the request that the schema knows, in the text's order. */
export function writtenValues(root: Node, options: ValuesOptions): WrittenValue[] {
  const found: WrittenValue[] = [];
  visit(root, { kind: "message", desc: options.desc }, options.context);
  return found;

  function visit(node: Node, meaning: Meaning, context: LensContext): void {
    if (meaning.kind === "value") {
      if (node.type !== "object" && node.type !== "array")
        found.push({ node, field: meaning.field, context });
    } else if (node.type === "array") {
      const item = itemMeaning(meaning);
      if (item !== null) for (const child of node.children ?? []) visit(child, item, context);
    } else if (node.type === "object") {
      const inner = contextIn(node, meaning, context, options);
      for (const property of node.children ?? []) {
        const [key, value] = property.children ?? [];
        const member = key === undefined ? null : memberMeaning(meaning, String(key.value));
        if (value !== undefined && member !== null) visit(value, member, inner);
      }
    }
  }
}

/** The scalar or enum at the offset: of the value itself, of its key, or at its end. Null where there is none. */
export function writtenValueAt(
  root: Node | null,
  offset: number,
  options: ValuesOptions,
): WrittenValue | null {
  const found = root === null ? undefined : findNodeAtOffset(root, offset, true);
  const node = found?.type === "property" ? found.children?.[1] : valueOfKey(found);
  if (node === undefined || node.type === "object" || node.type === "array") return null;
  const meaning = nodeMeaning(node, options.desc);
  if (meaning?.kind !== "value") return null;
  const chain: Node[] = [];
  for (let at = node.parent; at !== undefined; at = at.parent) if (at.type === "object") chain.unshift(at);
  const context = chain.reduce((outer, object) => {
    const of = nodeMeaning(object, options.desc);
    return of === null ? outer : contextIn(object, of, outer, options);
  }, options.context);
  return { node, field: meaning.field, context };
}

function valueOfKey(node: Node | undefined): Node | undefined {
  const parent = node?.parent;
  return parent?.type === "property" && parent.children?.[0] === node ? parent.children?.[1] : node;
}

/** The integer that a node holds, bare or in quotes, where its field is one. */
export function writtenInteger(text: string, node: Node, field: DescField): bigint | null {
  if (field.scalar === undefined || integerRange(field.scalar) === null) return null;
  if (node.type !== "number" && node.type !== "string") return null;
  const source =
    node.type === "string" ? String(node.value) : text.slice(node.offset, node.offset + node.length);
  const read = exactInteger(source);
  return read.kind === "integer" ? read.value : null;
}

function contextIn(
  object: Node,
  meaning: Meaning,
  outer: LensContext,
  { text, docs }: ValuesOptions,
): LensContext {
  if (meaning.kind !== "message") return outer;
  const numbers: UnitValue[] = [];
  for (const property of object.children ?? []) {
    const [key, node] = property.children ?? [];
    const field = key === undefined ? null : fieldOf(meaning, String(key.value));
    if (field === null || node === undefined || field.fieldKind !== "scalar") continue;
    const unit = fieldDocs(docs, field)?.unit ?? null;
    const value = unit === null ? null : writtenInteger(text, node, field);
    if (value !== null) numbers.push({ name: field.name, unit, value });
  }
  return innerContext(outer, numbers);
}
