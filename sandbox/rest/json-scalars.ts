import { ScalarType } from "@bufbuild/protobuf";
import type { JsonToken } from "./json-tokens.ts";

/** A scalar's name in `.proto` files, and in protojson's errors. */
export function scalarName(type: ScalarType): string {
  return (ScalarType[type] ?? "").toLowerCase();
}

/**
 * The value of a token for this type, as protojson takes it: numbers also as text, without spaces; exponents where the
 * result is whole. Undefined where it is none. Bytes are not read here.
 */
export function toScalar(type: ScalarType, token: JsonToken): boolean | string | number | bigint | undefined {
  switch (type) {
    case ScalarType.BOOL:
      return token.kind === "true" ? true : token.kind === "false" ? false : undefined;
    case ScalarType.STRING:
      return token.kind === "string" ? token.text : undefined;
    case ScalarType.BYTES:
      return undefined;
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return toFloat(token);
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
      return within(toWhole(token), -(1n << 63n), (1n << 63n) - 1n);
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return within(toWhole(token), 0n, (1n << 64n) - 1n);
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return toNumber(within(toWhole(token), -(1n << 31n), (1n << 31n) - 1n));
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return toNumber(within(toWhole(token), 0n, (1n << 32n) - 1n));
  }
}

const NUMBER = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
/** The largest 64 bit number has that many digits. */
const MAX_DIGITS = 20;

function toWhole(token: JsonToken): bigint | undefined {
  const text = numberText(token);
  const parts = text === undefined ? null : NUMBER.exec(text);
  if (parts === null) return undefined;
  const [, sign = "", int = "0", rest = "", power = "0"] = parts;
  const fraction = rest.replace(/0+$/, "");
  const digits = int === "0" ? "" : int;
  if (digits === "" && fraction === "") return 0n;
  const exponent = Number(power);
  if (fraction.length > Math.max(exponent, 0) || digits.length + exponent > MAX_DIGITS) return undefined;
  if (exponent >= 0) return BigInt(`${sign}${digits}${fraction}${"0".repeat(exponent - fraction.length)}`);
  const kept = digits.length + exponent;
  return kept >= 0 && /^0*$/.test(digits.slice(kept))
    ? BigInt(`${sign}${digits.slice(0, kept) || "0"}`)
    : undefined;
}

function toFloat(token: JsonToken): number | undefined {
  if (token.kind === "string" && ["NaN", "Infinity", "-Infinity"].includes(token.text))
    return Number(token.text);
  const text = numberText(token);
  const value = text !== undefined && NUMBER.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

function numberText(token: JsonToken): string | undefined {
  return token.kind === "number" ? token.raw : token.kind === "string" ? token.text : undefined;
}

function within(value: bigint | undefined, least: bigint, most: bigint): bigint | undefined {
  return value !== undefined && value >= least && value <= most ? value : undefined;
}

function toNumber(value: bigint | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}
