import { namedTypes } from "../reference/method-docs.ts";
import type { Definition, Enum, EnumValue, Field, Message, Reference } from "../reference/reference.ts";
import { docElements, noteElements, shortUnit } from "./field-notes.ts";
import { hashTexts } from "./hash-texts.ts";
import { type LinkIndex, lastPart, typeParts } from "./links.ts";
import { attributesText, type Element, element, elementLine, Lines } from "./mdx.ts";

/** A message or enum as every page shows it, written out once. */
export interface ShownType {
  readonly name: string;
  /** Its own text. */
  readonly about: readonly Element[];
  /** Those of a message, in order. */
  readonly fields: readonly ShownField[];
  readonly oneofs: readonly { readonly shortName: string; readonly about: readonly Element[] }[];
  /** Those of an enum. */
  readonly values: readonly ShownValue[];
  /** Another one is another text on pages. */
  readonly fingerprint: string;
}

/** A value of an enum without its anchor, which is the page's. */
export interface ShownValue {
  readonly shortName: string;
  /** The attributes of its element behind the anchor. */
  readonly attributes: string;
  /** Its text and notes. */
  readonly notes: Lines;
}

/** A field without its anchor, and without its way over REST. */
export interface ShownField extends ShownValue, Pick<Field, "type" | "cardinality" | "oneof"> {
  /** The type that unfolds below it, where that has anything to unfold. */
  readonly inner: InnerType | null;
}

interface InnerType {
  readonly name: string;
  readonly label: string;
  /** The notes of the field, and this type as a link. */
  readonly folded: Lines;
}

/** What types are shown with. */
interface Types {
  readonly links: LinkIndex;
  readonly packages: readonly string[];
  readonly messages: ReadonlyMap<string, Message>;
  readonly enums: ReadonlyMap<string, Enum>;
}

/** Every message and enum as it is shown, by full name. */
export function showTypes({ messages, enums }: Reference, types: Types): Map<string, ShownType> {
  const shown = new Map<string, ShownType>();
  for (const message of messages) shown.set(message.name, showMessage(message, types));
  for (const enumeration of enums) shown.set(enumeration.name, showEnum(enumeration, types));
  return shown;
}

function showMessage({ name, doc, fields, oneofs, needed }: Message, types: Types): ShownType {
  const about = docElements(doc, types);
  const shownFields = fields.map((field) => showField(field, needed.includes(field.shortName), types));
  const shownOneofs = oneofs.map((oneof) => ({
    shortName: lastPart(oneof.name),
    about: docElements(oneof.doc, types),
  }));
  const texts = [...about, ...shownOneofs.flatMap((oneof) => oneof.about)].map(elementLine);
  for (const { attributes, notes, inner, oneof, cardinality } of shownFields) {
    texts.push(attributes, oneof ?? "", cardinality, inner?.name ?? "", ...(inner?.folded ?? notes).lines);
  }
  const fingerprint = hashTexts(texts);
  return { name, about, fields: shownFields, oneofs: shownOneofs, values: [], fingerprint };
}

function showField(field: Field, isNeeded: boolean, types: Types): ShownField {
  const { shortName, number, type, cardinality, oneof, doc, deprecated } = field;
  const attributes = attributesText({
    name: shortName,
    number,
    type: typeParts(type, types.links, types.packages),
    label: cardinality === "single" ? undefined : cardinality,
    chip: shortUnit(doc),
    needed: isNeeded || undefined,
    deprecated: deprecated || undefined,
  });
  const lines = [
    ...docElements(doc, types),
    ...noteElements(doc, types, {
      json: jsonNote(field, types),
      wire: field.delimited === true ? "a group: between a start and an end tag" : null,
      options: optionsNote(field),
    }),
  ].map(elementLine);
  const inner = innerType(field, lines, types);
  return { shortName, type, cardinality, oneof, attributes, notes: new Lines(lines), inner };
}

function innerType(
  { type }: Field,
  lines: readonly string[],
  { messages, enums, links }: Types,
): InnerType | null {
  const [name] = namedTypes(type);
  if (name === undefined) return null;
  const message = messages.get(name);
  if ((message?.fields.length ?? enums.get(name)?.values.length ?? 0) === 0) return null;
  const label = `${message === undefined ? "Values" : "Fields"} of ${lastPart(name)}`;
  const link = elementLine(element("Unfold", { label, href: links.get(name) }));
  return { name, label, folded: new Lines([...lines, link]) };
}

function showEnum({ name, doc, values }: Enum, types: Types): ShownType {
  const about = docElements(doc, types);
  const shown = values.map((value) => showValue(value, types));
  const fingerprint = hashTexts([
    ...about.map(elementLine),
    ...shown.flatMap(({ attributes, notes }) => [attributes, ...notes.lines]),
  ]);
  return { name, about, fields: [], oneofs: [], values: shown, fingerprint };
}

function showValue(value: EnumValue, types: Types): ShownValue {
  const { shortName, number, deprecated, doc } = value;
  const attributes = attributesText({ name: shortName, number, deprecated: deprecated || undefined });
  const notes = [...docElements(doc, types), ...noteElements(doc, types, { options: optionsNote(value) })];
  return { shortName, attributes, notes: new Lines(notes.map(elementLine)) };
}

/** The options of a definition that are shown, each as it stands in the proto. */
function optionsNote({ options = [] }: Definition): string | null {
  const texts = options.map(({ name, value }) => `\`${`${name} = ${value}`.replaceAll("`", "'")}\``);
  return texts.length === 0 ? null : texts.join(", ");
}

/** How JSON writes a value of one of protobuf's own types, and the name of a field where one was chosen for it. */
function jsonNote({ shortName, jsonName, type }: Field, { messages }: Types): string | null {
  const usual = shortName.includes("_")
    ? shortName.replace(/_+(.?)/g, (_, letter: string) => letter.toUpperCase())
    : shortName;
  const name = jsonName === usual ? null : `named \`${jsonName.replaceAll("`", "'")}\``;
  const [inner = ""] = namedTypes(type);
  const message = messages.get(inner);
  // The text of a type of protobuf's ends with how JSON writes it.
  const form =
    message?.builtIn === true ? (/\bIn JSON (.*?)\.?$/s.exec(message.doc.text)?.[1] ?? null) : null;
  return name !== null && form !== null ? `${name}; ${form}` : (name ?? form);
}
