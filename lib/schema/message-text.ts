import {
  type DescEnum,
  type DescField,
  type DescMessage,
  fromBinary,
  type JsonValue,
  type Message,
  type Registry,
  ScalarType,
  toJson,
  type UnknownField,
} from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { type Any, AnySchema, hasCustomJsonRepresentation } from "@bufbuild/protobuf/wkt";
import type { BytesForm } from "../call/call.ts";
import { formatBytes } from "./bytes-lens.ts";

export interface MessageTextOptions {
  readonly bytes: BytesForm;
  readonly registry: Registry;
  readonly emitDefaults: boolean;
  readonly onUnknown?: (path: string, field: UnknownField) => void;
}

/** A message as pretty ProtoJSON with field names as in the proto file. Linear in the message's size. */
export function writeMessage(desc: DescMessage, message: Message, options: MessageTextOptions): string {
  const writer = new TextWriter(options);
  writer.message(reflect(desc, message, false), "\n", "");
  return writer.text();
}

class TextWriter {
  private readonly parts: string[] = [];
  private readonly options: MessageTextOptions;

  constructor(options: MessageTextOptions) {
    this.options = options;
  }

  text(): string {
    return this.parts.join("");
  }

  /** `newline` is a line break with the indentation that the message's own braces have. */
  message(message: ReflectMessage, newline: string, path: string): void {
    const packed = unpacked(message, this.options.registry);
    if (packed !== null) this.members(packed.message, newline, path, packed.typeUrl);
    else if (hasCustomJsonRepresentation(message.desc)) this.wellKnown(message, newline);
    else this.members(message, newline, path, null);
  }

  private members(message: ReflectMessage, newline: string, path: string, typeUrl: string | null): void {
    for (const field of message.getUnknown() ?? []) this.options.onUnknown?.(path, field);
    const inner = `${newline}  `;
    let separator = "{";
    if (typeUrl !== null) {
      this.parts.push(separator, inner, `"@type": ${JSON.stringify(typeUrl)}`);
      separator = ",";
    }
    for (const field of message.sortedFields) {
      if (!this.shown(message, field)) continue;
      this.parts.push(separator, inner, JSON.stringify(field.name), ": ");
      this.field(message, field, inner, path === "" ? field.name : `${path}.${field.name}`);
      separator = ",";
    }
    this.parts.push(separator === "{" ? "{}" : `${newline}}`);
  }

  private shown(message: ReflectMessage, field: DescField): boolean {
    if (message.isSet(field)) return true;
    if (!this.options.emitDefaults || field.oneof !== undefined) return false;
    return field.fieldKind === "list" || field.fieldKind === "map" || field.presence === implicitPresence;
  }

  private field(message: ReflectMessage, field: DescField, newline: string, path: string): void {
    switch (field.fieldKind) {
      case "list": {
        let index = 0;
        this.block("[", "]", message.get(field), newline, (item, inner) =>
          this.value(field, item, inner, `${path}[${index++}]`),
        );
        return;
      }
      case "map":
        this.block("{", "}", message.get(field).entries(), newline, ([key, value], inner) => {
          this.parts.push(JSON.stringify(String(key)), ": ");
          this.value(field, value, inner, `${path}[${JSON.stringify(String(key))}]`);
        });
        return;
      default:
        this.value(field, message.get(field), newline, path);
    }
  }

  private block<T>(
    open: string,
    close: string,
    items: Iterable<T>,
    newline: string,
    write: (item: T, newline: string) => void,
  ): void {
    const inner = `${newline}  `;
    let separator = open;
    for (const item of items) {
      this.parts.push(separator, inner);
      write(item, inner);
      separator = ",";
    }
    this.parts.push(separator === open ? `${open}${close}` : `${newline}${close}`);
  }

  private value(field: DescField, value: unknown, newline: string, path: string): void {
    if (field.message !== undefined) this.message(value as ReflectMessage, newline, path);
    else if (field.enum !== undefined) this.parts.push(enumText(field.enum, value as number));
    else this.parts.push(this.scalar(field.scalar, value));
  }

  private scalar(type: ScalarType, value: unknown): string {
    switch (type) {
      case ScalarType.BYTES:
        return this.bytes(value as Uint8Array);
      case ScalarType.FLOAT:
      case ScalarType.DOUBLE:
        return floatText(value as number);
      default:
        return typeof value === "bigint" ? `"${value}"` : JSON.stringify(value);
    }
  }

  private bytes(bytes: Uint8Array): string {
    return `"${formatBytes(this.options.bytes, bytes)}"`;
  }

  /** Types with a JSON form of their own; bytes in a wrapper are in the asked form all the same. */
  private wellKnown(message: ReflectMessage, newline: string): void {
    const [field] = message.fields;
    if (message.desc.typeName === "google.protobuf.BytesValue" && field?.fieldKind === "scalar") {
      this.parts.push(this.bytes(message.get(field) as Uint8Array));
      return;
    }
    const { registry } = this.options;
    let json: JsonValue;
    try {
      json = toJson(message.desc, message.message, { registry, useProtoFieldName: true });
    } catch (error) {
      json = `(${error instanceof Error ? error.message : String(error)})`;
    }
    this.parts.push(JSON.stringify(json, null, 2).replaceAll("\n", newline));
  }
}

/** What a `google.protobuf.Any` holds, where its type is known and has no JSON form of its own. */
function unpacked(
  message: ReflectMessage,
  registry: Registry,
): { message: ReflectMessage; typeUrl: string } | null {
  if (message.desc.typeName !== AnySchema.typeName) return null;
  const any = message.message as Any;
  const desc = registry.getMessage(any.typeUrl.slice(any.typeUrl.lastIndexOf("/") + 1));
  if (desc === undefined || hasCustomJsonRepresentation(desc)) return null;
  try {
    return { message: reflect(desc, fromBinary(desc, any.value), false), typeUrl: any.typeUrl };
  } catch {
    return null;
  }
}

/** protobuf-es names it only by its number: FeatureSet.FieldPresence.IMPLICIT. */
const implicitPresence = 2;

function enumText(desc: DescEnum, value: number): string {
  if (desc.typeName === "google.protobuf.NullValue") return "null";
  const name = desc.value[value]?.name;
  return name === undefined ? String(value) : `"${name}"`;
}

function floatText(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? "-0" : String(value);
  return `"${value}"`;
}
