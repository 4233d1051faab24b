import type { DescEnum, DescField, DescFile, DescMessage } from "@bufbuild/protobuf";
import { isWrapperDesc } from "@bufbuild/protobuf/wkt";
import { jsLiteral, jsObject, mapKey } from "./js-literal.ts";
import { jsBytes, jsKey, jsQuote } from "./js-quote.ts";
import { layOut } from "./lay-out.ts";
import type { EnumLiteral, Instead, Literal, MessageLiteral } from "./literal.ts";
import { namesWithin } from "./type-name.ts";

/** What a program imports of the code that protoc-gen-es makes. */
export class ConnectImports {
  readonly #byFile = new Map<string, Set<string>>();

  /** The name of an export of a file, imported. */
  use(file: DescFile, name: string): string {
    const path = file.proto.name.replace(/\.proto$/, "");
    const from = path.startsWith("google/protobuf/") ? "@bufbuild/protobuf/wkt" : `./gen/${path}_pb.js`;
    const names = this.#byFile.get(from) ?? new Set();
    this.#byFile.set(from, names.add(name));
    return name;
  }

  schema(type: DescMessage): string {
    return this.use(type.file, `${namesWithin(type).join("_")}Schema`);
  }

  enum(type: DescEnum): string {
    return this.use(type.file, namesWithin(type).join("_"));
  }

  lines(): string[] {
    return [...this.#byFile]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([from, names]) => `import { ${[...names].sort().join(", ")} } from ${jsQuote(from)};`);
  }
}

/** An expression that makes a message. */
export function createText(
  literal: MessageLiteral,
  imports: ConnectImports,
  bytes = jsBytes,
  instead?: Instead,
): string {
  const text = connectLiteral(literal, imports, bytes, instead);
  const schema = imports.schema(literal.type);
  return text === "{}" ? `create(${schema})` : `create(${schema}, ${text})`;
}

/** As `create` of @bufbuild/protobuf takes it: camel case, 64-bit integers as BigInt, a oneof as its case and value. */
export function connectLiteral(
  value: Literal,
  imports: ConnectImports,
  bytes = jsBytes,
  instead?: Instead,
): string {
  return jsLiteral(value, {
    message: (message, inner) => (isStruct(message.type) ? structText(message) : messageText(message, inner)),
    enum: (each) => enumText(each, imports),
    wide: (integer) => `${integer}n`,
    bytes,
    instead,
  });
}

function messageText({ fields }: MessageLiteral, inner: (value: Literal) => string): string {
  const parts = fields.map(({ field, value }): [string, string] => {
    const text = inner(isUnwrapped(field) ? wrapped(value) : value);
    if (field.oneof === undefined) return [jsKey(field.localName), text];
    const chosen = [
      ["case", jsQuote(field.localName)],
      ["value", text],
    ] as const;
    return [jsKey(field.oneof.localName), jsObject(chosen)];
  });
  return jsObject(parts);
}

/** A wrapper (google.protobuf.UInt64Value) stands as its value, unless it is one of many or of a oneof. */
function isUnwrapped(field: DescField): boolean {
  return field.fieldKind === "message" && field.oneof === undefined && isWrapperDesc(field.message);
}

function wrapped(value: Literal): Literal {
  if (value.kind !== "message") return value;
  return value.fields[0]?.value ?? zeroOf(value.type);
}

function zeroOf(wrapper: DescMessage): Literal {
  const name = wrapper.name.replace("Value", "");
  if (name === "String") return { kind: "text", value: "" };
  if (name === "Bytes") return { kind: "bytes", value: new Uint8Array() };
  if (name === "Bool") return { kind: "flag", value: false };
  if (name === "Double" || name === "Float") return { kind: "real", bits: 64, value: 0 };
  return { kind: "integer", bits: name.endsWith("64") ? 64 : 32, signed: true, value: 0n };
}

function enumText({ type, number, name }: EnumLiteral, imports: ConnectImports): string {
  const value = type.value[number];
  return name === null || value === undefined ? String(number) : `${imports.enum(type)}.${value.localName}`;
}

function isStruct(type: DescMessage): boolean {
  return type.typeName === "google.protobuf.Struct";
}

/** A google.protobuf.Struct stands as a plain object. */
function structText(struct: MessageLiteral): string {
  const [fields] = struct.fields;
  const entries = fields?.value.kind === "map" ? fields.value.entries : [];
  return jsObject(entries.map(([key, item]) => [mapKey(key), plainText(item)]));
}

/** A google.protobuf.Value within a struct. */
function plainText(value: Literal): string {
  const [set] = value.kind === "message" ? value.fields : [];
  if (set === undefined || set.value.kind === "enum") return "null";
  if (set.value.kind !== "message") return connectLiteral(set.value, new ConnectImports());
  if (isStruct(set.value.type)) return structText(set.value);
  const [list] = set.value.fields;
  return layOut("[", list?.value.kind === "list" ? list.value.items.map(plainText) : [], "]", "  ");
}
