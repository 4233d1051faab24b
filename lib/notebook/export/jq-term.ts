import type { DescField } from "@bufbuild/protobuf";
import { assertNever } from "../../call/assert-never.ts";
import { toBase64 } from "../../schema/bytes-text.ts";
import { jsNumber } from "../../snippets/js-quote.ts";
import { seen } from "../../snippets/json-text.ts";
import type { Names } from "./names.ts";
import { type Constant, type Term, type TermOf, type TermType, Untranslatable } from "./term.ts";
import { hasPresence, isInteger } from "./term-types.ts";

/**
 * jq's numbers are doubles. An integer is held as a number as long as that is exact, and as its digits where it is not: the
 * definitions of `jq-definitions.ts` reckon with both. Bytes are held as base64, messages as grpcurl writes them.
 */
const SAFE = 9_007_199_254_740_991n;

/** Words that mean something to jq. */
export const JQ_WORDS: ReadonlySet<string> = new Set(
  "and as catch def elif else end foreach if import include label module not or reduce then try null true false".split(
    " ",
  ),
);

/** A term as a filter of jq, whose variables are the captures; in brackets where it is more than one path or call. */
export function jqTerm(term: Term, names: Names): string {
  const write = (each: Term) => jqTerm(each, names);
  switch (term.kind) {
    case "constant":
      return constantText(term.value);
    case "enum":
      return String(term.number);
    case "name":
      return `$${names.of(term.name)}`;
    case "field":
      return read(`${write(term.of)}${member(term.field)}`, term.field, term.type, isSure(term));
    case "has":
      return hasText(term, names);
    case "refusal-part":
      return `${write(term.of)}.${term.part}`;
    case "index":
      return term.of.type.kind === "list"
        ? `at(${write(term.of)}; ${write(term.at)})`
        : `entry(${write(term.of)}; ${write(term.at)})`;
    case "not":
      return `(${write(term.of)} | not)`;
    case "negate":
      return isInteger(term.type)
        ? limited(`minus(0; ${write(term.of)})`, term.type, term.checked)
        : `(-${write(term.of)})`;
    case "arithmetic":
      return arithmeticText(term, names);
    case "concat":
      return term.type.kind === "bytes"
        ? `((${write(term.left)} | hex) + (${write(term.right)} | hex) | unhex)`
        : `(${write(term.left)} + ${write(term.right)})`;
    case "compare":
      return compareText(term, names);
    case "logic":
      return `(${write(term.left)} ${term.operator} ${write(term.right)})`;
    case "choose":
      return `(if ${write(term.condition)} then ${write(term.yes)} else ${write(term.no)} end)`;
    case "in":
      return term.of.type.kind === "map"
        ? `(${write(term.item)} as $key | ${write(term.of)} | has($key | tostring))`
        : `any(${write(term.of)}[]; . == ${write(term.item)})`;
    case "list":
      return `[${term.items.map(write).join(", ")}]`;
    case "map":
      return mapText(term, names);
    case "each":
      return eachText(term, names);
    case "integer":
      return wholeText(term, names);
    case "call":
      return callText(term, names);
    default:
      return assertNever(term);
  }
}

/** A string of jq, which is one of JSON but for what begins an expression in it: `\(`, that JSON has not. */
export function jqQuote(text: string): string {
  return seen(JSON.stringify(text));
}

/** `.value`, `."end"` */
function member({ jsonName }: DescField): string {
  return /^[A-Za-z_]\w*$/.test(jsonName) && !JQ_WORDS.has(jsonName)
    ? `.${jsonName}`
    : `.${jqQuote(jsonName)}`;
}

function constantText(value: Constant): string {
  switch (value.kind) {
    case "null":
      return "null";
    case "bool":
      return String(value.value);
    case "integer":
      return integerText(value.value);
    case "double":
      return Number.isFinite(value.value) ? jsNumber(value.value) : fail("it has a number that JSON has not");
    case "string":
      return jqQuote(value.value);
    case "bytes":
      return jqQuote(toBase64(value.value));
  }
}

export function integerText(value: bigint): string {
  if (value > SAFE || value < -SAFE) return `"${value}"`;
  return value < 0n ? `(${value})` : String(value);
}

function fail(reason: string): never {
  throw new Untranslatable(reason);
}

/** Whether a reply always has the field: grpcurl writes defaults, but not of what has presence. */
function isSure(term: Term): boolean {
  if (term.kind !== "field") return true;
  return !hasPresence(term.field) && term.field.oneof === undefined && isSure(term.of);
}

/** A field of a reply in the form in which values are held. */
function read(path: string, field: DescField, type: TermType, sure: boolean): string {
  const zero = sure ? null : zeroText(type);
  const found = zero === null ? path : `(${path} // ${zero})`;
  const item = type.kind === "list" ? type.item : type.kind === "map" ? type.value : type;
  const held = heldText(item, field);
  if (held === null) return found;
  if (type.kind === "list") return `(${found} | map(${held}))`;
  return type.kind === "map" ? `(${found} | map_values(${held}))` : `(${found} | ${held})`;
}

function heldText(type: TermType, field: DescField): string | null {
  if (field.enum !== undefined) {
    const numbers = field.enum.values.map(({ name, number }) => `${jqQuote(name)}: ${number}`);
    return `enum({${numbers.join(", ")}})`;
  }
  if (isInteger(type) && type.bits === 64) return "whole";
  return type.kind === "double" ? "real" : null;
}

function zeroText(type: TermType): string {
  switch (type.kind) {
    case "list":
      return "[]";
    case "map":
    case "message":
      return "{}";
    case "string":
    case "bytes":
      return '""';
    case "bool":
      return "false";
    default:
      return "0";
  }
}

function hasText({ of, field }: TermOf<"has">, names: Names): string {
  const path = `${jqTerm(of, names)}${member(field)}`;
  if (hasPresence(field)) return `(${path} != null)`;
  if (field.fieldKind === "list" || field.fieldKind === "map") return `(${path} | length > 0)`;
  return `(${path} | . != null and . != false and . != "" and . != 0 and . != "0"${field.enum === undefined ? "" : ` and . != ${jqQuote(field.enum.values[0]?.name ?? "")}`})`;
}

function isSmall(type: TermType): boolean {
  return isInteger(type) && type.least >= -SAFE && type.most <= SAFE;
}

const EXACT = { "+": "plus", "-": "minus", "*": "times", "/": "over", "%": "rest" } as const;

function arithmeticText(
  { operator, left, right, checked, type }: TermOf<"arithmetic">,
  names: Names,
): string {
  const [a, b] = [jqTerm(left, names), jqTerm(right, names)];
  const small = [left.type, right.type, type].every(isSmall);
  if (!isInteger(type) || (small && operator !== "/" && operator !== "%")) return `(${a} ${operator} ${b})`;
  return limited(`${EXACT[operator]}(${a}; ${b})`, type, checked);
}

function limited(text: string, { kind }: TermType, checked: boolean): string {
  return checked ? `(${text} | ${kind === "int" ? "int64" : "uint64"})` : text;
}

function compareText({ operator, left, right }: TermOf<"compare">, names: Names): string {
  const kinds = [left.type, right.type];
  const isReal = kinds.some(({ kind }) => kind === "double");
  const [a, b] = [left, right].map((each) => {
    const text = jqTerm(each, names);
    return isReal && isInteger(each.type) && !isSmall(each.type) ? `(${text} | tonumber)` : text;
  }) as [string, string];
  const sides = `(${a} ${operator} ${b})`;
  if (operator === "==" || operator === "!=" || isReal || !kinds.some(isInteger) || kinds.every(isSmall))
    return sides;
  switch (operator) {
    case "<":
      return `less(${a}; ${b})`;
    case ">":
      return `less(${b}; ${a})`;
    case "<=":
      return `(less(${b}; ${a}) | not)`;
    case ">=":
      return `(less(${a}; ${b}) | not)`;
  }
}

function mapText({ entries }: TermOf<"map">, names: Names): string {
  const parts = entries.map(([key, value]) => `(${jqTerm(key, names)} | tostring): ${jqTerm(value, names)}`);
  return `{${parts.join(", ")}}`;
}

function eachText({ form, of, variable, condition, result }: TermOf<"each">, names: Names): string {
  const name = `$${names.of(variable)}`;
  const items =
    of.type.kind === "map" ? `(${jqTerm(of, names)} | ${keysText(of.type.key)})[]` : `${jqTerm(of, names)}[]`;
  const holds = condition === null ? "true" : jqTerm(condition, names);
  switch (form) {
    case "all":
    case "exists":
      return `${form === "all" ? "all" : "any"}(${items}; . as ${name} | ${holds})`;
    case "exists-one":
      return `([${items} | . as ${name} | select(${holds})] | length == 1)`;
    case "collect": {
      const filter = condition === null ? "" : ` | select(${holds})`;
      return `[${items} | . as ${name}${filter} | ${result === null ? name : jqTerm(result, names)}]`;
    }
  }
}

/** Keys of an object are texts, whatever the map's are. */
function keysText(key: TermType): string {
  if (isInteger(key)) return "keys | map(whole) | sort";
  return key.kind === "bool" ? 'keys | map(. == "true")' : "keys";
}

function wholeText({ of, checked, type }: TermOf<"integer">, names: Names): string {
  const text = jqTerm(of, names);
  if (of.type.kind === "double")
    return limited(`(${text} | ${type.kind === "uint" ? "unsigned" : "truncated"})`, type, true);
  if (of.type.kind === "string") return limited(`(${text} | digits)`, type, true);
  return limited(text, type, checked);
}

function callText({ name, args }: TermOf<"call">, names: Names): string {
  const texts = args.map((each) => jqTerm(each, names));
  const [of = "", first = "", second = ""] = texts;
  const type = args[0]?.type;
  switch (name) {
    case "size":
      return type?.kind === "bytes" ? `(${of} | byte_length)` : `(${of} | length)`;
    case "double":
      if (type?.kind === "string") return `(${of} | decimal_number)`;
      return type !== undefined && isSmall(type) ? of : `(${of} | tonumber)`;
    case "string":
      if (type?.kind === "bytes") return `(${of} | decoded)`;
      return `(${of} | ${type?.kind === "double" ? "decimal" : "tostring"})`;
    case "bytes":
      return `(${of} | @base64)`;
    case "hex":
      return `(${of} | hex)`;
    case "unhex":
      return `(${of} | unhex)`;
    case "contains":
      return `(${of} | contains(${first}))`;
    case "startsWith":
      return `(${of} | startswith(${first}))`;
    case "endsWith":
      return `(${of} | endswith(${first}))`;
    case "substring":
      return `substring(${of}; ${first}; ${texts.length === 2 ? "null" : second})`;
    case "join":
      return `(${of} | join(${texts.length === 1 ? '""' : first}))`;
    case "split":
      return `(${of} | split(${first}))`;
    case "replace":
      return `(${of} | split(${first}) | join(${second}))`;
    case "lowerAscii":
      return `(${of} | ascii_downcase)`;
    case "upperAscii":
      return `(${of} | ascii_upcase)`;
    default:
      return assertNever(name);
  }
}

/** The filter that puts a held value into words: bytes as hex. */
export function jqWords(text: string, type: TermType): string {
  switch (type.kind) {
    case "string":
      return text;
    case "bytes":
      return `(${text} | hex)`;
    case "double":
      return `(${text} | decimal)`;
    case "list":
      return `(${text} | map(${jqWords(".", type.item)}) | join(", "))`;
    default:
      return `(${text} | tostring)`;
  }
}
