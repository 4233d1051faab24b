import { nearestName } from "../schema/nearest-name.ts";

/** Takes what is wrong at a place of the config, as a sentence without its full stop. */
export type Say = (at: string, sentence: string) => void;

/** Looks at one value of the config and says what is wrong with it. */
export type Shape = (value: unknown, at: string, say: Say) => void;

/** A text that fits the pattern; `wanted` says what to write instead. */
export function text(wanted: string, pattern = /\S/): Shape {
  return (value, at, say) => {
    if (typeof value !== "string") say(at, `is ${kindOf(value)}; give ${wanted}`);
    else if (!pattern.test(value)) say(at, `is ${JSON.stringify(value.slice(0, 60))}; give ${wanted}`);
  };
}

/** A whole number in a range. */
export function integer(min: number, max: number): Shape {
  return (value, at, say) => {
    if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max) {
      const shown = typeof value === "number" ? `${value}` : kindOf(value);
      say(at, `is ${shown}; give a number from ${min} to ${max}`);
    }
  };
}

/** A list of values that each have the shape; none may be in it twice where they are texts. */
export function listOf(item: Shape, { least = 0 } = {}): Shape {
  return (value, at, say) => {
    if (!Array.isArray(value)) return say(at, `is ${kindOf(value)}; give a list`);
    if (value.length < least) say(at, "is empty; name at least one");
    for (const [i, each] of value.entries()) {
      item(each, `${at}[${i}]`, say);
      if (typeof each === "string" && value.indexOf(each) < i)
        say(`${at}[${i}]`, `names ${each} a second time; take one out`);
    }
  };
}

/** An object with these keys and no others. */
export function object(
  needed: Readonly<Record<string, Shape>>,
  optional: Readonly<Record<string, Shape>> = {},
): Shape {
  const known = { ...needed, ...optional };
  const names = Object.keys(known);
  return (value, at, say) => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return say(at, `is ${kindOf(value)}; give an object with ${names.join(", ")}`);
    for (const [key, each] of Object.entries(value)) {
      const shape = Object.hasOwn(known, key) ? known[key] : undefined;
      if (shape === undefined) say(`${at}.${key}`, `is no setting; ${suggest(key, names)}`);
      // A setting that is undefined is one that was left out.
      else if (each !== undefined) shape(each, `${at}.${key}`, say);
    }
    for (const key of Object.keys(needed)) {
      if ((value as Record<string, unknown>)[key] === undefined)
        say(`${at}.${key}`, "is missing; it is needed");
    }
  };
}

/** Takes a value that has either shape: `text` where it is a text. */
export function textOr(asText: Shape, other: Shape): Shape {
  return (value, at, say) => (typeof value === "string" ? asText : other)(value, at, say);
}

/** What to write instead of a name that is not known. */
export function suggest(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  if (near !== null) return `did you mean ${near}?`;
  const shown = known.slice(0, 20);
  return known.length === 0
    ? "there are none"
    : `there ${known.length === 1 ? "is" : "are"} ${shown.join(", ")}${known.length > shown.length ? ` and ${known.length - shown.length} more` : ""}`;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return `${value}`;
  if (typeof value === "string") return `the text ${JSON.stringify(value.slice(0, 60))}`;
  if (typeof value === "object") return Array.isArray(value) ? "a list" : "an object";
  return typeof value === "function" ? "a function" : `the ${typeof value} ${String(value)}`;
}
