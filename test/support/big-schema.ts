import { create, createFileRegistry, type DescMessage, type FileRegistry } from "@bufbuild/protobuf";
import {
  DescriptorProtoSchema,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
} from "@bufbuild/protobuf/wkt";
import type { FieldDocs, MessageDocs, MethodDocs } from "../../lib/reference/method-docs.ts";

/** A schema with docs of so many messages, each with `width` scalars and `width` messages that lead to all the others. */
export function bigSchema(
  messages: number,
  width: number,
): { readonly desc: DescMessage; readonly docs: MethodDocs; readonly registry: FileRegistry } {
  const plain = {
    summary: "A field.",
    text: "A field of a schema that is large.",
    limits: null,
    default: null,
    bytes: null,
  };
  const docs: Record<string, MessageDocs> = {};
  const messageType = Array.from({ length: messages }, (_, index) => {
    const name = `Message${index}`;
    const fields: Record<string, FieldDocs> = {};
    const field = Array.from({ length: 2 * width }, (_, at) => {
      const isChild = at >= width;
      const child = `Message${(index * width + at - width + 1) % messages}`;
      const fieldName = isChild ? `child_${at - width}` : `value_${at}`;
      fields[fieldName] = {
        ...plain,
        unit: isChild ? null : "sat",
        jsonName: fieldName.replace("_", ""),
        number: at + 1,
        type: isChild ? { kind: "message", name: `big.${child}` } : { kind: "scalar", name: "uint64" },
        cardinality: "single",
        oneof: null,
        deprecated: false,
      };
      return {
        name: fieldName,
        number: at + 1,
        label: Label.OPTIONAL,
        type: isChild ? Type.MESSAGE : Type.UINT64,
        ...(isChild && { typeName: `.big.${child}` }),
      };
    });
    docs[`big.${name}`] = {
      doc: { ...plain, unit: null },
      deprecated: false,
      needed: [],
      fields,
      oneofs: {},
    };
    return create(DescriptorProtoSchema, { name, field });
  });
  const file = create(FileDescriptorProtoSchema, {
    name: "big.proto",
    package: "big",
    syntax: "proto3",
    messageType,
  });
  const registry = createFileRegistry(create(FileDescriptorSetSchema, { file: [file] }));
  const desc = registry.getMessage("big.Message0");
  if (desc === undefined) throw new Error("the schema has no first message");
  const method = {
    name: "big.Service.Call",
    doc: { ...plain, unit: null },
    stream: "unary",
    access: "read",
    permissions: null,
    safety: { amounts: [], tells: null, secretReply: false },
    input: "big.Message0",
    output: "big.Message0",
    http: [],
    cli: null,
  } as const;
  return { desc, docs: { api: "big", method, messages: docs, enums: {} }, registry };
}
