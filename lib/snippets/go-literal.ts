import { type DescEnum, type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import { assertNever } from "../call/assert-never.ts";
import { toHex } from "../schema/bytes-text.ts";
import { goFieldNames, goTypeName, goValueName } from "./go-names.ts";
import type { GoPackages } from "./go-packages.ts";
import { goNumber, goQuote } from "./go-quote.ts";
import type { EnumLiteral, Literal, MessageLiteral } from "./literal.ts";
import { indented } from "./snippet.ts";

/** The expression of a message, a pointer: `&poolrpc.Order{Amt: 5}`. */
export function goMessage(message: MessageLiteral, packages: GoPackages): string {
  return `&${goType(message.type, packages)}${goFields(message, packages)}`;
}

/** The name of a message's or an enum's type. */
export function goType(type: DescMessage | DescEnum, packages: GoPackages): string {
  return `${packages.nameOf(type.file)}.${goTypeName(type)}`;
}

/** The braces of a message: what stands of it where its type is said around it. */
export function goFields({ type, fields }: MessageLiteral, packages: GoPackages): string {
  const names = goFieldNames(type);
  const pairs = fields.map(({ field, value }): readonly [string, string] => {
    const name = names.field.get(field) ?? field.name;
    const wrapper = names.wrapper.get(field);
    if (field.oneof === undefined || wrapper === undefined) return [name, fieldText(field, value, packages)];
    const inside = braces([[name, valueText(value, packages)]]);
    return [names.oneof.get(field.oneof.name) ?? "", `&${packages.nameOf(type.file)}.${wrapper}${inside}`];
  });
  return braces(pairs);
}

function fieldText(field: DescField, value: Literal, packages: GoPackages): string {
  switch (value.kind) {
    case "list":
      return listText(`[]${elementType(field, packages)}`, value.items, packages);
    case "map": {
      const key = scalarType(field.fieldKind === "map" ? field.mapKey : ScalarType.STRING);
      const pairs = value.entries.map(
        ([each, item]) => [valueText(each, packages), elided(item, packages)] as const,
      );
      return `map[${key}]${elementType(field, packages)}${braces(pairs)}`;
    }
    default:
      return hasPointer(field) ? pointerText(value, packages) : valueText(value, packages);
  }
}

function listText(type: string, items: readonly Literal[], packages: GoPackages): string {
  const texts = items.map((item) => elided(item, packages));
  const line = `${type}{${texts.join(", ")}}`;
  if (line.length <= 80 && !line.includes("\n")) return line;
  return `${type}{\n${texts.map((text) => `\t${indented(text, "\t")},\n`).join("")}}`;
}

/** An element of a list or a map: the type of a message is said by the list's. */
function elided(value: Literal, packages: GoPackages): string {
  return value.kind === "message" ? goFields(value, packages) : valueText(value, packages);
}

/** Whether a field is a pointer, so that it can be set to its type's zero. Messages and bytes are nil where they are not set. */
function hasPointer(field: DescField): boolean {
  if (field.presence === FeatureSet_FieldPresence.IMPLICIT) return false;
  return field.fieldKind === "enum" || (field.fieldKind === "scalar" && field.scalar !== ScalarType.BYTES);
}

function pointerText(value: Literal, packages: GoPackages): string {
  const text = valueText(value, packages);
  if (value.kind === "enum") return `${text}.Enum()`;
  return `${packages.proto()}.${pointerTo(value)}(${text})`;
}

function pointerTo(value: Literal): string {
  switch (value.kind) {
    case "integer":
      return `${value.signed ? "Int" : "Uint"}${value.bits}`;
    case "real":
      return `Float${value.bits}`;
    case "flag":
      return "Bool";
    case "text":
      return "String";
    default:
      throw new Error(`a pointer to a value of kind ${value.kind}`);
  }
}

function valueText(value: Literal, packages: GoPackages): string {
  switch (value.kind) {
    case "message":
      return goMessage(value, packages);
    case "enum":
      return enumText(value, packages);
    case "integer":
      return String(value.value);
    case "real": {
      const text = goNumber(value.value, value.bits);
      if (text.includes("math.")) packages.use("math");
      return text;
    }
    case "flag":
      return String(value.value);
    case "text":
      return goQuote(value.value);
    case "bytes":
      if (value.value.length === 0) return "[]byte{}";
      return `${packages.fromHex()}("${toHex(value.value)}")`;
    case "list":
    case "map":
      throw new Error(`a ${value.kind} within a list or map`);
    default:
      return assertNever(value);
  }
}

function enumText({ type, number, name }: EnumLiteral, packages: GoPackages): string {
  if (name === null) return `${goType(type, packages)}(${number})`;
  return `${packages.nameOf(type.file)}.${goValueName(type, name)}`;
}

function elementType(field: DescField, packages: GoPackages): string {
  if (field.message !== undefined) return `*${goType(field.message, packages)}`;
  return field.enum === undefined ? scalarType(field.scalar) : goType(field.enum, packages);
}

function scalarType(type: ScalarType | undefined): string {
  switch (type) {
    case ScalarType.BOOL:
      return "bool";
    case ScalarType.BYTES:
      return "[]byte";
    case ScalarType.DOUBLE:
      return "float64";
    case ScalarType.FLOAT:
      return "float32";
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return "int32";
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return "uint32";
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
      return "int64";
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return "uint64";
    default:
      return "string";
  }
}

/** Pairs in braces, laid out as gofmt does: on one line, or with the values of lines that follow each other in a column. */
function braces(pairs: readonly (readonly [key: string, value: string])[]): string {
  const line = `{${pairs.map(([key, value]) => `${key}: ${value}`).join(", ")}}`;
  if (line.length <= 60 && !line.includes("\n")) return line;
  const lines: string[] = [];
  for (let at = 0; at < pairs.length; ) {
    let end = at + 1;
    const isShort = (index: number) => pairs[index]?.[1].includes("\n") === false;
    if (isShort(at)) while (isShort(end)) end++;
    const run = pairs.slice(at, end);
    const width = Math.max(...run.map(([key]) => [...key].length));
    for (const [key, value] of run) {
      const gap = " ".repeat(run.length === 1 ? 1 : width - [...key].length + 1);
      lines.push(`\t${key}:${gap}${indented(value, "\t")},\n`);
    }
    at = end;
  }
  return `{\n${lines.join("")}}`;
}
