import type { DescField, DescMessage, JsonValue } from "@bufbuild/protobuf";
import { ScalarType } from "@bufbuild/protobuf";

/**
 * ProtoJSON with every field of a message set to a value that is not its default. `choice` picks the field of each
 * oneof; below `depth` levels messages stay empty.
 */
export function sampleJson(
  message: DescMessage,
  choice: number,
  depth: number,
): { [name: string]: JsonValue } {
  const chosen = new Set(message.oneofs.map(({ fields }) => fields[choice % fields.length]));
  return Object.fromEntries(
    message.fields
      .filter(
        (field) =>
          (field.oneof === undefined || chosen.has(field)) && (field.message === undefined || depth > 0),
      )
      .map((field) => [field.jsonName, sampleField(field, choice, depth)]),
  );
}

function sampleField(field: DescField, choice: number, depth: number): JsonValue {
  switch (field.fieldKind) {
    case "list":
      return [sampleValue(field, choice, depth), sampleValue(field, choice + 1, depth)];
    case "map":
      return { [mapKey(field.mapKey)]: sampleValue(field, choice, depth) };
    default:
      return sampleValue(field, choice, depth);
  }
}

function sampleValue(field: DescField, choice: number, depth: number): JsonValue {
  if (field.message !== undefined) {
    return sampleJson(field.message, choice, depth - 1);
  }
  if (field.enum !== undefined) {
    return field.enum.values.at(-1)?.name ?? 0;
  }
  switch (field.scalar) {
    case ScalarType.BOOL:
      return true;
    case ScalarType.STRING:
      return `text ${choice} „ü“`;
    case ScalarType.BYTES:
      return "AP8Q";
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return "18446744073709551615";
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
      return "-9223372036854775808";
    default:
      return 40 + choice;
  }
}

function mapKey(type: ScalarType): string {
  return type === ScalarType.STRING ? "key" : type === ScalarType.BOOL ? "true" : "17";
}
