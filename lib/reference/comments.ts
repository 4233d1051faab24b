import type { DescriptorProto, EnumDescriptorProto, FileDescriptorProto } from "@bufbuild/protobuf/wkt";

/** Numbers of the fields of descriptor.proto that a source location's path is made of. */
const FILE_MESSAGE = 4;
const FILE_ENUM = 5;
const FILE_SERVICE = 6;
const FILE_EXTENSION = 7;
const SERVICE_METHOD = 2;
const MESSAGE_FIELD = 2;
const MESSAGE_NESTED = 3;
const MESSAGE_ENUM = 4;
const MESSAGE_EXTENSION = 6;
const MESSAGE_ONEOF = 8;
const ENUM_VALUE = 2;

/**
 * The comments of a file's definitions by full name, as protoc records them (without `//`): the one above a definition,
 * then the one behind it as a paragraph of its own. Comments that stand apart belong to no definition. An enum value
 * has the name of its enum in front: `poolrpc.OrderState.OPEN`. Definitions without a comment are left out.
 */
export function readComments(file: FileDescriptorProto): Map<string, string> {
  const commentByPath = new Map<string, string>();
  for (const { path, leadingComments, trailingComments } of file.sourceCodeInfo?.location ?? []) {
    if (leadingComments !== "" || trailingComments !== "") {
      const both = leadingComments !== "" && trailingComments !== "";
      commentByPath.set(path.join("."), `${leadingComments}${both ? "\n\n" : ""}${trailingComments}`);
    }
  }
  const comments = new Map<string, string>();
  for (const { name, path } of definitionPaths(file)) {
    const comment = commentByPath.get(path);
    if (comment !== undefined) {
      comments.set(name, comment);
    }
  }
  return comments;
}

/** The lines of a file's definitions by the names of `readComments`, as far as the image says. */
export function readLines(file: FileDescriptorProto): Map<string, number> {
  const lineByPath = new Map<string, number>();
  for (const { path, span } of file.sourceCodeInfo?.location ?? []) {
    const [line] = span;
    if (line !== undefined) lineByPath.set(path.join("."), line + 1);
  }
  const lines = new Map<string, number>();
  for (const { name, path } of definitionPaths(file)) {
    const line = lineByPath.get(path);
    if (line !== undefined) lines.set(name, line);
  }
  return lines;
}

/** The line of a definition in its file, by the names of `readComments`; null where the image does not say. */
export function definitionLine(file: FileDescriptorProto, name: string): number | null {
  for (const definition of definitionPaths(file)) {
    if (definition.name !== name) continue;
    const line = file.sourceCodeInfo?.location.find((location) => location.path.join(".") === definition.path)
      ?.span[0];
    return line === undefined ? null : line + 1;
  }
  return null;
}

interface DefinitionPath {
  readonly name: string;
  /** The numbers of a source location's path, with dots. */
  readonly path: string;
}

function* definitionPaths(file: FileDescriptorProto): Generator<DefinitionPath> {
  const scope = file.package === "" ? "" : `${file.package}.`;
  for (const [i, service] of file.service.entries()) {
    const name = `${scope}${service.name}`;
    const path = `${FILE_SERVICE}.${i}`;
    yield { name, path };
    yield* named(service.method, name, `${path}.${SERVICE_METHOD}`);
  }
  for (const [i, message] of file.messageType.entries()) {
    yield* messagePaths(message, scope, `${FILE_MESSAGE}.${i}`);
  }
  for (const [i, enumeration] of file.enumType.entries()) {
    yield* enumPaths(enumeration, scope, `${FILE_ENUM}.${i}`);
  }
  yield* named(file.extension, file.package, `${FILE_EXTENSION}`);
}

function* messagePaths(message: DescriptorProto, scope: string, path: string): Generator<DefinitionPath> {
  const name = `${scope}${message.name}`;
  yield { name, path };
  yield* named(message.field, name, `${path}.${MESSAGE_FIELD}`);
  yield* named(message.oneofDecl, name, `${path}.${MESSAGE_ONEOF}`);
  yield* named(message.extension, name, `${path}.${MESSAGE_EXTENSION}`);
  for (const [i, nested] of message.nestedType.entries()) {
    yield* messagePaths(nested, `${name}.`, `${path}.${MESSAGE_NESTED}.${i}`);
  }
  for (const [i, enumeration] of message.enumType.entries()) {
    yield* enumPaths(enumeration, `${name}.`, `${path}.${MESSAGE_ENUM}.${i}`);
  }
}

function* enumPaths(
  enumeration: EnumDescriptorProto,
  scope: string,
  path: string,
): Generator<DefinitionPath> {
  const name = `${scope}${enumeration.name}`;
  yield { name, path };
  yield* named(enumeration.value, name, `${path}.${ENUM_VALUE}`);
}

function* named(
  children: readonly { readonly name: string }[],
  parent: string,
  path: string,
): Generator<DefinitionPath> {
  for (const [i, child] of children.entries()) {
    yield { name: parent === "" ? child.name : `${parent}.${child.name}`, path: `${path}.${i}` };
  }
}
