import { type DescEnum, type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence, hasCustomJsonRepresentation, isWrapperDesc } from "@bufbuild/protobuf/wkt";
import type { Node } from "jsonc-parser";
import { fieldDocs, typeLabel } from "../editor/describe.ts";
import type { MethodDocs } from "../reference/method-docs.ts";
import { exactInteger } from "../schema/exact-number.ts";
import { integerRange, scalarName } from "../schema/scalar-range.ts";
import type { EnumChoice, FormPath, FormRow, OneofRow, Presence, RowDoc, RowFacts } from "./form.ts";
import { membersOf, type Place, typeUrlOf } from "./place.ts";
import type { ReadableForm } from "./read-form.ts";
import { endOf } from "./text-gap.ts";

type FieldRow = Exclude<FormRow, OneofRow>;

/** The row of a field or item that is no oneof. */
export function rowOf(form: ReadableForm, place: Place, path: FormPath, needed: boolean): FieldRow {
  const field = place.field as DescField;
  const { docs } = form.options;
  const item = typeof path.at(-1) === "number";
  const node = place.node?.type === "null" && !holdsNull(place) ? null : place.node;
  const problems = problemsOf(form, place);
  const facts: RowFacts = {
    path,
    label: item ? String(Number(path.at(-1)) + 1) : field.name,
    type: item ? typeLabel(field).replace(/^repeated |^map<\w+, (.*)>$/, "$1") : typeLabel(field),
    doc: item ? null : rowDoc(docs, field),
    deprecated: !item && (field.proto.options?.deprecated ?? false),
    needed,
    tracksPresence:
      !item && field.oneof === undefined && field.presence === FeatureSet_FieldPresence.EXPLICIT,
    presence: presenceOf(place, field, item),
    problems: problems.own,
    inside: problems.inside,
    source: place.node === null ? null : form.text.slice(place.node.offset, endOf(place.node)),
  };
  const row = valueRow(form, place, node, facts);
  const fits = node === null || accepts(row.kind, node);
  return fits ? row : { ...facts, kind: "unfit", value: facts.source ?? "" };
}

/** What the reference says about a oneof. */
export function oneofDoc(docs: MethodDocs, desc: DescMessage, name: string): RowDoc | null {
  const doc = docs.messages[desc.typeName]?.oneofs[name]?.doc;
  return doc === undefined ? null : { ...doc, fieldType: null };
}

function rowDoc(docs: MethodDocs, field: DescField): RowDoc | null {
  const doc = fieldDocs(docs, field);
  if (doc === undefined) return null;
  const { summary, text, unit, limits, bytes, type } = doc;
  return { summary, text, unit, limits, default: doc.default, bytes, fieldType: type };
}

function valueRow(form: ReadableForm, { shape }: Place, node: Node | null, facts: RowFacts): FieldRow {
  switch (shape.kind) {
    case "list":
      return { ...facts, kind: "list", count: node?.children?.length ?? 0 };
    case "map":
      return {
        ...facts,
        kind: "map",
        count: node?.children?.length ?? 0,
        keyType: scalarName(shape.field.mapKey),
      };
    case "message":
      return messageRow(form, shape.desc, node, facts);
    case "value":
      return shape.field.enum === undefined
        ? scalarRow(shape.field.scalar ?? ScalarType.STRING, node, facts)
        : enumRow(form.options.docs, shape.field.enum, node, facts);
  }
}

function messageRow(form: ReadableForm, desc: DescMessage, node: Node | null, facts: RowFacts): FieldRow {
  const wrapped = isWrapperDesc(desc) ? desc.fields[0]?.scalar : undefined;
  if (wrapped !== undefined) return scalarRow(wrapped, node, facts);
  switch (desc.typeName) {
    case "google.protobuf.Timestamp":
      return { ...facts, kind: "timestamp", value: textOf(node, facts) };
    case "google.protobuf.Duration":
      return { ...facts, kind: "duration", value: textOf(node, facts) };
    case "google.protobuf.FieldMask":
      return { ...facts, kind: "field-mask", value: textOf(node, facts) };
    case "google.protobuf.Any": {
      const held = membersOf(desc, node, form.options.registry);
      return { ...facts, kind: "any", typeUrl: typeUrlOf(node), known: held?.typeName ?? null };
    }
    default:
      return hasCustomJsonRepresentation(desc)
        ? { ...facts, kind: "json", value: facts.source ?? "" }
        : { ...facts, kind: "message" };
  }
}

function scalarRow(type: ScalarType, node: Node | null, facts: RowFacts): FieldRow {
  switch (type) {
    case ScalarType.BOOL:
      return { ...facts, kind: "bool", value: node?.value === true };
    case ScalarType.STRING:
      return { ...facts, kind: "string", value: textOf(node, facts) };
    case ScalarType.BYTES:
      return { ...facts, kind: "bytes", value: textOf(node, facts) };
    default: {
      const input = integerRange(type) === null ? "decimal" : "integer";
      return { ...facts, kind: "number", input, value: textOf(node, facts) };
    }
  }
}

function enumRow(docs: MethodDocs, desc: DescEnum, node: Node | null, facts: RowFacts): FieldRow {
  const written = textOf(node, facts);
  const value = desc.values.find(
    ({ name, number, jsonName }) =>
      name === written || jsonName === written || (node?.type === "number" && sameInteger(written, number)),
  );
  const valueDocs = docs.enums[desc.typeName]?.values;
  const values: EnumChoice[] = desc.values.map(({ name, number, deprecated }) => ({
    name,
    number,
    summary: valueDocs?.[name]?.summary ?? "",
    deprecated,
  }));
  return { ...facts, kind: "enum", value: value?.name ?? written, values };
}

function sameInteger(written: string, number: number): boolean {
  const read = exactInteger(written);
  return read.kind === "integer" && read.value === BigInt(number);
}

/** A string's content, and the characters of anything else: numbers stay as they were written. */
function textOf(node: Node | null, { source }: RowFacts): string {
  if (node === null) return "";
  return node.type === "string" ? String(node.value) : (source ?? "");
}

/** Which JSON a row can edit. What else stands there is shown as it is. */
function accepts(kind: FieldRow["kind"], node: Node): boolean {
  switch (kind) {
    case "list":
      return node.type === "array";
    case "map":
    case "message":
    case "any":
      return node.type === "object";
    case "bool":
      return node.type === "boolean";
    case "json":
    case "unfit":
      return true;
    default:
      return node.type === "string" || node.type === "number";
  }
}

/** Whether null is a value there, and not the absence of one. */
function holdsNull({ field }: Place): boolean {
  return (
    field?.message?.typeName === "google.protobuf.Value" ||
    field?.enum?.typeName === "google.protobuf.NullValue"
  );
}

function presenceOf(place: Place, field: DescField, item: boolean): Presence {
  const { node } = place;
  if (place.child === null) return "unset";
  if (node?.type === "null" && !holdsNull(place)) return "null";
  const tracked =
    !item && field.presence === FeatureSet_FieldPresence.EXPLICIT && field.message === undefined;
  return tracked && node !== null && isDefault(field, node) ? "default" : "set";
}

function isDefault(field: DescField, node: Node): boolean {
  if (field.enum !== undefined) {
    const first = field.enum.values[0];
    return node.value === first?.name || node.value === first?.number;
  }
  if (node.type === "string") {
    return (
      node.value === "" ||
      (field.scalar !== undefined && integerRange(field.scalar) !== null && node.value === "0")
    );
  }
  return node.value === false || node.value === 0;
}

/** The problems at a value and those further inside it. */
function problemsOf(
  form: ReadableForm,
  { child, node, shape }: Place,
): { own: RowFacts["problems"]; inside: number } {
  if (child === null) return { own: [], inside: 0 };
  const here = form.problems.filter(({ offset }) => offset >= child.offset && offset < endOf(child));
  const holds = shape.kind !== "value" && (node?.type === "object" || node?.type === "array");
  if (!holds || node === null) return { own: here, inside: 0 };
  // At the key or at the opening bracket it is the holder's own.
  const own = here.filter(({ offset }) => offset <= node.offset);
  return { own, inside: here.length - own.length };
}
