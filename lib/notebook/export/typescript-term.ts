import type { DescField } from "@bufbuild/protobuf";
import { assertNever } from "../../call/assert-never.ts";
import type { ConnectImports } from "../../snippets/connect-literal.ts";
import { jsBytes, jsKey, jsNumber, jsQuote } from "../../snippets/js-quote.ts";
import type { Helpers, Names } from "./names.ts";
import type { Constant, Term, TermOf, TermType } from "./term.ts";
import { DOUBLE, hasPresence, INT, isInteger } from "./term-types.ts";
import type { TypeScriptHelper } from "./typescript-helpers.ts";
import { arithmeticLevel, atom, LEVEL, tighter, type Written, within } from "./written.ts";

/** What TypeScript's terms are written with. */
export interface TypeScriptWriting {
  readonly imports: ConnectImports;
  readonly names: Names;
  readonly helpers: Helpers<TypeScriptHelper>;
}

/**
 * A term as an expression of TypeScript. Integers of 64 bits are bigints and those of 32 numbers, as their fields are;
 * `type`: what the place wants them to be.
 */
export function typescriptTerm(term: Term, writing: TypeScriptWriting, type: TermType = term.type): string {
  return writeAs(term, type, writing).text;
}

/** The term as a value of the type: of one width of integers the other. */
function writeAs(term: Term, type: TermType, writing: TypeScriptWriting): Written {
  if (term.kind === "constant" && term.value.kind === "integer") return integerText(term.value.value, type);
  if (term.kind === "list" && type.kind === "list") {
    return atom(`[${term.items.map((each) => writeAs(each, type.item, writing).text).join(", ")}]`);
  }
  return converted(write(term, writing), term.type, type);
}

function integerText(value: bigint, type: TermType): Written {
  const text = isInteger(type) && type.bits === 64 ? `${value}n` : String(value);
  return { text, level: value < 0n ? LEVEL.unary : LEVEL.atom };
}

function converted(written: Written, from: TermType, to: TermType): Written {
  if (isInteger(from) && to.kind === "double") return atom(`Number(${written.text})`);
  if (isInteger(from) && isInteger(to) && from.bits !== to.bits) {
    return atom(`${to.bits === 64 ? "BigInt" : "Number"}(${written.text})`);
  }
  if (from.kind === "list" && to.kind === "list") {
    const item = converted(atom("each"), from.item, to.item).text;
    return item === "each" ? written : atom(`${within(written, LEVEL.atom)}.map((each) => ${item})`);
  }
  return written;
}

function write(term: Term, writing: TypeScriptWriting): Written {
  const text = (each: Term) => write(each, writing).text;
  const { helpers } = writing;
  switch (term.kind) {
    case "constant":
      return constantText(term.value, term.type);
    case "enum": {
      const value = term.desc.value[term.number];
      return atom(`${writing.imports.enum(term.desc)}.${value?.localName ?? term.number}`);
    }
    case "name":
      return atom(writing.names.of(term.name));
    case "field":
      return fieldText(term, writing);
    case "has":
      return hasText(term, writing);
    case "refusal-part":
      return atom(`${within(write(term.of, writing), LEVEL.atom)}.${term.part}`);
    case "index": {
      if (term.of.type.kind === "record") {
        return atom(`${within(write(term.of, writing), LEVEL.atom)}[${text(term.at)}]`);
      }
      const at =
        term.of.type.kind === "list"
          ? writeAs(term.at, { ...INT, bits: 32 }, writing)
          : write(term.at, writing);
      return atom(
        `${helpers.use(term.of.type.kind === "list" ? "at" : "entry")}(${text(term.of)}, ${at.text})`,
      );
    }
    case "not":
      return { text: `!${within(write(term.of, writing), LEVEL.unary)}`, level: LEVEL.unary };
    case "negate": {
      const negated = {
        text: `-${within(writeAs(term.of, term.type, writing), LEVEL.atom)}`,
        level: LEVEL.unary,
      };
      return term.checked ? atom(`${helpers.use("int64")}(${negated.text})`) : negated;
    }
    case "arithmetic": {
      const whole = binary(
        term.operator,
        arithmeticLevel(term.operator),
        term.left,
        term.right,
        term.type,
        writing,
      );
      if (!term.checked) return whole;
      return atom(`${helpers.use(term.type.kind === "int" ? "int64" : "uint64")}(${whole.text})`);
    }
    case "concat":
      return concatText(term, writing);
    case "compare":
      return compareText(term, writing);
    case "logic": {
      const [sign, level] =
        term.operator === "and" ? (["&&", LEVEL.and] as const) : (["||", LEVEL.or] as const);
      return binary(sign, level, term.left, term.right, term.left.type, writing);
    }
    case "choose": {
      const condition = within(write(term.condition, writing), LEVEL.or);
      const yes = within(writeAs(term.yes, term.type, writing), LEVEL.or);
      return {
        text: `${condition} ? ${yes} : ${writeAs(term.no, term.type, writing).text}`,
        level: LEVEL.choice,
      };
    }
    case "in":
      return inText(term, writing);
    case "list":
      return writeAs(term, term.type, writing);
    case "map":
      return atom(mapText(term, writing));
    case "each":
      return eachText(term, writing);
    case "integer":
      return wholeText(term, writing);
    case "call":
      return callText(term, writing);
    default:
      return assertNever(term);
  }
}

function constantText(value: Constant, type: TermType): Written {
  switch (value.kind) {
    case "null":
      return atom("null");
    case "bool":
      return atom(String(value.value));
    case "integer":
      return integerText(value.value, type);
    case "double":
      return { text: jsNumber(value.value), level: value.value < 0 ? LEVEL.unary : LEVEL.atom };
    case "string":
      return atom(jsQuote(value.value));
    case "bytes":
      return atom(jsBytes(value.value));
  }
}

/** A value, or undefined where a message on the way to it is not set. */
interface Reached {
  readonly text: string;
  readonly optional: boolean;
}

function fieldText(term: TermOf<"field">, writing: TypeScriptWriting): Written {
  const { text, optional } = reach(term, writing);
  if (!optional) return atom(text);
  return { text: `${text} ?? ${zeroText(term.field, term.type, writing)}`, level: LEVEL.choice };
}

function reach(term: Term, writing: TypeScriptWriting): Reached {
  if (term.kind !== "field") return { text: within(write(term, writing), LEVEL.atom), optional: false };
  const of = reach(term.of, writing);
  const { field } = term;
  const dot = of.optional ? "?." : ".";
  if (field.oneof !== undefined) {
    const oneof = `${of.text}${dot}${field.oneof.localName}`;
    const text = `${writing.helpers.use("chosen")}(${oneof}, ${jsQuote(field.localName)})`;
    return { text, optional: true };
  }
  return { text: `${of.text}${dot}${field.localName}`, optional: of.optional || hasPresence(field) };
}

function zeroText(field: DescField, type: TermType, writing: TypeScriptWriting): string {
  switch (type.kind) {
    case "message":
      return `create(${writing.imports.schema(type.desc)})`;
    case "list":
      return "[]";
    case "map":
      return "{}";
    case "string":
      return '""';
    case "bytes":
      return "new Uint8Array()";
    case "bool":
      return "false";
    default:
      if (field.enum !== undefined) return String(field.enum.values[0]?.number ?? 0);
      return isInteger(type) && type.bits === 64 ? "0n" : "0";
  }
}

function hasText({ of, field }: TermOf<"has">, writing: TypeScriptWriting): Written {
  const { text, optional } = reach(of, writing);
  const dot = optional ? "?." : ".";
  const compared = (what: string): Written => ({ text: what, level: LEVEL.comparison });
  if (field.oneof !== undefined) {
    const oneof = `${text}${dot}${field.oneof.localName}`;
    return compared(`${writing.helpers.use("chosen")}(${oneof}, ${jsQuote(field.localName)}) !== undefined`);
  }
  if (hasPresence(field)) return compared(`${text}${dot}${field.localName} !== undefined`);
  // Of the default of a field without presence it is false, and of anything else true.
  return atom(`${writing.helpers.use("isSet")}(${text}${dot}${field.localName})`);
}

function binary(
  operator: string,
  level: Written["level"],
  left: Term,
  right: Term,
  type: TermType,
  writing: TypeScriptWriting,
): Written {
  const [a, b] = [left, right].map((each) => writeAs(each, type, writing)) as [Written, Written];
  return { text: `${within(a, level)} ${operator} ${within(b, tighter(level))}`, level };
}

function concatText({ left, right, type }: TermOf<"concat">, writing: TypeScriptWriting): Written {
  if (type.kind === "string") return binary("+", LEVEL.sum, left, right, type, writing);
  const [a, b] = [left, right].map((each) => writeAs(each, type, writing)) as [Written, Written];
  if (type.kind === "bytes") return atom(`Buffer.concat([${a.text}, ${b.text}])`);
  return atom(`[...${within(a, LEVEL.atom)}, ...${within(b, LEVEL.atom)}]`);
}

function compareText({ operator, left, right }: TermOf<"compare">, writing: TypeScriptWriting): Written {
  const sign = operator === "==" ? "===" : operator === "!=" ? "!==" : operator;
  if (left.type.kind === "bytes") {
    const same = `${writing.helpers.use("sameBytes")}(${write(left, writing).text}, ${write(right, writing).text})`;
    return operator === "==" ? atom(same) : { text: `!${same}`, level: LEVEL.unary };
  }
  const [a, b] = [left.type, right.type];
  let type = a;
  if (a.kind === "double" || b.kind === "double") type = DOUBLE;
  else if (isInteger(a) && isInteger(b)) {
    // A constant takes the width of what it is compared with.
    const bits =
      left.kind === "constant"
        ? b.bits
        : right.kind === "constant"
          ? a.bits
          : a.bits === b.bits
            ? a.bits
            : 64;
    type = { ...a, bits };
  }
  const sides = [left, right].map((each) => within(writeAs(each, type, writing), LEVEL.sum));
  return { text: sides.join(` ${sign} `), level: LEVEL.comparison };
}

function inText({ item, of }: TermOf<"in">, writing: TypeScriptWriting): Written {
  const list = within(write(of, writing), LEVEL.atom);
  if (of.type.kind === "map")
    return atom(`Object.hasOwn(${write(of, writing).text}, ${keyText(item, writing)})`);
  const type = of.type.kind === "list" && of.type.item.kind !== "nothing" ? of.type.item : item.type;
  const wanted = writeAs(item, type, writing).text;
  if (type.kind !== "bytes") return atom(`${list}.includes(${wanted})`);
  return atom(`${list}.some((each) => ${writing.helpers.use("sameBytes")}(each, ${wanted}))`);
}

/** A key of an object: a text or a number. */
function keyText(term: Term, writing: TypeScriptWriting): string {
  const { text } =
    term.kind === "constant" ? writeAs(term, { ...INT, bits: 32 }, writing) : write(term, writing);
  return isInteger(term.type) && term.type.bits === 64 && term.kind !== "constant" ? `String(${text})` : text;
}

function mapText({ entries, type }: TermOf<"map">, writing: TypeScriptWriting): string {
  const parts = entries.map(([key, value]) => {
    const name =
      key.kind === "constant" && key.value.kind !== "null" && key.value.kind !== "bytes"
        ? jsKey(String(key.value.value))
        : `[${keyText(key, writing)}]`;
    return `${name}: ${writeAs(value, type.kind === "map" ? type.value : value.type, writing).text}`;
  });
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}

function eachText(
  { form, of, variable, condition, result }: TermOf<"each">,
  writing: TypeScriptWriting,
): Written {
  const name = writing.names.of(variable);
  const items =
    of.type.kind === "map" ? keysText(of, of.type.key, writing) : within(write(of, writing), LEVEL.atom);
  const body = (term: Term) => {
    const { text } = write(term, writing);
    return `(${name}) => ${text.startsWith("{") ? `(${text})` : text}`;
  };
  const holds = condition === null ? "" : body(condition);
  switch (form) {
    case "all":
      return atom(`${items}.every(${holds})`);
    case "exists":
      return atom(`${items}.some(${holds})`);
    case "exists-one":
      return { text: `${items}.filter(${holds}).length === 1`, level: LEVEL.comparison };
    case "collect": {
      const kept = condition === null ? items : `${items}.filter(${holds})`;
      const same = result === null || (result.kind === "name" && result.name === variable);
      return atom(same ? kept : `${kept}.map(${body(result)})`);
    }
  }
}

/** Keys of an object are texts, whatever the map's are. */
function keysText(of: Term, key: TermType, writing: TypeScriptWriting): string {
  const keys = `Object.keys(${write(of, writing).text})`;
  if (isInteger(key)) return `${keys}.map(${key.bits === 64 ? "BigInt" : "Number"})`;
  return key.kind === "bool" ? `${keys}.map((each) => each === "true")` : keys;
}

function wholeText({ of, checked, type }: TermOf<"integer">, writing: TypeScriptWriting): Written {
  const { helpers } = writing;
  const limited = (text: string) => atom(`${helpers.use(type.kind === "int" ? "int64" : "uint64")}(${text})`);
  const { text } = write(of, writing);
  if (of.type.kind === "double") {
    return type.kind === "uint"
      ? atom(`${helpers.use("unsignedOf")}(${text})`)
      : limited(`BigInt(Math.trunc(${text}))`);
  }
  if (of.type.kind === "string") return limited(`${helpers.use("whole")}(${text})`);
  return checked ? limited(writeAs(of, type, writing).text) : writeAs(of, type, writing);
}

function callText({ name, args }: TermOf<"call">, writing: TypeScriptWriting): Written {
  const { helpers } = writing;
  const [term] = args;
  if (term === undefined) throw new Error("a function of nothing");
  const texts = args.map(
    (each) =>
      (isInteger(each.type) && name === "substring"
        ? writeAs(each, { ...INT, bits: 32 }, writing)
        : write(each, writing)
      ).text,
  );
  const [of = "", first = "", second = ""] = texts;
  const on = within(write(term, writing), LEVEL.atom);
  switch (name) {
    case "size":
      if (term.type.kind === "string") return atom(`[...${on}].length`);
      return atom(term.type.kind === "map" ? `Object.keys(${of}).length` : `${on}.length`);
    case "double":
      return atom(term.type.kind === "string" ? `${helpers.use("real")}(${of})` : `Number(${of})`);
    case "string":
      return atom(term.type.kind === "bytes" ? `${helpers.use("decoded")}(${of})` : `String(${of})`);
    case "bytes":
      return atom(`new TextEncoder().encode(${of})`);
    case "hex":
      return atom(`Buffer.from(${of}).toString("hex")`);
    case "unhex":
      return atom(`${helpers.use("unhex")}(${of})`);
    case "contains":
      return atom(`${on}.includes(${first})`);
    case "startsWith":
    case "endsWith":
      return atom(`${on}.${name}(${first})`);
    case "substring":
      return atom(`${helpers.use("substring")}(${texts.join(", ")})`);
    case "join":
      return atom(`${on}.join(${texts.length === 1 ? '""' : first})`);
    case "split":
      return atom(`${on}.split(${first})`);
    case "replace":
      return atom(`${on}.replaceAll(${first}, () => ${second})`);
    case "lowerAscii":
      return atom(`${on}.replace(/[A-Z]/g, (each) => each.toLowerCase())`);
    case "upperAscii":
      return atom(`${on}.replace(/[a-z]/g, (each) => each.toUpperCase())`);
    default:
      return assertNever(name);
  }
}
