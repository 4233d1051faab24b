import type { Definition, Doc, Field, Reference } from "./reference.ts";

/** A definition whose documentation is missing or wrong. */
export interface DocProblem {
  readonly name: string;
  readonly problem: string;
}

/** Words that say nothing about a definition. */
const EMPTY_WORDS = new Set(
  "a an and are as at be by for from has have in is it its of on or that the this to was were which will with".split(
    " ",
  ),
);

/** `[text][full.name]` or `[full.name][]` */
const NAME_REFERENCE = /\[([^\][]*)\]\[([\w.]*)\]/g;
const TAG_INSIDE = /^\s*(?:Units?|Limits?|Defaults?|Bytes)\s*:/m;

const NUMBERS = new Set(
  "double float int32 int64 uint32 uint64 sint32 sint64 fixed32 fixed64 sfixed32 sfixed64".split(" "),
);
/** Numbers that count or measure nothing, by their names. */
const WITHOUT_UNIT: readonly (readonly [name: RegExp, reason: string])[] = [
  [/(^|_)version$/, "says which of several formats is meant"],
  [/(^|_)index$/, "says which of several is meant"],
];

/**
 * Finds definitions without a description that says more than their name, numbers without a unit, references to names
 * that do not exist, and tag lines that are not at the end of their comment.
 */
export function lintDocs(reference: Reference): DocProblem[] {
  const all = definitions(reference);
  const names = new Set(all.map(({ name }) => name));
  const unmeasured = reference.messages
    .flatMap(({ fields }) => fields)
    .filter((field) => isNumber(field) && field.doc.unit === null)
    .filter(({ shortName }) => !WITHOUT_UNIT.some(([name]) => name.test(shortName)))
    .map(({ name }) => ({ name, problem: "is a number and has no unit" }));
  return [
    ...unmeasured,
    ...all.flatMap(({ name, doc }) => [
      ...(saysMore(name, doc)
        ? []
        : [{ name, problem: doc.text === "" ? "has no description" : "repeats its name" }]),
      ...(TAG_INSIDE.test(doc.text) ? [{ name, problem: "has a tag line that is not at the end" }] : []),
      ...unknownNames(doc, names).map((unknown) => ({
        name,
        problem: `refers to ${unknown}, which does not exist`,
      })),
    ]),
  ];
}

/** Every definition, in order. */
export function definitions({ services, messages, enums }: Reference): Definition[] {
  return [
    ...services.flatMap((service) => [service, ...service.methods]),
    ...messages.flatMap((message) => [message, ...message.fields, ...message.oneofs]),
    ...enums.flatMap((enumeration) => [enumeration, ...enumeration.values]),
  ];
}

/** Whether a field holds a number, or numbers. */
function isNumber({ type }: Field): boolean {
  const held = type.kind === "map" ? type.value : type;
  return held.kind === "scalar" && NUMBERS.has(held.name);
}

function saysMore(name: string, doc: Doc): boolean {
  const own = new Set(words(name.split(".").slice(-2).join(" ")));
  const text = [doc.text, doc.unit, doc.limits, doc.default, doc.bytes].join(" ");
  return doc.text !== "" && words(text).some((word) => !own.has(word) && !EMPTY_WORDS.has(word));
}

/** Lower-case words without a plural s; `rate_fixed` and `RateFixed` are two. */
function words(text: string): string[] {
  const split = text.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
  return (split.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) =>
    word.length > 3 ? word.replace(/s$/, "") : word,
  );
}

function unknownNames(doc: Doc, names: ReadonlySet<string>): string[] {
  const text = [doc.text, doc.unit, doc.limits, doc.default, doc.bytes].join("\n");
  return [...text.matchAll(NAME_REFERENCE)]
    .map(([, label = "", name = ""]) => name || label)
    .filter((name) => !names.has(name));
}
