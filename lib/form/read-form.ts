import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { getNodeValue, type Node } from "jsonc-parser";
import { typeLabel } from "../editor/describe.ts";
import type { Language } from "../editor/language.ts";
import { describeProblem, type Problem } from "../schema/problem.ts";
import { parseRequest } from "../schema/request-syntax.ts";
import type { FormOptions, FormPath, FormRow, MapEntry, OneofRow } from "./form.ts";
import { fieldPlace, membersOf, type Place, placeAt } from "./place.ts";
import { oneofDoc, rowOf } from "./row.ts";
import { neededFields } from "./start-value.ts";
import { endOf } from "./text-gap.ts";

/** A request's text as a form. Its rows are made as they are asked for: messages may hold themselves. */
export type Form =
  /** The text has to be mended first: until then there is nothing to edit, and nothing is lost. */
  | { readonly kind: "unreadable"; readonly problems: readonly Problem[] }
  | {
      readonly kind: "ok";
      readonly text: string;
      readonly root: Node;
      readonly options: FormOptions;
      /** Of the whole text, in its order. */
      readonly problems: readonly Problem[];
    };

export type ReadableForm = Extract<Form, { kind: "ok" }>;

/** Reads a request's text. Never throws for a text. `language`: what tells the problems of this method's requests. */
export function readForm(text: string, options: FormOptions, language: Pick<Language, "diagnose">): Form {
  const { root, problems } = parseRequest(text);
  if (root === null || problems.length > 0) return { kind: "unreadable", problems };
  const found = language.diagnose(text);
  return root.type === "object"
    ? { kind: "ok", text, root, options, problems: found }
    : { kind: "unreadable", problems: found };
}

/**
 * The rows of the message at the path: one for each field in the order of the proto file, with a oneof as one row where
 * its first field is. Empty where the path leads to no message, or to one without fields.
 */
export function rowsOf(form: ReadableForm, path: FormPath): readonly FormRow[] {
  const place = placeOf(form, path);
  const desc = place === null ? null : fieldsOf(form, place);
  if (place === null || desc === null) return [];
  const needed = neededFields(desc, form.options.docs);
  const rows: FormRow[] = [];
  for (const field of desc.fields) {
    if (field.oneof === undefined) {
      const at = fieldPlace(place, field.name, form.options.registry);
      if (at !== null) rows.push(rowOf(form, at, [...path, field.name], needed.includes(field.name)));
    } else if (field.oneof.fields[0] === field) {
      rows.push(oneofRow(form, place, path, field.oneof.name, desc));
    }
  }
  return rows;
}

/** The rows of a list's items from position `from` up to `to`. */
export function itemsOf(form: ReadableForm, path: FormPath, from: number, to: number): readonly FormRow[] {
  const count = placeOf(form, path)?.node?.children?.length ?? 0;
  const rows: FormRow[] = [];
  for (let index = from; index < Math.min(to, count); index++) {
    const at = placeOf(form, [...path, index]);
    if (at !== null) rows.push(rowOf(form, at, [...path, index], false));
  }
  return rows;
}

/** The entries of a map from position `from` up to `to`. */
export function entriesOf(form: ReadableForm, path: FormPath, from: number, to: number): readonly MapEntry[] {
  const count = placeOf(form, path)?.node?.children?.length ?? 0;
  const entries: MapEntry[] = [];
  for (let index = from; index < Math.min(to, count); index++) {
    const at = placeOf(form, [...path, index]);
    const key = at?.child?.children?.[0];
    if (at == null || key === undefined) continue;
    const row = rowOf(form, at, [...path, index], false);
    const keyProblems = form.problems.filter(({ offset }) => offset >= key.offset && offset < endOf(key));
    entries.push({ key: String(getNodeValue(key)), keyProblems, row });
  }
  return entries;
}

/** The field that the value at the path is of, or is an item of; null where there is none. */
export function fieldAt(form: ReadableForm, path: FormPath): DescField | null {
  return placeOf(form, path)?.field ?? null;
}

/** Where the value at the path is in the text, with its key; null where the text does not have it. */
function rangeAt(form: ReadableForm, path: FormPath): { offset: number; length: number } | null {
  const child = placeOf(form, path)?.child;
  return child == null ? null : { offset: child.offset, length: child.length };
}

/** The innermost field or item that an offset of the text is in: its path. */
export function pathAt(form: ReadableForm, offset: number): FormPath {
  let path: FormPath = [];
  for (;;) {
    const inner = childPaths(form, path).find((each) => {
      const range = rangeAt(form, each);
      return range !== null && offset >= range.offset && offset < range.offset + range.length;
    });
    if (inner === undefined) return path;
    path = inner;
  }
}

/** Problems that belong to no field: those of the request as a whole, and of members that the schema does not know. */
export function ownProblems(form: ReadableForm, path: FormPath): readonly Problem[] {
  const node = placeOf(form, path)?.node;
  if (node == null) return [];
  const ranges = childPaths(form, path).map((each) => rangeAt(form, each));
  return form.problems.filter(
    ({ offset }) =>
      offset >= node.offset &&
      offset < endOf(node) &&
      !ranges.some(
        (range) => range !== null && offset >= range.offset && offset < range.offset + range.length,
      ),
  );
}

/** What keeps the text from being read, as one sentence with its place. */
export function describeUnreadable(text: string, problems: readonly Problem[]): string {
  const [first] = problems;
  return first === undefined ? "The text cannot be read." : describeProblem(text, first);
}

function childPaths(form: ReadableForm, path: FormPath): readonly FormPath[] {
  const place = placeOf(form, path);
  if (place === null) return [];
  if (place.shape.kind === "message") {
    return (fieldsOf(form, place)?.fields ?? []).map(({ name }) => [...path, name]);
  }
  return place.shape.kind === "value" ? [] : (place.node?.children ?? []).map((_, index) => [...path, index]);
}

function placeOf({ root, options }: ReadableForm, path: FormPath): Place | null {
  return placeAt(root, options.desc, options.registry, path);
}

function fieldsOf({ options }: ReadableForm, { shape, node }: Place): DescMessage | null {
  if (shape.kind !== "message" || (node !== null && node.type !== "object" && node.type !== "null"))
    return null;
  return membersOf(shape.desc, node, options.registry);
}

function oneofRow(
  form: ReadableForm,
  holder: Place,
  path: FormPath,
  name: string,
  desc: DescMessage,
): OneofRow {
  const { docs, registry } = form.options;
  const fields = desc.oneofs.find((each) => each.name === name)?.fields ?? [];
  const places = fields.map((field) => fieldPlace(holder, field.name, registry));
  const at = places.findIndex((place) => place?.child != null);
  const [place, field] = [places[at], fields[at]];
  const row = place == null || field === undefined ? null : rowOf(form, place, [...path, field.name], false);
  const memberDocs = docs.messages[desc.typeName]?.fields;
  // A second field that is set is refused by the reader: told here, where the choice is made.
  const others = places.filter((each, index) => index > at && each?.child != null);
  const problems = form.problems.filter(
    ({ code, offset }) =>
      code === "oneof" &&
      others.some((each) => each?.child != null && offset >= each.child.offset && offset < endOf(each.child)),
  );
  return {
    kind: "oneof",
    holder: path,
    path: [...path, name],
    label: name,
    type: "oneof",
    doc: oneofDoc(docs, desc, name),
    deprecated: false,
    needed: false,
    tracksPresence: true,
    presence: row?.presence ?? "unset",
    problems,
    inside: row === null ? 0 : row.problems.length + row.inside,
    source: row?.source ?? null,
    members: fields.map((each) => ({
      name: each.name,
      type: typeLabel(each),
      summary: memberDocs?.[each.name]?.summary ?? "",
      deprecated: each.proto.options?.deprecated ?? false,
    })),
    chosen: field?.name ?? null,
    row,
  };
}
