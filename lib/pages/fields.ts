import { namedTypes } from "../reference/method-docs.ts";
import type { Field, HttpBinding, Method } from "../reference/reference.ts";
import { fieldAnchor, methodHref, valueAnchor } from "./links.ts";
import { attributesText, type Element, element, literal } from "./mdx.ts";
import type { PageContext } from "./page-context.ts";
import { bindingsInside, restWords } from "./rest-words.ts";
import type { ShownField, ShownType, ShownValue } from "./shown-types.ts";
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
  /** What leads to its fields from the message that the page is about: empty, or `bid.details.`. */
  readonly path: string;
  readonly planned: ReadonlyMap<string, ShownType>;
  readonly bindings: readonly HttpBinding[];
}

/** The fields of a message in order, those of a oneof together under its rule; none where no message has that name. */
export function fieldElements(message: string, context: PageContext, layout: FieldLayout): Element[] {
  const type = context.types.get(message);
  if (type === undefined) return [];
  const { prefix = "", budget, bindings = [], only } = layout;
  const shown =
    only === undefined
      ? type
      : { ...type, fields: type.fields.filter(({ shortName }) => only.has(shortName)) };
  const planned = planUnfolds(shown, context.types, budget);
  return listFields(shown, { prefix, path: "", planned, bindings });
}

/**
 * Where a field of a method's request is documented, by its path from the request (`bid.details.amt`): on the method's page
 * where that has it, else on the page of the message that holds it. Undefined where there is no such field.
 */
export function requestFieldHref(method: Method, path: string, context: PageContext): string | undefined {
  const names = path.split(".");
  const input = context.types.get(method.input);
  let message = context.messages.get(method.input);
  let field: Field | undefined;
  let holder = "";
  for (const [i, name] of names.entries()) {
    field = message?.fields.find(({ shortName }) => shortName === name);
    holder = names.slice(0, i).join(".");
    const type = field === undefined ? undefined : namedTypes(field.type)[0];
    message = type === undefined ? undefined : context.messages.get(type);
  }
  if (field === undefined || input === undefined) return undefined;
  const isHere = holder === "" || planUnfolds(input, context.types, REQUEST_BUDGET).has(holder);
  return isHere
    ? `${methodHref(method.name, context.basePath)}#${fieldAnchor(path)}`
    : context.links.get(field.name);
}

function listFields(type: ShownType, place: Place): Element[] {
  const elements: Element[] = [];
  let plain: Element[] = [];
  const endPlain = () => {
    if (plain.length > 0) {
      elements.push(element("FieldList", {}, plain));
      plain = [];
    }
  };
  const doneOneofs = new Set<string>();
  for (const field of type.fields) {
    if (field.oneof === null || field.cardinality === "optional") {
      plain.push(fieldElement(field, place));
    } else if (!doneOneofs.has(field.oneof)) {
      doneOneofs.add(field.oneof);
      endPlain();
      elements.push(oneofElement(type, field.oneof, place));
    }
  }
  endPlain();
  return elements;
}

function oneofElement(type: ShownType, name: string, place: Place): Element {
  const oneof = type.oneofs.find(({ shortName }) => shortName === name);
  const fields = type.fields.filter((field) => field.oneof === name);
  return element("Oneof", { name, id: `oneof-${place.prefix}${place.path}${name}` }, [
    ...(oneof?.about ?? []),
    element(
      "FieldList",
      {},
      fields.map((field) => fieldElement(field, place)),
    ),
  ]);
}

function fieldElement(field: ShownField, place: Place): Element {
  const path = place.path + field.shortName;
  const id = fieldAnchor(place.prefix + path);
  const rest = restAttribute(field, path, place);
  const inner = place.planned.get(path);
  return {
    tag: "Field",
    props: {},
    children: inner === undefined ? [] : [unfoldElement(field, path, inner, place)],
    open: `<Field id={${literal(id)}}${field.attributes}${rest}`,
    lines: inner === undefined ? (field.inner?.folded ?? field.notes) : field.notes,
  };
}

function restAttribute(field: ShownField, path: string, { bindings }: Place): string {
  return bindings.length === 0 ? "" : attributesText({ rest: restWords(bindings, path.split("."), field) });
}

/** The fields of a message type or the values of an enum type, written out below a field. */
function unfoldElement(field: ShownField, path: string, type: ShownType, place: Place): Element {
  const { prefix, bindings } = place;
  const below = bindings.length === 0 ? bindings : bindingsInside(bindings, path.split("."), field);
  const children =
    type.values.length > 0
      ? [valueList(type.values, `${prefix}${path}.`)]
      : listFields(type, { ...place, path: `${path}.`, bindings: below });
  return element("Unfold", { label: field.inner?.label }, children);
}

/** The values of an enum; `path` leads to it where it is unfolded on another page. */
export function valueList(values: readonly ShownValue[], path = ""): Element {
  return element(
    "ValueList",
    {},
    values.map((value) => valueElement(value, path)),
  );
}

function valueElement({ shortName, attributes, notes }: ShownValue, path: string): Element {
  const id = valueAnchor(path + shortName);
  return {
    tag: "Value",
    props: {},
    children: [],
    open: `<Value id={${literal(id)}}${attributes}`,
    lines: notes,
  };
}
