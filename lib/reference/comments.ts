import type { DescriptorProto, EnumDescriptorProto, FileDescriptorProto } from "@bufbuild/protobuf/wkt";

/** Numbers of the fields of descriptor.proto that a source location's path is made of. */
const FILE_MESSAGE = 4;
const FILE_ENUM = 5;
const FILE_SERVICE = 6;
const SERVICE_METHOD = 2;
const MESSAGE_FIELD = 2;
const MESSAGE_NESTED = 3;
const MESSAGE_ENUM = 4;
const MESSAGE_ONEOF = 8;
const ENUM_VALUE = 2;

/**
 * The leading comments of a file's definitions by full name, as protoc records them (without `//`). An enum value
 * has the name of its enum in front: `poolrpc.OrderState.OPEN`. Definitions without a comment are left out.
 */
export function readComments(file: FileDescriptorProto): Map<string, string> {
  const commentByPath = new Map<string, string>();
  for (const location of file.sourceCodeInfo?.location ?? []) {
    if (location.leadingComments !== "") {
      commentByPath.set(location.path.join("."), location.leadingComments);
    }
  }
  const comments = new Map<string, string>();
  for (const { name, path } of definitionPaths(file)) {
    const comment = commentByPath.get(path.join("."));
    if (comment !== undefined) {
      comments.set(name, comment);
    }
  }
  return comments;
}

interface DefinitionPath {
  readonly name: string;
  readonly path: readonly number[];
}

function* definitionPaths(file: FileDescriptorProto): Generator<DefinitionPath> {
  const scope = file.package === "" ? "" : `${file.package}.`;
  for (const [i, service] of file.service.entries()) {
    const name = `${scope}${service.name}`;
    const path = [FILE_SERVICE, i];
    yield { name, path };
    yield* named(service.method, name, [...path, SERVICE_METHOD]);
  }
  for (const [i, message] of file.messageType.entries()) {
    yield* messagePaths(message, scope, [FILE_MESSAGE, i]);
  }
  for (const [i, enumeration] of file.enumType.entries()) {
    yield* enumPaths(enumeration, scope, [FILE_ENUM, i]);
  }
}

function* messagePaths(message: DescriptorProto, scope: string, path: number[]): Generator<DefinitionPath> {
  const name = `${scope}${message.name}`;
  yield { name, path };
  yield* named(message.field, name, [...path, MESSAGE_FIELD]);
  yield* named(message.oneofDecl, name, [...path, MESSAGE_ONEOF]);
  for (const [i, nested] of message.nestedType.entries()) {
    yield* messagePaths(nested, `${name}.`, [...path, MESSAGE_NESTED, i]);
  }
  for (const [i, enumeration] of message.enumType.entries()) {
    yield* enumPaths(enumeration, `${name}.`, [...path, MESSAGE_ENUM, i]);
  }
}

function* enumPaths(
  enumeration: EnumDescriptorProto,
  scope: string,
  path: number[],
): Generator<DefinitionPath> {
  const name = `${scope}${enumeration.name}`;
  yield { name, path };
  yield* named(enumeration.value, name, [...path, ENUM_VALUE]);
}

function* named(
  children: readonly { readonly name: string }[],
  parent: string,
  path: readonly number[],
): Generator<DefinitionPath> {
  for (const [i, child] of children.entries()) {
    yield { name: `${parent}.${child.name}`, path: [...path, i] };
  }
}
