import {
  create,
  createFileRegistry,
  type DescField,
  type DescMessage,
  type FileRegistry,
} from "@bufbuild/protobuf";
import {
  DescriptorProtoSchema,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
} from "@bufbuild/protobuf/wkt";

const integers = [
  Type.INT32,
  Type.INT64,
  Type.UINT32,
  Type.UINT64,
  Type.SINT32,
  Type.SINT64,
  Type.FIXED32,
  Type.FIXED64,
  Type.SFIXED32,
  Type.SFIXED64,
] as const;

/** A message with an optional field of each integer type. */
export function integerMessage(): {
  readonly desc: DescMessage;
  readonly fields: readonly DescField[];
  readonly registry: FileRegistry;
} {
  const field = integers.map((type, index) => ({
    name: Type[type].toLowerCase(),
    number: index + 1,
    label: Label.OPTIONAL,
    type,
    proto3Optional: true,
    oneofIndex: index,
  }));
  const oneofDecl = field.map(({ name }) => ({ name: `_${name}` }));
  const messageType = [create(DescriptorProtoSchema, { name: "Integers", field, oneofDecl })];
  const file = create(FileDescriptorProtoSchema, { name: "integers.proto", syntax: "proto3", messageType });
  const registry = createFileRegistry(create(FileDescriptorSetSchema, { file: [file] }));
  const desc = registry.getMessage("Integers");
  if (desc === undefined) throw new Error("there is no message of integers");
  return { desc, fields: desc.fields, registry };
}
