import type { Definition, Enum, Field, Message, Reserved } from "../reference/reference.ts";
import { docElements } from "./field-notes.ts";
import { fieldElements, valueList } from "./fields.ts";
import { enumSlug, linksIn, localName, messageSlug, typeParts } from "./links.ts";
import { type Element, element } from "./mdx.ts";
import type { Page } from "./page.ts";
import { breadcrumbs, optionChips, type PageContext, plainText } from "./page-context.ts";
import { usedByElements } from "./used-by.ts";

/** How many fields and values of nested types a message's page writes out. */
const BUDGET = 40;

/** The page of one message: its fields and where it is used. */
export function messagePage(message: Message, context: PageContext): Page {
  const fields = fieldElements(message.name, context, { budget: BUDGET });
  return {
    slug: messageSlug(message.name),
    source: sourceOf(message, context),
    info: {
      kind: "message",
      title: localName(message.name, context.packages),
      description: plainText(message.doc.summary),
      name: message.name,
    },
    body: [
      ...head(message, "Message", { text: "Messages", href: `${context.basePath}/messages` }, context),
      ...(message.builtIn === true
        ? []
        : [
            element(
              "Section",
              { title: "Fields", id: "fields" },
              fields.length > 0 ? fields : [element("NoFields")],
            ),
          ]),
      ...extensionElements(message, context),
      ...reservedElements(message.reserved),
      ...nestedElements(message, context),
      ...usedByElements(message.name, context),
    ],
  };
}

/** The page of one enum: its values and where it is used. */
export function enumPage(enumeration: Enum, context: PageContext): Page {
  return {
    slug: enumSlug(enumeration.name),
    source: sourceOf(enumeration, context),
    info: {
      kind: "enum",
      title: localName(enumeration.name, context.packages),
      description: plainText(enumeration.doc.summary),
      name: enumeration.name,
    },
    body: [
      ...head(enumeration, "Enum", { text: "Enums", href: `${context.basePath}/enums` }, context),
      ...(enumeration.closed === true
        ? [element("Doc", { text: "A closed enum: a value that is not listed counts as not set." })]
        : []),
      element("Section", { title: "Values", id: "values" }, [
        valueList(context.types.get(enumeration.name)?.values ?? []),
      ]),
      ...reservedElements(enumeration.reserved),
      ...usedByElements(enumeration.name, context),
    ],
  };
}

function sourceOf(
  { file, builtIn }: { readonly file: string; readonly builtIn?: true },
  { protoRoot }: PageContext,
): string {
  return builtIn === true ? file : `${protoRoot}/${file}`;
}

function head(
  definition: Definition,
  kind: string,
  list: { text: string; href: string },
  context: PageContext,
): Element[] {
  const { name, deprecated, doc, upstream } = definition;
  return [
    breadcrumbs(context, list, ...parents(name, context)),
    element("PageTitle", {
      title: localName(name, context.packages),
      name,
      deprecated: deprecated || undefined,
    }),
    element("Chips", {}, [
      element("KindChip", { text: kind }),
      ...optionChips(definition),
      ...(upstream === null ? [] : [element("UpstreamChip", { ...upstream })]),
    ]),
    ...docElements(doc, context),
  ];
}

/** The messages that a type is nested in, outermost first. */
function parents(name: string, context: PageContext): { text: string; href: string }[] {
  const found: { text: string; href: string }[] = [];
  for (let dot = name.lastIndexOf("."); dot > 0; dot = name.lastIndexOf(".", dot - 1)) {
    const parent = name.slice(0, dot);
    const href = context.types.has(parent) ? context.links.get(parent) : undefined;
    if (href !== undefined) found.unshift({ text: localName(parent, context.packages), href });
  }
  return found;
}

/** Fields that extensions add to a message, and the numbers that are left to others. */
function extensionElements(message: Message, context: PageContext): Element[] {
  const own = context.extended.get(message.name) ?? [];
  const ranges = message.extensionRanges ?? [];
  if (own.length === 0 && ranges.length === 0) return [];
  return [
    element("Section", { title: "Extensions", id: "extensions" }, [
      ...(ranges.length === 0
        ? []
        : [element("Doc", { text: `Numbers for extensions: ${ranges.join(", ")}.` })]),
      ...(own.length === 0
        ? []
        : [
            element(
              "FieldList",
              {},
              own.map((field) => extensionField(field, context)),
            ),
          ]),
    ]),
  ];
}

function extensionField(field: Field, context: PageContext): Element {
  return element(
    "Field",
    {
      id: `extension-${field.name}`,
      name: `(${field.name})`,
      number: field.number,
      type: typeParts(field.type, context.links, context.packages),
      label: field.cardinality === "single" ? undefined : field.cardinality,
      deprecated: field.deprecated || undefined,
    },
    docElements(field.doc, context),
  );
}

function reservedElements(reserved: Reserved | undefined): Element[] {
  if (reserved === undefined) return [];
  const lines = [
    ...(reserved.numbers.length === 0 ? [] : [`Numbers: ${reserved.numbers.join(", ")}.`]),
    ...(reserved.names.length === 0
      ? []
      : [`Names: ${reserved.names.map((name) => `\`${name.replaceAll("`", "'")}\``).join(", ")}.`]),
  ];
  return [
    element("Section", { title: "Reserved", id: "reserved" }, [
      element("Doc", {
        text: `Left behind by what is gone, and not to be used again.\n\n${lines.join("\n\n")}`,
      }),
    ]),
  ];
}

/** Types that are declared inside a message. */
function nestedElements(message: Message, context: PageContext): Element[] {
  const nested = context.nested.get(message.name) ?? [];
  if (nested.length === 0) return [];
  return [
    element("Section", { title: "Declared inside", id: "nested" }, [
      element(
        "DefinitionList",
        {},
        nested.map(({ name, doc, deprecated }) =>
          element("DefinitionRow", {
            name: localName(name, context.packages),
            href: context.links.get(name),
            summary: doc.summary,
            links: linksIn(context.links, doc.summary),
            deprecated: deprecated || undefined,
          }),
        ),
      ),
    ]),
  ];
}
