import { assertNever } from "../../call/assert-never.ts";
import { attributes, type PythonModules, pythonNumber } from "../../snippets/python-literal.ts";
import { pythonBytes, pythonQuote } from "../../snippets/python-quote.ts";
import { namesWithin } from "../../snippets/type-name.ts";
import type { Helpers, Names } from "./names.ts";
import type { PythonHelper } from "./python-helpers.ts";
import type { Constant, Term, TermOf } from "./term.ts";
import { hasPresence, isInteger } from "./term-types.ts";
import { arithmeticLevel, atom, LEVEL, tighter, type Written, within } from "./written.ts";

/** What Python's terms are written with. */
export interface PythonWriting {
  readonly modules: PythonModules;
  readonly names: Names;
  readonly helpers: Helpers<PythonHelper>;
}

/** A term as an expression of Python, whose integers are exact. */
export function pythonTerm(term: Term, writing: PythonWriting): string {
  return write(term, writing).text;
}

function write(term: Term, writing: PythonWriting): Written {
  const text = (each: Term) => write(each, writing).text;
  const tight = (each: Term) => within(write(each, writing), LEVEL.atom);
  const { helpers } = writing;
  switch (term.kind) {
    case "constant":
      return constantText(term.value);
    case "enum":
      return atom(enumText(term, writing));
    case "name":
      return atom(writing.names.of(term.name));
    case "field":
      return atom(attributes(tight(term.of), [term.field.name]));
    case "has":
      return hasText(term, writing);
    case "refusal-part":
      return atom(`${tight(term.of)}["${term.part}"]`);
    case "index":
      return indexText(term, writing);
    case "not":
      return { text: `not ${within(write(term.of, writing), LEVEL.not)}`, level: LEVEL.not };
    case "negate": {
      const negated = { text: `-${within(write(term.of, writing), LEVEL.unary)}`, level: LEVEL.unary };
      return term.checked ? atom(`${helpers.use("int64")}(${negated.text})`) : negated;
    }
    case "arithmetic":
      return arithmeticText(term, writing);
    case "concat":
      return binary("+", LEVEL.sum, term.left, term.right, writing);
    case "compare":
      return compareText(term, writing);
    case "logic":
      return binary(
        term.operator,
        term.operator === "and" ? LEVEL.and : LEVEL.or,
        term.left,
        term.right,
        writing,
      );
    case "choose": {
      const [condition, yes] = [term.condition, term.yes].map((each) =>
        within(write(each, writing), LEVEL.or),
      );
      return { text: `${yes} if ${condition} else ${text(term.no)}`, level: LEVEL.choice };
    }
    case "in":
      return {
        text: `${within(write(term.item, writing), LEVEL.sum)} in ${within(write(term.of, writing), LEVEL.sum)}`,
        level: LEVEL.comparison,
      };
    case "list":
      return atom(`[${term.items.map(text).join(", ")}]`);
    case "map":
      return atom(`{${term.entries.map(([key, value]) => `${text(key)}: ${text(value)}`).join(", ")}}`);
    case "each":
      return atom(eachText(term, writing));
    case "integer":
      return integerText(term, writing);
    case "call":
      return callText(term, writing);
    default:
      return assertNever(term);
  }
}

function constantText(value: Constant): Written {
  switch (value.kind) {
    case "null":
      return atom("None");
    case "bool":
      return atom(value.value ? "True" : "False");
    case "integer":
      return value.value < 0n ? { text: String(value.value), level: LEVEL.unary } : atom(String(value.value));
    case "double":
      return value.value < 0
        ? { text: pythonNumber(value.value), level: LEVEL.unary }
        : atom(pythonNumber(value.value));
    case "string":
      return atom(pythonQuote(value.value));
    case "bytes":
      return atom(pythonBytes(value.value));
  }
}

function enumText({ desc, number }: TermOf<"enum">, { modules }: PythonWriting): string {
  const name = desc.value[number]?.name ?? String(number);
  return attributes(modules.nameOf(desc.file), [...namesWithin(desc).slice(0, -1), name]);
}

function hasText({ of, field }: TermOf<"has">, writing: PythonWriting): Written {
  const message = within(write(of, writing), LEVEL.atom);
  const value = attributes(message, [field.name]);
  if (field.fieldKind === "list" || field.fieldKind === "map") {
    return { text: `len(${value}) > 0`, level: LEVEL.comparison };
  }
  return hasPresence(field)
    ? atom(`${message}.HasField(${pythonQuote(field.name)})`)
    : atom(`bool(${value})`);
}

function indexText({ of, at }: TermOf<"index">, writing: PythonWriting): Written {
  const [values, key] = [within(write(of, writing), LEVEL.atom), write(at, writing).text];
  if (of.type.kind === "record") return atom(`${values}[${key}]`);
  // Maps of protobuf make an entry that is asked for, and lists of Python count from the end below zero.
  if (of.type.kind === "list" && isInteger(at.type) && at.type.least >= 0n) return atom(`${values}[${key}]`);
  return atom(`${writing.helpers.use("at")}(${write(of, writing).text}, ${key})`);
}

function arithmeticText(term: TermOf<"arithmetic">, writing: PythonWriting): Written {
  const { operator, left, right, checked, type } = term;
  const { helpers } = writing;
  let whole: Written;
  if (!isInteger(type)) {
    const zero = right.kind !== "constant" || right.value.kind !== "double" || right.value.value === 0;
    whole =
      operator === "/" && zero
        ? atom(`${helpers.use("ratio")}(${write(left, writing).text}, ${write(right, writing).text})`)
        : binary(operator, arithmeticLevel(operator), left, right, writing);
  } else if (operator !== "/" && operator !== "%") {
    whole = binary(operator, arithmeticLevel(operator), left, right, writing);
  } else {
    const natural = [left, right].every((each) => isInteger(each.type) && each.type.least >= 0n);
    const [named, sign] = operator === "/" ? (["quotient", "//"] as const) : (["remainder", "%"] as const);
    whole = natural
      ? binary(sign, LEVEL.product, left, right, writing)
      : atom(`${helpers.use(named)}(${write(left, writing).text}, ${write(right, writing).text})`);
  }
  return checked && isInteger(type)
    ? atom(`${helpers.use(type.kind === "int" ? "int64" : "uint64")}(${whole.text})`)
    : whole;
}

function binary(
  operator: string,
  level: Written["level"],
  left: Term,
  right: Term,
  writing: PythonWriting,
): Written {
  const text = `${within(write(left, writing), level)} ${operator} ${within(write(right, writing), tighter(level))}`;
  return { text, level };
}

function compareText({ operator, left, right }: TermOf<"compare">, writing: PythonWriting): Written {
  const sides = [left, right].map((each) => within(write(each, writing), LEVEL.sum));
  const isNone = right.kind === "constant" && right.value.kind === "null";
  const sign = isNone ? (operator === "==" ? "is" : "is not") : operator;
  return { text: sides.join(` ${sign} `), level: LEVEL.comparison };
}

function eachText({ form, of, variable, condition, result }: TermOf<"each">, writing: PythonWriting): string {
  const name = writing.names.of(variable);
  const range = within(write(of, writing), LEVEL.or);
  const holds = condition === null ? "" : write(condition, writing).text;
  switch (form) {
    case "all":
    case "exists":
      return `${form === "all" ? "all" : "any"}(${holds} for ${name} in ${range})`;
    case "exists-one":
      return `sum(1 for ${name} in ${range} if ${within(write(condition as Term, writing), LEVEL.or)}) == 1`;
    case "collect": {
      const items = of.type.kind === "map" ? `sorted(${range})` : range;
      const filter = condition === null ? "" : ` if ${within(write(condition, writing), LEVEL.or)}`;
      return `[${result === null ? name : write(result, writing).text} for ${name} in ${items}${filter}]`;
    }
  }
}

function integerText({ of, checked, type }: TermOf<"integer">, writing: PythonWriting): Written {
  const inner = write(of, writing);
  const { helpers } = writing;
  const limits = type.kind === "int" ? "int64" : "uint64";
  if (of.type.kind === "double") {
    return type.kind === "uint"
      ? atom(`${helpers.use("unsigned_of")}(${inner.text})`)
      : atom(`${helpers.use("int64")}(int(${inner.text}))`);
  }
  const text = of.type.kind === "string" ? `${helpers.use("whole")}(${inner.text})` : null;
  if (text !== null) return atom(`${helpers.use(limits)}(${text})`);
  return checked ? atom(`${helpers.use(limits)}(${inner.text})`) : inner;
}

function callText({ name, args }: TermOf<"call">, writing: PythonWriting): Written {
  const { helpers } = writing;
  const texts = args.map((each) => write(each, writing).text);
  const [of = "", first = "", second = ""] = texts;
  const [term] = args;
  const on = term === undefined ? "" : within(write(term, writing), LEVEL.atom);
  switch (name) {
    case "size":
      return atom(`len(${of})`);
    case "double":
      return atom(`${term?.type.kind === "string" ? helpers.use("real") : "float"}(${of})`);
    case "string":
      if (term?.type.kind === "bytes") return atom(`${on}.decode()`);
      if (term?.type.kind === "bool" || term?.type.kind === "double")
        return atom(`${helpers.use("text")}(${of})`);
      return atom(`str(${of})`);
    case "bytes":
      return atom(`${on}.encode()`);
    case "hex":
      return atom(`${on}.hex()`);
    case "unhex":
      return atom(`bytes.fromhex(${of})`);
    case "contains":
      return {
        text: `${within(write(args[1] as Term, writing), LEVEL.sum)} in ${within(write(args[0] as Term, writing), LEVEL.sum)}`,
        level: LEVEL.comparison,
      };
    case "startsWith":
      return atom(`${on}.startswith(${first})`);
    case "endsWith":
      return atom(`${on}.endswith(${first})`);
    case "substring":
      return atom(`${helpers.use("substring")}(${texts.join(", ")})`);
    case "join":
      return atom(
        `${texts.length === 1 ? '""' : within(write(args[1] as Term, writing), LEVEL.atom)}.join(${of})`,
      );
    case "split":
      return atom(`${on}.split(${first})`);
    case "replace":
      return atom(`${on}.replace(${first}, ${second})`);
    case "lowerAscii":
      return atom(`${helpers.use("lower_ascii")}(${of})`);
    case "upperAscii":
      return atom(`${helpers.use("upper_ascii")}(${of})`);
    default:
      return assertNever(name);
  }
}
