import {
  create,
  type DescEnum,
  type DescField,
  type DescMessage,
  type FileRegistry,
  isFieldSet,
  type Message,
} from "@bufbuild/protobuf";
import type { GenMessage } from "@bufbuild/protobuf/codegenv2";
import {
  type DescriptorProto,
  DescriptorProtoSchema,
  type EnumDescriptorProto,
  EnumDescriptorProtoSchema,
  EnumOptionsSchema,
  EnumValueDescriptorProtoSchema,
  type FieldDescriptorProto,
  FieldDescriptorProtoSchema,
  FieldOptionsSchema,
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
  type FileDescriptorSet,
  FileDescriptorSetSchema,
  FileOptionsSchema,
  MessageOptionsSchema,
  MethodDescriptorProtoSchema,
  OneofDescriptorProtoSchema,
  ServiceDescriptorProtoSchema,
} from "@bufbuild/protobuf/wkt";
import { findMethod } from "./registry.ts";

/**
 * The descriptors of one method and of nothing else: its service with that method alone, and every message and enum
 * that its request or reply can hold. Comments are gone, and options that change neither encoding nor JSON nor where a
 * client's code is. A message that only holds a needed nested type stays as an empty shell. Throws where the registry
 * has no such method.
 */
export function sliceMethod(registry: FileRegistry, fullName: string): FileDescriptorSet {
  const method = findMethod(registry, fullName);
  if (method === undefined) {
    throw new Error(`the registry has no method ${fullName}`);
  }
  const closure = new Closure();
  closure.addMessage(method.input);
  closure.addMessage(method.output);

  const files: FileDescriptorProto[] = [];
  for (const { proto } of registry.files) {
    if (!closure.files.has(proto.name) && method.parent.file.proto.name !== proto.name) continue;
    const scope = proto.package === "" ? "" : `${proto.package}.`;
    const service =
      method.parent.file.proto.name === proto.name
        ? [
            create(ServiceDescriptorProtoSchema, {
              name: method.parent.name,
              method: [without(MethodDescriptorProtoSchema, method.proto, "options")],
            }),
          ]
        : [];
    const messageType = proto.messageType.flatMap((message) => closure.sliceMessage(message, scope));
    const enumType = proto.enumType.flatMap((enumeration) => closure.sliceEnum(enumeration, scope));
    if (service.length + messageType.length + enumType.length > 0) {
      files.push(
        create(FileDescriptorProtoSchema, {
          name: proto.name,
          package: proto.package,
          syntax: proto.syntax,
          edition: proto.edition,
          messageType,
          enumType,
          service,
          ...kept(FileOptionsSchema, proto.options, ["features", "goPackage"]),
        }),
      );
    }
  }
  return create(FileDescriptorSetSchema, { file: withDependencies(files, registry) });
}

/** The types that a method needs, by full name. */
class Closure {
  readonly #names = new Set<string>();
  /** The files that declare them. */
  readonly files = new Set<string>();

  addMessage(message: DescMessage): void {
    if (this.#names.has(message.typeName)) {
      return;
    }
    this.#names.add(message.typeName);
    this.files.add(message.file.proto.name);
    for (const field of message.fields) {
      const { message: inner, enum: enumeration } = fieldTypes(field);
      if (inner !== undefined) {
        this.addMessage(inner);
      }
      if (enumeration !== undefined) {
        this.#names.add(enumeration.typeName);
        this.files.add(enumeration.file.proto.name);
      }
    }
  }

  sliceMessage(proto: DescriptorProto, scope: string): DescriptorProto[] {
    const name = `${scope}${proto.name}`;
    const needed = this.#names.has(name);
    const nestedType = proto.nestedType.flatMap((nested) =>
      nested.options?.mapEntry === true
        ? needed
          ? [sliceFields(nested)]
          : []
        : this.sliceMessage(nested, `${name}.`),
    );
    const enumType = proto.enumType.flatMap((enumeration) => this.sliceEnum(enumeration, `${name}.`));
    if (!needed && nestedType.length + enumType.length === 0) {
      return [];
    }
    const own = needed ? sliceFields(proto) : create(DescriptorProtoSchema, { name: proto.name });
    return [Object.assign(own, { nestedType, enumType })];
  }

  sliceEnum(proto: EnumDescriptorProto, scope: string): EnumDescriptorProto[] {
    if (!this.#names.has(`${scope}${proto.name}`)) {
      return [];
    }
    return [
      create(EnumDescriptorProtoSchema, {
        name: proto.name,
        value: proto.value.map((value) => without(EnumValueDescriptorProtoSchema, value, "options")),
        ...kept(EnumOptionsSchema, proto.options, ["allowAlias", "features"]),
      }),
    ];
  }
}

function fieldTypes(field: DescField): { message?: DescMessage | undefined; enum?: DescEnum | undefined } {
  return { message: field.message, enum: field.enum };
}

function sliceFields(proto: DescriptorProto): DescriptorProto {
  return create(DescriptorProtoSchema, {
    name: proto.name,
    field: proto.field.map(sliceField),
    oneofDecl: proto.oneofDecl.map((oneof) => without(OneofDescriptorProtoSchema, oneof, "options")),
    ...kept(MessageOptionsSchema, proto.options, ["mapEntry", "messageSetWireFormat", "features"]),
  });
}

function sliceField(proto: FieldDescriptorProto): FieldDescriptorProto {
  return Object.assign(without(FieldDescriptorProtoSchema, proto, "options"), {
    ...kept(FieldOptionsSchema, proto.options, ["packed", "features"]),
  });
}

/** A copy of a descriptor without one of its fields. */
function without<T extends Message>(schema: GenMessage<T>, message: T, left: keyof T & string): T {
  const copy = create(schema);
  for (const field of schema.fields) {
    if (field.localName !== left && isFieldSet(message, field)) {
      Object.assign(copy, { [field.localName]: message[field.localName as keyof T] });
    }
  }
  return copy;
}

/** Those of the named options that are set, as `{ options }`; nothing where none is. */
function kept<T extends Message>(
  schema: GenMessage<T>,
  options: T | undefined,
  names: readonly (keyof T & string)[],
): { options?: T } {
  if (options === undefined) {
    return {};
  }
  const set = schema.fields.filter(
    (field) => names.some((name) => name === field.localName) && isFieldSet(options, field),
  );
  if (set.length === 0) {
    return {};
  }
  const copy = create(schema);
  for (const field of set) {
    Object.assign(copy, { [field.localName]: options[field.localName as keyof T] });
  }
  return { options: copy };
}

/** Each file depends on those of the others that it reached before, directly or through public imports. */
function withDependencies(files: FileDescriptorProto[], registry: FileRegistry): FileDescriptorProto[] {
  const names = new Set(files.map(({ name }) => name));
  for (const file of files) {
    const reached = new Set<string>();
    const queue = [...(registry.getFile(file.name)?.dependencies ?? [])];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (!reached.has(next.proto.name)) {
        reached.add(next.proto.name);
        queue.push(...next.dependencies);
      }
    }
    file.dependency = [...reached].filter((name) => names.has(name)).sort();
  }
  return files;
}
