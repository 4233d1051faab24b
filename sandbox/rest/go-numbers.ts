/** A value, or why Go's strconv refuses the text. */
export type Parsed<Value> = { readonly value: Value } | { readonly error: string };

const RANGE = "value out of range";
const SYNTAX = "invalid syntax";

/** Go's `strconv.ParseUint(text, 10, bits)`. */
export function parseUnsigned(text: string, bits: 32 | 64): Parsed<bigint> {
  if (!/^\d+$/.test(text)) return fail("ParseUint", text, SYNTAX);
  const value = BigInt(text);
  return value < 1n << BigInt(bits) ? { value } : fail("ParseUint", text, RANGE);
}

/** Go's `strconv.ParseInt(text, 10, bits)`. */
export function parseSigned(text: string, bits: 32 | 64): Parsed<bigint> {
  if (!/^[+-]?\d+$/.test(text)) return fail("ParseInt", text, SYNTAX);
  const value = BigInt(text.replace("+", ""));
  const limit = 1n << BigInt(bits - 1);
  return value < limit && value >= -limit ? { value } : fail("ParseInt", text, RANGE);
}

/** Go's `strconv.ParseBool(text)`. */
export function parseBool(text: string): Parsed<boolean> {
  if (["1", "t", "T", "TRUE", "true", "True"].includes(text)) return { value: true };
  if (["0", "f", "F", "FALSE", "false", "False"].includes(text)) return { value: false };
  return fail("ParseBool", text, SYNTAX);
}

/** Go's `strconv.ParseFloat(text, 64)`, hexadecimal floats aside. */
export function parseDouble(text: string): Parsed<number> {
  if (/^[+-]?(inf|infinity)$/i.test(text)) {
    return { value: text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY };
  }
  if (/^nan$/i.test(text)) return { value: Number.NaN };
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) return fail("ParseFloat", text, SYNTAX);
  const value = Number(text);
  return Number.isFinite(value) ? { value } : fail("ParseFloat", text, RANGE);
}

/** A text in double quotes as Go's `%q` writes it, for what can stand in a URL or in an error. */
export function goQuote(text: string): string {
  return JSON.stringify(text).replace(/\\u([0-9a-f]{4})/g, (_, hex: string) =>
    hex.startsWith("00") ? `\\x${hex.slice(2)}` : `\\u${hex}`,
  );
}

function fail(name: string, text: string, reason: string): { error: string } {
  return { error: `strconv.${name}: parsing ${goQuote(text)}: ${reason}` };
}
