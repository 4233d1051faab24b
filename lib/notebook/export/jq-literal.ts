import { assertNever } from "../../call/assert-never.ts";
import { toBase64 } from "../../schema/bytes-text.ts";
import type { Instead, Literal } from "../../snippets/literal.ts";
import { integerText, JQ_WORDS, jqQuote } from "./jq-term.ts";
import { Untranslatable } from "./term.ts";

/** A value as a filter of jq that makes its ProtoJSON: proto names, 64-bit integers exact, bytes in base64. */
export function jqLiteral(value: Literal, instead: Instead): string {
  const inner = (each: Literal) => jqLiteral(each, instead);
  const other = instead.get(value);
  if (other !== undefined) return other;
  switch (value.kind) {
    case "message":
      if (value.type.typeName.startsWith("google.protobuf.")) {
        throw new Untranslatable(`JSON has a form of its own for ${value.type.typeName}`);
      }
      return object(value.fields.map(({ field, value: each }) => [jqQuote(field.name), inner(each)]));
    case "list":
      return `[${value.items.map(inner).join(", ")}]`;
    case "map":
      return object(value.entries.map(([key, each]) => [jqQuote(keyText(key)), inner(each)]));
    case "enum":
      return value.name === null ? String(value.number) : jqQuote(value.name);
    case "integer":
      return integerText(value.value);
    case "real":
      return Number.isFinite(value.value) ? String(value.value) : jqQuote(String(value.value));
    case "flag":
      return String(value.value);
    case "text":
      return jqQuote(value.value);
    case "bytes":
      return jqQuote(toBase64(value.value));
    default:
      return assertNever(value);
  }
}

function object(entries: readonly (readonly [key: string, value: string])[]): string {
  const parts = entries.map(([key, value]) => `${plain(key)}: ${value}`);
  const line = `{${parts.join(", ")}}`;
  if (line.length <= 88 && !line.includes("\n")) return line;
  return `{\n${parts.map((part) => `  ${part.replaceAll("\n", "\n  ")}`).join(",\n")}\n}`;
}

function plain(key: string): string {
  const name = key.slice(1, -1);
  return /^[A-Za-z_]\w*$/.test(name) && !JQ_WORDS.has(name) ? name : key;
}

function keyText(key: Literal): string {
  if (key.kind === "text" || key.kind === "integer" || key.kind === "flag") return String(key.value);
  throw new Error(`a map's key of kind ${key.kind}`);
}
