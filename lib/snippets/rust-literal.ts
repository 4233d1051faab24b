import type { DescField } from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence, isWrapperDesc } from "@bufbuild/protobuf/wkt";
import { assertNever } from "../call/assert-never.ts";
import { toHex } from "../schema/bytes-text.ts";
import type { EnumLiteral, Literal, MessageLiteral } from "./literal.ts";
import type { RustModules } from "./rust-modules.ts";
import { isBoxed, oneofWithin, rustCamel, rustSnake, typeWithin, variantName } from "./rust-names.ts";
import { rustNumber, rustQuote } from "./rust-quote.ts";
import { indented } from "./snippet.ts";

/** The expression of a message, in a function that returns a `Result`. */
export function rustMessage(message: MessageLiteral, modules: RustModules): string {
  const { type, fields } = message;
  if (isWrapperDesc(type)) return wrapped(message, modules);
  if (type.typeName === "google.protobuf.Empty") return "()";
  const path = modules.within(type.file, typeWithin(type));
  const members = type.fields.filter(({ oneof }) => oneof === undefined).length + type.oneofs.length;
  if (fields.length === 0) return members === 0 ? `${path} {}` : `${path}::default()`;
  const pairs = fields.map(({ field, value }) =>
    field.oneof === undefined
      ? `${rustSnake(field.name)}: ${fieldText(field, value, modules)}`
      : `${rustSnake(field.oneof.name)}: Some(${variantText(field, value, modules)})`,
  );
  return braces(path, fields.length < members ? [...pairs, "..Default::default()"] : pairs);
}

/** Whether a message has a negative zero where prost sends none: in a field without presence, or in a map. */
export function losesSign({ fields }: MessageLiteral): boolean {
  return fields.some(({ field, value }) => {
    const isLost = (each: Literal) => each.kind === "real" && Object.is(each.value, -0);
    switch (value.kind) {
      case "message":
        return losesSign(value);
      case "list":
        return value.items.some((item) => item.kind === "message" && losesSign(item));
      case "map":
        return value.entries.some(([, item]) => isLost(item) || (item.kind === "message" && losesSign(item)));
      default:
        return field.presence === FeatureSet_FieldPresence.IMPLICIT && isLost(value);
    }
  });
}

/** A wrapper (google.protobuf.UInt64Value) stands as its value. */
function wrapped({ fields }: MessageLiteral, modules: RustModules): string {
  const [set] = fields;
  return set === undefined ? "Default::default()" : valueText(set.value, modules);
}

function fieldText(field: DescField, value: Literal, modules: RustModules): string {
  switch (value.kind) {
    case "list":
      return bracketed(
        "vec![",
        value.items.map((item) => valueText(item, modules)),
        "]",
      );
    case "map": {
      const entries = value.entries.map(
        ([key, item]) => `(${valueText(key, modules)}, ${valueText(item, modules)})`,
      );
      const map =
        field.parent.typeName === "google.protobuf.Struct" ? "std::collections::BTreeMap" : modules.map();
      return bracketed(`${map}::from([`, entries, "])");
    }
    default: {
      const text = boxed(field, valueText(value, modules));
      return field.presence === FeatureSet_FieldPresence.EXPLICIT ? `Some(${text})` : text;
    }
  }
}

function variantText(field: DescField, value: Literal, modules: RustModules): string {
  const { parent, oneof } = field;
  const path = modules.within(parent.file, oneofWithin(parent, oneof?.name ?? ""));
  return `${path}::${rustCamel(field.name)}(${boxed(field, valueText(value, modules))})`;
}

function boxed(field: DescField, text: string): string {
  return isBoxed(field) ? `Box::new(${text})` : text;
}

function valueText(value: Literal, modules: RustModules): string {
  switch (value.kind) {
    case "message":
      return rustMessage(value, modules);
    case "enum":
      return enumText(value, modules);
    case "integer":
      return String(value.value);
    case "real":
      return rustNumber(value.value, value.bits);
    case "flag":
      return String(value.value);
    case "text":
      return value.value === "" ? "String::new()" : `${rustQuote(value.value)}.to_string()`;
    case "bytes":
      return value.value.length === 0 ? "Default::default()" : `hex::decode("${toHex(value.value)}")?.into()`;
    case "list":
    case "map":
      throw new Error(`a ${value.kind} within a list or map`);
    default:
      return assertNever(value);
  }
}

/** Enums are fields of type i32. */
function enumText({ type, number, name }: EnumLiteral, modules: RustModules): string {
  if (name === null) return String(number);
  return `${modules.within(type.file, typeWithin(type))}::${variantName(type, number)}.into()`;
}

/** A struct, laid out as rustfmt does. */
function braces(path: string, parts: readonly string[]): string {
  const line = parts.join(", ");
  if (line.length <= 18 && !line.includes("\n")) return `${path} { ${line} }`;
  const lines = parts.map((part) => `    ${indented(part, "    ")}${part.startsWith("..") ? "" : ","}\n`);
  return `${path} {\n${lines.join("")}}`;
}

function bracketed(open: string, items: readonly string[], close: string): string {
  const line = items.join(", ");
  if (line.length <= 60 && !line.includes("\n")) return `${open}${line}${close}`;
  return `${open}\n${items.map((item) => `    ${indented(item, "    ")},\n`).join("")}${close}`;
}
