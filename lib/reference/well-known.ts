import type { DescEnum, DescMessage } from "@bufbuild/protobuf";
import { parseDoc } from "./parse-doc.ts";
import type { Enum, Message } from "./reference.ts";

/** What is said of protobuf's own types by full name without `google.protobuf.`: first what it is, then how JSON writes it. */
const TEXTS: Readonly<Record<string, string>> = {
  Any: 'One message of any type, with the name of that type.\n\nIn JSON an object with `"@type"` and the fields of that message.',
  BoolValue: "A bool that can be absent.\n\nIn JSON `true`, `false` or `null`.",
  BytesValue: "Bytes that can be absent.\n\nIn JSON a base64 string or `null`.",
  DoubleValue: "A double that can be absent.\n\nIn JSON a number or `null`.",
  Duration:
    'A span of time, to the nanosecond.\n\nIn JSON a string of seconds that ends in `s`: `"1.5s"` is one and a half seconds.',
  Empty: "A message without fields.\n\nIn JSON `{}`.",
  FieldMask:
    'Paths of fields: which parts of a message a call reads or changes.\n\nIn JSON one string with commas between the paths: `"name,owner.id"`.',
  FloatValue: "A float that can be absent.\n\nIn JSON a number or `null`.",
  Int32Value: "An int32 that can be absent.\n\nIn JSON a number or `null`.",
  Int64Value: "An int64 that can be absent.\n\nIn JSON a string of digits or `null`.",
  ListValue: "A list of JSON values.\n\nIn JSON an array.",
  NullValue: "The one value of JSON that is no value.\n\nIn JSON `null`.",
  StringValue: "A string that can be absent.\n\nIn JSON a string or `null`.",
  Struct: "A JSON object whose names are not fixed.\n\nIn JSON an object.",
  Timestamp:
    'A point in time, to the nanosecond, in UTC.\n\nIn JSON a string as RFC 3339 has it: `"2026-01-31T12:00:00Z"`.',
  UInt32Value: "A uint32 that can be absent.\n\nIn JSON a number or `null`.",
  UInt64Value: "A uint64 that can be absent.\n\nIn JSON a string of digits or `null`.",
  Value:
    "Any JSON value: a number, a string, a bool, `null`, an array or an object.\n\nIn JSON that value itself.",
  EnumOptions: "What a proto file can say about an enum beside its values.",
  EnumValueOptions: "What a proto file can say about a value of an enum.",
  FieldOptions: "What a proto file can say about a field beside its type.",
  FileOptions: "What a proto file can say about itself.",
  MessageOptions: "What a proto file can say about a message beside its fields.",
  MethodOptions: "What a proto file can say about a method beside its messages.",
  OneofOptions: "What a proto file can say about a oneof.",
  ServiceOptions: "What a proto file can say about a service.",
};

const FOLDER = "google/protobuf/";
const OTHER = "A type that protobuf itself defines.";

/** Whether a type is one that comes with protobuf. */
export function isWellKnown(type: DescMessage | DescEnum): boolean {
  return type.file.proto.name.startsWith(FOLDER);
}

/** A type of protobuf's as the reference has it: a short text of our own. Its fields are not what one writes, and left out. */
export function wellKnownMessage(type: DescMessage): Message {
  return { ...wellKnown(type), fields: [], oneofs: [], needed: [] };
}

/** An enum of protobuf's, with its values. */
export function wellKnownEnum(type: DescEnum): Enum {
  const values = type.values.map(({ name, number }) => ({
    ...{ name: `${type.typeName}.${name}`, shortName: name, number },
    ...{ doc: parseDoc(""), upstream: null, deprecated: false },
  }));
  return { ...wellKnown(type), values };
}

function wellKnown(type: DescMessage | DescEnum) {
  const text = TEXTS[type.typeName.slice("google.protobuf.".length)] ?? OTHER;
  return {
    name: type.typeName,
    file: type.file.proto.name,
    doc: parseDoc(text),
    upstream: null,
    deprecated: false,
    builtIn: true,
  } as const;
}
