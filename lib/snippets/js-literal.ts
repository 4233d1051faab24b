import { assertNever } from "../call/assert-never.ts";
import { jsKey, jsNumber, jsQuote } from "./js-quote.ts";
import { layOut } from "./lay-out.ts";
import type { EnumLiteral, Instead, Literal, MessageLiteral } from "./literal.ts";

/** What one client of JavaScript writes otherwise than another. */
export interface JsDialect {
  /** `inner` writes a value within the message. */
  message(message: MessageLiteral, inner: (value: Literal) => string): string;
  enum(value: EnumLiteral): string;
  /** A 64-bit integer, which a number cannot hold. */
  wide(value: bigint): string;
  bytes(value: Uint8Array): string;
  /** What is written in the place of literals. */
  readonly instead?: Instead | undefined;
}

/** A value as an expression. */
export function jsLiteral(value: Literal, dialect: JsDialect): string {
  const inner = (each: Literal) => jsLiteral(each, dialect);
  const other = dialect.instead?.get(value);
  if (other !== undefined) return other;
  switch (value.kind) {
    case "message":
      return dialect.message(value, inner);
    case "list":
      return layOut("[", value.items.map(inner), "]", "  ");
    case "map":
      return jsObject(value.entries.map(([key, item]) => [mapKey(key), inner(item)]));
    case "enum":
      return dialect.enum(value);
    case "integer":
      return value.bits === 64 ? dialect.wide(value.value) : String(value.value);
    case "real":
      return jsNumber(value.value);
    case "flag":
      return String(value.value);
    case "text":
      return jsQuote(value.value);
    case "bytes":
      return dialect.bytes(value.value);
    default:
      return assertNever(value);
  }
}

/** An object of keys and values that are written already. */
export function jsObject(entries: readonly (readonly [key: string, value: string])[]): string {
  return layOut(
    "{ ",
    entries.map(([key, value]) => `${key}: ${value}`),
    " }",
    "  ",
  );
}

/** Keys of an object are texts, whatever the map's are. */
export function mapKey(key: Literal): string {
  if (key.kind === "text" || key.kind === "integer" || key.kind === "flag") return jsKey(String(key.value));
  throw new Error(`a map's key of kind ${key.kind}`);
}
