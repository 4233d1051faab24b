import { type CompareOperator, type FunctionName, type Term, typeName, Untranslatable } from "./term.ts";
import {
  arithmeticType,
  BOOL,
  BYTES,
  checkedByWhole,
  commonType,
  DOUBLE,
  greaterOf,
  INT,
  isInteger,
  isNumber,
  lesserOf,
  SIZE,
  STRING,
  UINT,
} from "./term-types.ts";

const COMPARISONS: Readonly<Record<string, CompareOperator>> = {
  "_==_": "==",
  "_!=_": "!=",
  "_<_": "<",
  "_<=_": "<=",
  "_>_": ">",
  "_>=_": ">=",
};
const ARITHMETIC = { "_+_": "+", "_-_": "-", "_*_": "*", "_/_": "/", "_%_": "%" } as const;

/** A call of an operator or of a function. `method`: the first argument stood before the dot. */
export function lowerCall(name: string, args: readonly Term[], method: boolean): Term {
  const [first, second, third] = args;
  if (first === undefined) throw new Untranslatable(`it calls \`${name}\` with nothing`);
  if (second === undefined) return lowerUnary(name, first);
  const operator = COMPARISONS[name];
  if (operator !== undefined) return compare(operator, first, second);
  if (name in ARITHMETIC) return arithmetic(ARITHMETIC[name as keyof typeof ARITHMETIC], first, second);
  switch (name) {
    case "_&&_":
    case "_||_":
      return {
        kind: "logic",
        operator: name === "_&&_" ? "and" : "or",
        left: condition(first),
        right: condition(second),
        type: BOOL,
      };
    case "_?_:_": {
      if (third === undefined) throw new Error("a choice of two has three parts");
      const type = commonType(second.type, third.type);
      return { kind: "choose", condition: condition(first), yes: second, no: third, type };
    }
    case "@in":
      return contains(first, second);
    case "_[_]":
      return index(first, second);
  }
  if (method) return lowerMethod(name, args);
  throw unknown(name, args);
}

function lowerUnary(name: string, of: Term): Term {
  const { type } = of;
  switch (name) {
    case "!_":
      return { kind: "not", of: condition(of), type: BOOL };
    case "-_": {
      if (type.kind === "double") return { kind: "negate", of, checked: false, type };
      if (type.kind !== "int") break;
      const negated = arithmeticType("-", { ...INT, least: 0n, most: 0n }, type);
      return { kind: "negate", of, ...negated };
    }
    case "size":
      if (["string", "bytes", "list", "map"].includes(type.kind)) return call("size", [of], SIZE);
      break;
    case "int":
    case "uint":
      return integer(name, of);
    case "double":
      if (type.kind === "double") return of;
      if (isInteger(type) || type.kind === "string") return call("double", [of], DOUBLE);
      break;
    case "string":
      if (type.kind === "string") return of;
      if (isNumber(type) || type.kind === "bool" || type.kind === "bytes") {
        return call("string", [of], STRING);
      }
      break;
    case "bytes":
      if (type.kind === "bytes") return of;
      if (type.kind === "string") return call("bytes", [of], BYTES);
      break;
    case "hex":
      if (type.kind === "bytes") return call("hex", [of], STRING);
      break;
    case "unhex":
      if (type.kind === "string") return call("unhex", [of], BYTES);
      break;
    case "lowerAscii":
    case "upperAscii":
      if (type.kind === "string") return call(name, [of], STRING);
      break;
    case "join":
      if (type.kind === "list" && isString(type.item)) return call("join", [of], STRING);
      break;
  }
  throw unknown(name, [of]);
}

function lowerMethod(name: string, args: readonly Term[]): Term {
  const [of, first, second] = args;
  if (of === undefined || first === undefined) throw unknown(name, args);
  switch (name) {
    case "contains":
    case "startsWith":
    case "endsWith":
      if (args.length === 2 && isString(of.type, first.type)) return call(name, args, BOOL);
      break;
    case "substring":
      if (of.type.kind === "string" && args.slice(1).every(({ type }) => type.kind === "int")) {
        return call("substring", args, STRING);
      }
      break;
    case "join":
      if (of.type.kind === "list" && isString(of.type.item, first.type)) return call("join", args, STRING);
      break;
    case "split":
      if (args.length === 2 && isString(of.type, first.type)) {
        return call("split", args, { kind: "list", item: STRING });
      }
      break;
    case "replace":
      if (args.length === 3 && second !== undefined && isString(of.type, first.type, second.type)) {
        return call("replace", args, STRING);
      }
      break;
  }
  throw unknown(name, args);
}

function call(name: FunctionName, args: readonly Term[], type: Term["type"]): Term {
  return { kind: "call", name, args, type };
}

/** Nothing may be a string too: an empty list has no items that are something else. */
function isString(...types: readonly Term["type"][]): boolean {
  return types.every(({ kind }) => kind === "string" || kind === "nothing");
}

function integer(to: "int" | "uint", of: Term): Term {
  const whole = to === "int" ? INT : UINT;
  const { type } = of;
  if (type.kind === "string" || type.kind === "double") {
    return { kind: "integer", of, checked: true, type: whole };
  }
  if (!isInteger(type)) throw unknown(to, [of]);
  const { least, most } = type;
  const fitting = {
    ...type,
    kind: to,
    least: greaterOf(least, whole.least),
    most: lesserOf(most, whole.most),
  };
  if (of.kind === "constant" && least === fitting.least) return { ...of, type: fitting };
  const checked = least < whole.least || most > whole.most;
  const bits = checked ? 64 : type.bits;
  return { kind: "integer", of, checked, type: { ...fitting, bits, enum: null } };
}

function condition(term: Term): Term {
  if (term.type.kind === "bool") return term;
  throw new Untranslatable(`a condition of it is ${typeName(term.type)}`);
}

function compare(operator: CompareOperator, left: Term, right: Term): Term {
  const [a, b] = [left.type, right.type];
  const term: Term = { kind: "compare", operator, left, right, type: BOOL };
  if (isNumber(a) && isNumber(b)) return term;
  const common = commonType(a, b);
  const isEquality = operator === "==" || operator === "!=";
  if (common.kind === "message") {
    throw new Untranslatable(`it compares whole messages (${common.desc.typeName})`);
  }
  if (common.kind === "list" || common.kind === "map" || common.kind === "refusal") {
    throw new Untranslatable(`it compares ${common.kind}s as a whole`);
  }
  if (isEquality || common.kind === "string") return term;
  throw new Untranslatable(`it asks which of two is greater, and they are ${typeName(common)}`);
}

function arithmetic(operator: "+" | "-" | "*" | "/" | "%", left: Term, right: Term): Term {
  const [a, b] = [left.type, right.type];
  if (isInteger(a) && isInteger(b) && a.kind === b.kind) {
    const { type, checked } = arithmeticType(operator, a, b);
    const parts = checked
      ? { left: checkedByWhole(left, operator, "left"), right: checkedByWhole(right, operator, "right") }
      : { left, right };
    return { kind: "arithmetic", operator, ...parts, type, checked };
  }
  if (a.kind === "double" && b.kind === "double" && operator !== "%") {
    return { kind: "arithmetic", operator, left, right, type: DOUBLE, checked: false };
  }
  if (operator === "+" && (a.kind === "string" || a.kind === "bytes" || a.kind === "list")) {
    const type = commonType(a, b);
    return { kind: "concat", left, right, type };
  }
  throw unknown(operator, [left, right]);
}

function contains(item: Term, of: Term): Term {
  if (of.type.kind === "list") {
    const kind = commonType(item.type, of.type.item).kind;
    if (kind === "message" || kind === "list" || kind === "map") {
      throw new Untranslatable(`it looks for a ${kind} in a list`);
    }
    return { kind: "in", item, of, type: BOOL };
  }
  if (of.type.kind === "map") {
    commonType(isInteger(item.type) ? { ...item.type, kind: keyKind(of) } : item.type, of.type.key);
    return { kind: "in", item, of, type: BOOL };
  }
  throw unknown("in", [item, of]);
}

/** A map is asked by int or uint, whichever its keys are. */
function keyKind({ type }: Term): "int" | "uint" {
  return type.kind === "map" && type.key.kind === "uint" ? "uint" : "int";
}

function index(of: Term, at: Term): Term {
  if (of.type.kind === "list" && isInteger(at.type)) return { kind: "index", of, at, type: of.type.item };
  if (of.type.kind === "map") {
    commonType(isInteger(at.type) ? { ...at.type, kind: keyKind(of) } : at.type, of.type.key);
    return { kind: "index", of, at, type: of.type.value };
  }
  if (of.type.kind === "record" && at.kind === "constant" && at.value.kind === "string") {
    const type = of.type.values.get(at.value.value);
    if (type !== undefined) return { kind: "index", of, at, type };
  }
  throw unknown("[]", [of, at]);
}

function unknown(name: string, args: readonly Term[]): Untranslatable {
  const shown = args.map(({ type }) => typeName(type)).join(", ");
  return new Untranslatable(`\`${name}\` of ${shown} has no like here`);
}
