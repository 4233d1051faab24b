import { type DescEnum, type DescField, type Registry, ScalarType, toJson } from "@bufbuild/protobuf";
import type { ReflectMessage } from "@bufbuild/protobuf/reflect";
import type { BytesForm } from "../call/call.ts";
import { formatBytes } from "../schema/bytes-lens.ts";
import { scalarName } from "../schema/scalar-range.ts";

/** A value that is no message as a reader wants it: exact, without quotes; enums by name, or by number where unknown. */
export function valueText(field: DescField, value: unknown, bytes: BytesForm): string {
  if (field.enum !== undefined) return enumText(field.enum, value as number);
  return scalarText(field.scalar, value, bytes);
}

function enumText(desc: DescEnum, value: number): string {
  return desc.value[value]?.name ?? String(value);
}

/** Integers of 64 bits come as `bigint`. */
export function scalarText(type: ScalarType | undefined, value: unknown, bytes: BytesForm): string {
  if (type === ScalarType.BYTES) return formatBytes(bytes, value as Uint8Array);
  return Object.is(value, -0) ? "-0" : String(value);
}

/** What ProtoJSON writes for a type with a form of its own, such as a timestamp; without quotes. */
export function wellKnownText(message: ReflectMessage, registry: Registry): string {
  try {
    const json = toJson(message.desc, message.message, { registry });
    return typeof json === "string" ? json : JSON.stringify(json);
  } catch (error) {
    return `(${error instanceof Error ? error.message : String(error)})`;
  }
}

/** A field's type in few words: `uint64`, `Ask list`, `map of string to Fee`. */
export function typeText(field: DescField): string {
  const single =
    field.message?.name ?? field.enum?.name ?? (field.scalar === undefined ? "" : scalarName(field.scalar));
  if (field.fieldKind === "list") return `${single} list`;
  return field.fieldKind === "map" ? `map of ${scalarName(field.mapKey)} to ${single}` : single;
}

/** Whether its values are numbers, so that they can be ordered and drawn as such. */
export function isNumber(type: ScalarType | undefined): boolean {
  return (
    type !== undefined && type !== ScalarType.STRING && type !== ScalarType.BYTES && type !== ScalarType.BOOL
  );
}
