import { goQuote } from "./go-numbers.ts";

/** The first value of a text as Go's JSON decoder takes it from a stream, why it does not, or that there is none. */
export type JsonReading = { readonly value: string } | { readonly error: string } | { readonly empty: true };

type Step = (char: string) => Step | string;

/**
 * Finds the first JSON value of `text`; what comes after it is not looked at. Errors are in the words of Go's
 * `encoding/json`.
 */
export function firstJsonValue(text: string): JsonReading {
  const start = text.search(/[^ \t\r\n]/);
  if (start < 0) return { empty: true };
  const scanner = createScanner();
  for (let at = start; at < text.length; at++) {
    const wrong = scanner.feed(text[at] ?? "");
    if (wrong !== undefined) return { error: wrong };
    if (scanner.done()) return { value: text.slice(start, at + (scanner.includesLast() ? 1 : 0)) };
  }
  return scanner.endsHere() ? { value: text.slice(start) } : { error: "unexpected EOF" };
}

/** Go's scanner: a state is a function of the next character; a text is what is wrong with it. */
function createScanner() {
  const open: ("{" | "[")[] = [];
  let closed = false;
  let included = true;
  let step: Step = value("beginning of value");

  const bad = (char: string, where: string) => `invalid character ${quoteChar(char)} ${where}`;

  function value(where: string): Step {
    return (char) => {
      if (isSpace(char)) return step;
      if (char === "{") return push("{", nameOrEnd);
      if (char === "[") return push("[", valueOrEnd);
      if (char === '"') return string(end);
      if (char === "-") return afterMinus;
      if (char === "0") return afterZero;
      if (/[1-9]/.test(char)) return digits;
      if (char === "t") return literal("true", 1);
      if (char === "f") return literal("false", 1);
      if (char === "n") return literal("null", 1);
      return bad(char, `looking for ${where}`);
    };
  }
  function push(kind: "{" | "[", next: Step): Step {
    open.push(kind);
    return next;
  }
  const valueOrEnd: Step = (char) => {
    if (isSpace(char)) return step;
    return char === "]" ? pop() : value("beginning of value")(char);
  };
  const nameOrEnd: Step = (char) => {
    if (isSpace(char)) return step;
    return char === "}" ? pop() : name(char);
  };
  const name: Step = (char) => {
    if (isSpace(char)) return step;
    return char === '"' ? string(colon) : bad(char, "looking for beginning of object key string");
  };
  const colon: Step = (char) => {
    if (isSpace(char)) return step;
    return char === ":" ? value("beginning of value") : bad(char, "after object key");
  };
  const end: Step = (char) => {
    if (isSpace(char)) return step;
    const kind = open.at(-1);
    if (char === ",") return kind === "{" ? name : value("beginning of value");
    if (kind === "{") return char === "}" ? pop() : bad(char, "after object key:value pair");
    return char === "]" ? pop() : bad(char, "after array element");
  };
  function pop(): Step {
    open.pop();
    if (open.length === 0) closed = true;
    return end;
  }
  function string(next: Step): Step {
    const inside: Step = (char) => {
      if (char === '"') return finish(next);
      if (char === "\\") return afterBackslash;
      return char < " " ? bad(char, "in string literal") : inside;
    };
    const afterBackslash: Step = (char) => {
      if ('bfnrt\\/"'.includes(char)) return inside;
      return char === "u" ? hex(4) : bad(char, "in string escape code");
    };
    const hex =
      (left: number): Step =>
      (char) => {
        if (!/[0-9a-fA-F]/.test(char)) return bad(char, "in \\u hexadecimal character escape");
        return left === 1 ? inside : hex(left - 1);
      };
    return inside;
  }
  function finish(next: Step): Step {
    if (open.length === 0) closed = true;
    return next;
  }
  function literal(word: string, at: number): Step {
    return (char) => {
      if (char !== word[at]) return bad(char, `in literal ${word} (expecting ${quoteChar(word[at] ?? "")})`);
      return at + 1 === word.length ? finish(end) : literal(word, at + 1);
    };
  }
  // A number ends with the character after it, which may be anything that can follow a value.
  const afterNumber: Step = (char) => {
    if (open.length === 0) {
      closed = true;
      included = false;
      return end;
    }
    return end(char);
  };
  const afterMinus: Step = (char) => {
    if (char === "0") return afterZero;
    return /[1-9]/.test(char) ? digits : bad(char, "in numeric literal");
  };
  const digits: Step = (char) => (/\d/.test(char) ? digits : afterZero(char));
  const afterZero: Step = (char) => {
    if (char === ".") return needDigit("after decimal point in numeric literal", fraction);
    return /[eE]/.test(char) ? exponent : afterNumber(char);
  };
  const fraction: Step = (char) => {
    if (/\d/.test(char)) return fraction;
    return /[eE]/.test(char) ? exponent : afterNumber(char);
  };
  const exponent: Step = (char) =>
    /[+-]/.test(char)
      ? needDigit("in exponent of numeric literal", power)
      : needDigit("in exponent of numeric literal", power)(char);
  const power: Step = (char) => (/\d/.test(char) ? power : afterNumber(char));
  function needDigit(where: string, next: Step): Step {
    return (char) => (/\d/.test(char) ? next : bad(char, where));
  }

  return {
    feed(char: string): string | undefined {
      const next = step(char);
      if (typeof next === "string") return next;
      step = next;
      return undefined;
    },
    done: () => closed,
    includesLast: () => included,
    endsHere: () =>
      open.length === 0 && (step === digits || step === afterZero || step === fraction || step === power),
  };
}

function isSpace(char: string): boolean {
  return char === " " || char === "\t" || char === "\r" || char === "\n";
}

/** A character as Go's error texts quote it. */
function quoteChar(char: string): string {
  if (char === "'") return "'\\''";
  if (char === '"') return "'\"'";
  return `'${goQuote(char).slice(1, -1)}'`;
}
