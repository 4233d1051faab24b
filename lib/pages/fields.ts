import { assertNever } from "../call/assert-never.ts";
import { namedTypes } from "../reference/method-docs.ts";
import type { Doc, EnumValue, Field, Message } from "../reference/reference.ts";
import { fieldAnchor, linksIn, typeParts, valueAnchor } from "./links.ts";
import { type Element, element } from "./mdx.ts";
import { docElements, lastPart, type PageContext } from "./page-context.ts";

/** Where a list of fields stands: what leads to it on its page, and how much of the types below it is unfolded. */
export interface FieldPlace {
  /** Prefix of anchors: empty, or `bid.details.`; `null` where fields have no anchors. */
  readonly path: string;
  readonly depth: number;
  /** Messages that are being unfolded, against recursion. */
  readonly within: readonly string[];
}

/** A message's fields in order, those of a oneof together under its rule. */
export function fieldElements(message: Message, context: PageContext, place: FieldPlace): Element[] {
  const inner: FieldPlace = { ...place, within: [...place.within, message.name] };
  const elements: Element[] = [];
  let plain: Element[] = [];
  const endPlain = () => {
    if (plain.length > 0) {
      elements.push(element("FieldList", {}, plain));
      plain = [];
    }
  };
  const doneOneofs = new Set<string>();
  for (const field of message.fields) {
    if (field.oneof === null || field.cardinality === "optional") {
      plain.push(fieldElement(field, context, inner));
    } else if (!doneOneofs.has(field.oneof)) {
      doneOneofs.add(field.oneof);
      endPlain();
      elements.push(oneofElement(message, field.oneof, context, inner));
    }
  }
  endPlain();
  return elements;
}

function oneofElement(message: Message, shortName: string, context: PageContext, place: FieldPlace): Element {
  const oneof = message.oneofs.find(({ name }) => lastPart(name) === shortName);
  const fields = message.fields.filter((field) => field.oneof === shortName);
  return element("Oneof", { name: shortName, id: `oneof-${place.path}${shortName}` }, [
    ...(oneof === undefined ? [] : docElements(oneof.doc, context)),
    element(
      "FieldList",
      {},
      fields.map((field) => fieldElement(field, context, place)),
    ),
  ]);
}

function fieldElement(field: Field, context: PageContext, place: FieldPlace): Element {
  const path = `${place.path}${field.shortName}`;
  return element(
    "Field",
    {
      id: fieldAnchor(path),
      name: field.shortName,
      number: field.number,
      type: typeParts(field.type, context.links, context.packages),
      label: field.cardinality === "single" ? undefined : field.cardinality,
      chip: shortUnit(field.doc),
      deprecated: field.deprecated || undefined,
    },
    [
      ...docElements(field.doc, context),
      ...noteElements(field.doc, context),
      ...unfoldElements(field, context, place),
    ],
  );
}

/** The unit without its explanation (`ppb per block`), or the length of the bytes (`33 bytes`). */
function shortUnit({ unit, bytes }: Doc): string | undefined {
  if (unit !== null) {
    return unit.replace(/ \(.*$/, "");
  }
  const length = /^(\d+)-byte\b/.exec(bytes ?? "")?.[1];
  return length === undefined ? undefined : `${length} bytes`;
}

/** The tag lines of a doc; a unit only where it says more than its chip. */
function noteElements(doc: Doc, context: PageContext): Element[] {
  const { limits, default: fallback, bytes } = doc;
  const unit = doc.unit === shortUnit(doc) ? null : doc.unit;
  const present = Object.entries({ unit, limits, default: fallback, bytes }).flatMap(([name, text]) =>
    text === null ? [] : [[name, text] as const],
  );
  if (present.length === 0) {
    return [];
  }
  const links = linksIn(context.links, ...present.map(([, text]) => text));
  return [element("Notes", { ...Object.fromEntries(present), links })];
}

/** The fields of a message type, where the page has depth left for them, or the values of an enum type. */
function unfoldElements(field: Field, context: PageContext, place: FieldPlace): Element[] {
  return namedTypes(field.type).flatMap((name) => {
    const message = context.messages.get(name);
    if (
      place.depth > 0 &&
      message !== undefined &&
      message.fields.length > 0 &&
      !place.within.includes(name)
    ) {
      const inner = { ...place, path: `${place.path}${field.shortName}.`, depth: place.depth - 1 };
      return [
        element("Unfold", { label: `Fields of ${lastPart(name)}` }, fieldElements(message, context, inner)),
      ];
    }
    const enumeration = context.enums.get(name);
    if (enumeration !== undefined) {
      return [
        element("Unfold", { label: `Values of ${lastPart(name)}` }, [
          valueList(enumeration.values, context, `${place.path}${field.shortName}.`),
        ]),
      ];
    }
    return [];
  });
}

/** The values of an enum; `path` leads to it where it is unfolded on another page. */
export function valueList(values: readonly EnumValue[], context: PageContext, path = ""): Element {
  return element(
    "ValueList",
    {},
    values.map((value) =>
      element(
        "Value",
        {
          id: valueAnchor(`${path}${value.shortName}`),
          name: value.shortName,
          number: value.number,
          deprecated: value.deprecated || undefined,
        },
        [...docElements(value.doc, context), ...noteElements(value.doc, context)],
      ),
    ),
  );
}

/** The section "Used by" of a type: methods, then fields of messages. Nothing where it is unused. */
export function usedByElements(name: string, context: PageContext): Element[] {
  const uses = context.uses.get(name) ?? [];
  if (uses.length === 0) {
    return [];
  }
  const items = uses.map((use) => {
    const parts = use.name.split(".");
    const text = parts.slice(-2).join(".");
    const href = context.links.get(use.name) ?? null;
    switch (use.kind) {
      case "request":
        return { text, href, as: "request" };
      case "reply":
        return { text, href, as: "reply" };
      case "field":
        return { text, href, as: "field" };
      default:
        return assertNever(use.kind);
    }
  });
  return [element("Section", { title: "Used by", id: "used-by" }, [element("UseList", { items })])];
}
