import { namedTypes } from "../reference/method-docs.ts";
import type { Definition, Enum, EnumValue, Field, Message, Reference } from "../reference/reference.ts";
import { noteElements, shortUnit } from "./field-notes.ts";
import { type LinkIndex, typeParts } from "./links.ts";
import { attributesText, type Element, element, written } from "./mdx.ts";
import { docElements, lastPart } from "./page-context.ts";

/** A message or enum as every page shows it, written out once. */
export interface ShownType {
  readonly name: string;
  /** Its own text. */
  readonly about: readonly Element[];
  /** Those of a message, in order. */
  readonly fields: readonly ShownField[];
  /** By short name, with their text. */
  readonly oneofs: readonly { readonly shortName: string; readonly about: readonly Element[] }[];
  /** Those of an enum. */
  readonly values: readonly ShownValue[];
}

/** A field without what depends on the page: its anchor, its way over REST, and whether its type is written out below it. */
export interface ShownField extends ShownValue, Pick<Field, "type" | "cardinality" | "oneof"> {
  /** The type that unfolds below it, where that has anything to unfold. */
  readonly inner: { readonly type: string; readonly label: string; readonly folded: Element } | null;
}

/** A value of an enum without its anchor. */
export interface ShownValue {
  readonly shortName: string;
  /** The attributes of its element behind the anchor, as text. */
  readonly attributes: string;
  /** Its text and notes. */
  readonly notes: readonly Element[];
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
  return {
    name,
    about: docElements(doc, types).map(written),
    fields: fields.map((field) => showField(field, needed.includes(field.shortName), types)),
    oneofs: oneofs.map((oneof) => ({
      shortName: lastPart(oneof.name),
      about: docElements(oneof.doc, types).map(written),
    })),
    values: [],
  };
}

function showField(field: Field, isNeeded: boolean, types: Types): ShownField {
  const { shortName, number, type, cardinality, oneof, doc, deprecated } = field;
  return {
    shortName,
    type,
    cardinality,
    oneof,
    attributes: attributesText({
      name: shortName,
      number,
      type: typeParts(type, types.links, types.packages),
      label: cardinality === "single" ? undefined : cardinality,
      chip: shortUnit(doc),
      needed: isNeeded || undefined,
      deprecated: deprecated || undefined,
    }),
    notes: [
      ...docElements(doc, types),
      ...noteElements(doc, types, {
        json: jsonNote(field, types),
        wire: field.delimited === true ? "a group: between a start and an end tag" : null,
        options: optionsNote(field),
      }),
    ].map(written),
    inner: innerType(field, types),
  };
}

function innerType({ type }: Field, { messages, enums, links }: Types): ShownField["inner"] {
  const [name] = namedTypes(type);
  if (name === undefined) return null;
  const message = messages.get(name);
  if ((message?.fields.length ?? enums.get(name)?.values.length ?? 0) === 0) return null;
  const label = `${message === undefined ? "Values" : "Fields"} of ${lastPart(name)}`;
  return { type: name, label, folded: written(element("Unfold", { label, href: links.get(name) })) };
}

function showEnum({ name, doc, values }: Enum, types: Types): ShownType {
  return {
    name,
    about: docElements(doc, types).map(written),
    fields: [],
    oneofs: [],
    values: values.map((value) => showValue(value, types)),
  };
}

function showValue(value: EnumValue, types: Types): ShownValue {
  const { shortName, number, deprecated, doc } = value;
  return {
    shortName,
    attributes: attributesText({ name: shortName, number, deprecated: deprecated || undefined }),
    notes: [...docElements(doc, types), ...noteElements(doc, types, { options: optionsNote(value) })].map(
      written,
    ),
  };
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
  const builtIn = messages.get(inner)?.builtIn === true ? messages.get(inner) : undefined;
  // The text of a type of protobuf's ends with how JSON writes it.
  const form = builtIn === undefined ? null : (/\bIn JSON (.*?)\.?$/s.exec(builtIn.doc.text)?.[1] ?? null);
  return name !== null && form !== null ? `${name}; ${form}` : (name ?? form);
}
