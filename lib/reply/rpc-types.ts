import { create, createFileRegistry, createRegistry, type Registry } from "@bufbuild/protobuf";
import {
  type DescriptorProto,
  DescriptorProtoSchema,
  DurationSchema,
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FieldDescriptorProtoSchema,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
  file_google_protobuf_duration,
} from "@bufbuild/protobuf/wkt";

/**
 * What servers attach to an error by convention: the messages of `google.rpc`, as `number name type`, with `*` for a
 * list.
 */
const MESSAGES = {
  ErrorInfo: "1 reason string, 2 domain string, 3 metadata* .google.rpc.ErrorInfo.MetadataEntry",
  RetryInfo: "1 retry_delay .google.protobuf.Duration",
  DebugInfo: "1 stack_entries* string, 2 detail string",
  QuotaFailure: "1 violations* .google.rpc.QuotaFailure.Violation",
  "QuotaFailure.Violation": "1 subject string, 2 description string",
  PreconditionFailure: "1 violations* .google.rpc.PreconditionFailure.Violation",
  "PreconditionFailure.Violation": "1 type string, 2 subject string, 3 description string",
  BadRequest: "1 field_violations* .google.rpc.BadRequest.FieldViolation",
  "BadRequest.FieldViolation":
    "1 field string, 2 description string, 3 reason string, 4 localized_message .google.rpc.LocalizedMessage",
  RequestInfo: "1 request_id string, 2 serving_data string",
  ResourceInfo: "1 resource_type string, 2 resource_name string, 3 owner string, 4 description string",
  Help: "1 links* .google.rpc.Help.Link",
  "Help.Link": "1 description string, 2 url string",
  LocalizedMessage: "1 locale string, 2 message string",
} as const;

let registry: Registry | null = null;

/** The types of `google.rpc` that stand in errors, and those that they need. */
export function rpcTypes(): Registry {
  registry ??= createRegistry(
    createFileRegistry(
      create(FileDescriptorSetSchema, {
        file: [
          file_google_protobuf_duration.proto,
          create(FileDescriptorProtoSchema, {
            name: "google/rpc/error_details.proto",
            package: "google.rpc",
            syntax: "proto3",
            dependency: [file_google_protobuf_duration.proto.name],
            messageType: Object.keys(MESSAGES)
              .filter((name) => !name.includes("."))
              .map((name) => describe(name as keyof typeof MESSAGES, name)),
          }),
        ],
      }),
    ),
    DurationSchema,
  );
  return registry;
}

function describe(key: keyof typeof MESSAGES, name: string): DescriptorProto {
  const inner = Object.keys(MESSAGES).filter((each) =>
    each.startsWith(`${key}.`),
  ) as (keyof typeof MESSAGES)[];
  const nestedType = inner.map((each) => describe(each, each.slice(key.length + 1)));
  if (key === "ErrorInfo") {
    nestedType.push(
      create(DescriptorProtoSchema, {
        name: "MetadataEntry",
        field: [field("1 key string"), field("2 value string")],
        options: { mapEntry: true },
      }),
    );
  }
  return create(DescriptorProtoSchema, { name, nestedType, field: MESSAGES[key].split(", ").map(field) });
}

const { STRING, MESSAGE } = FieldDescriptorProto_Type;

function field(text: string) {
  const [number = "", name = "", type = ""] = text.split(" ");
  return create(FieldDescriptorProtoSchema, {
    name: name.replace("*", ""),
    number: Number(number),
    label: name.endsWith("*") ? FieldDescriptorProto_Label.REPEATED : FieldDescriptorProto_Label.OPTIONAL,
    ...(type.startsWith(".") ? { type: MESSAGE, typeName: type } : { type: STRING }),
  });
}
