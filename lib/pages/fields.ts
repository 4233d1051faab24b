import { namedTypes } from "../reference/method-docs.ts";
import type { Definition, EnumValue, Field, HttpBinding, Message, Method } from "../reference/reference.ts";
import { noteElements, shortUnit } from "./field-notes.ts";
import { fieldAnchor, methodHref, typeParts, valueAnchor } from "./links.ts";
import { type Element, element } from "./mdx.ts";
import { docElements, lastPart, type PageContext } from "./page-context.ts";
import { bindingsInside, restWords } from "./rest-words.ts";
import { planUnfolds } from "./unfold-plan.ts";

/** How many fields and values of nested types a method's page writes out of its request. */
export const REQUEST_BUDGET = 36;

/** How a message's fields are laid out on a page. */
interface FieldLayout {
  /** What leads the anchors and the REST names of the fields: empty, or `reply.`. */
  readonly prefix?: string;
  /** How many fields and values of the types below are written out; the rest is fetched when it is unfolded. */
  readonly budget: number;
  /** The HTTP bindings whose request this is. */
  readonly bindings?: readonly HttpBinding[];
  /** Only these fields of the message itself, by their short names. */
  readonly only?: ReadonlySet<string>;
}

/** Where a list of fields stands. */
interface Place {
  readonly prefix: string;
  /** Short names that lead to it from the message that the page is about. */
  readonly path: readonly string[];
  readonly planned: ReadonlySet<string>;
  readonly bindings: readonly HttpBinding[];
}

/** A message's fields in order, those of a oneof together under its rule. */
export function fieldElements(message: Message, context: PageContext, layout: FieldLayout): Element[] {
  const { prefix = "", budget, bindings = [], only } = layout;
  const shown =
    only === undefined
      ? message
      : { ...message, fields: message.fields.filter(({ shortName }) => only.has(shortName)) };
  const planned = planUnfolds(shown, context, budget);
  return listFields(shown, context, { prefix, path: [], planned, bindings });
}

/**
 * Where a field of a method's request is documented, by its path from the request (`bid.details.amt`): on the method's page
 * where that has it, else on the page of the message that holds it. Undefined where there is no such field.
 */
export function requestFieldHref(method: Method, path: string, context: PageContext): string | undefined {
  const names = path.split(".");
  let message = context.messages.get(method.input);
  const input = message;
  let field: Field | undefined;
  let holder = "";
  for (const [i, name] of names.entries()) {
    field = message?.fields.find(({ shortName }) => shortName === name);
    holder = names.slice(0, i).join(".");
    const type = field === undefined ? undefined : namedTypes(field.type)[0];
    message = type === undefined ? undefined : context.messages.get(type);
  }
  if (field === undefined || input === undefined) return undefined;
  const isHere = holder === "" || planUnfolds(input, context, REQUEST_BUDGET).has(holder);
  return isHere
    ? `${methodHref(method.name, context.basePath)}#${fieldAnchor(path)}`
    : context.links.get(field.name);
}

function listFields(message: Message, context: PageContext, place: Place): Element[] {
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
      plain.push(fieldElement(message, field, context, place));
    } else if (!doneOneofs.has(field.oneof)) {
      doneOneofs.add(field.oneof);
      endPlain();
      elements.push(oneofElement(message, field.oneof, context, place));
    }
  }
  endPlain();
  return elements;
}

function oneofElement(message: Message, shortName: string, context: PageContext, place: Place): Element {
  const oneof = message.oneofs.find(({ name }) => lastPart(name) === shortName);
  const fields = message.fields.filter((field) => field.oneof === shortName);
  return element("Oneof", { name: shortName, id: `oneof-${anchorPath(place, shortName)}` }, [
    ...(oneof === undefined ? [] : docElements(oneof.doc, context)),
    element(
      "FieldList",
      {},
      fields.map((field) => fieldElement(message, field, context, place)),
    ),
  ]);
}

function fieldElement(message: Message, field: Field, context: PageContext, place: Place): Element {
  const path = [...place.path, field.shortName];
  return element(
    "Field",
    {
      id: fieldAnchor(anchorPath(place, field.shortName)),
      name: field.shortName,
      number: field.number,
      type: typeParts(field.type, context.links, context.packages),
      label: field.cardinality === "single" ? undefined : field.cardinality,
      chip: shortUnit(field.doc),
      needed: message.needed.includes(field.shortName) || undefined,
      deprecated: field.deprecated || undefined,
      rest: restWords(place.bindings, path, field),
    },
    [
      ...docElements(field.doc, context),
      ...noteElements(field.doc, context, {
        json: jsonNote(field, context),
        wire: field.delimited === true ? "a group: between a start and an end tag" : null,
        options: optionsNote(field),
      }),
      ...unfoldElements(field, context, place),
    ],
  );
}

function anchorPath({ prefix, path }: Place, shortName: string): string {
  return prefix + [...path, shortName].join(".");
}

/** The options of a definition that are shown, each as it stands in the proto. */
function optionsNote({ options = [] }: Definition): string | null {
  const texts = options.map(({ name, value }) => `\`${`${name} = ${value}`.replaceAll("`", "'")}\``);
  return texts.length === 0 ? null : texts.join(", ");
}

/** How JSON writes a value of one of protobuf's own types, and the name of a field where one was chosen for it. */
function jsonNote(field: Field, context: PageContext): string | null {
  const usual = field.shortName.replace(/_+(.?)/g, (_, letter: string) => letter.toUpperCase());
  const name = field.jsonName === usual ? null : `named \`${field.jsonName.replaceAll("`", "'")}\``;
  const builtIn = namedTypes(field.type)
    .map((type) => context.messages.get(type))
    .find((type) => type?.builtIn);
  // The text of a type of protobuf's ends with how JSON writes it.
  const form = builtIn === undefined ? null : (/\bIn JSON (.*?)\.?$/s.exec(builtIn.doc.text)?.[1] ?? null);
  return name !== null && form !== null ? `${name}; ${form}` : (name ?? form);
}

/** The fields of a message type or the values of an enum type: on the page where that is planned, else by a link. */
function unfoldElements(field: Field, context: PageContext, place: Place): Element[] {
  return namedTypes(field.type).flatMap((name) => {
    const message = context.messages.get(name);
    const enumeration = context.enums.get(name);
    if ((message?.fields.length ?? enumeration?.values.length ?? 0) === 0) return [];
    const label = `${message === undefined ? "Values" : "Fields"} of ${lastPart(name)}`;
    const path = [...place.path, field.shortName];
    if (!place.planned.has(path.join("."))) {
      return [element("Unfold", { label, href: context.links.get(name) })];
    }
    const children =
      message !== undefined
        ? listFields(message, context, {
            ...place,
            path,
            bindings: bindingsInside(place.bindings, path, field),
          })
        : [valueList(enumeration?.values ?? [], context, `${place.prefix}${path.join(".")}.`)];
    return [element("Unfold", { label }, children)];
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
        [
          ...docElements(value.doc, context),
          ...noteElements(value.doc, context, { options: optionsNote(value) }),
        ],
      ),
    ),
  );
}
