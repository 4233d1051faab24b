import type {
  DescEnum,
  DescExtension,
  DescField,
  DescMessage,
  DescOneof,
  FileRegistry,
  Message as ProtoMessage,
} from "@bufbuild/protobuf";
import { isFieldSet } from "@bufbuild/protobuf";
import {
  FieldDescriptorProtoSchema,
  FeatureSet_FieldPresence as Presence,
  FieldDescriptorProto_Type as Type,
} from "@bufbuild/protobuf/wkt";
import type { ApiSafety } from "../call/safety.ts";
import { scalarName } from "../schema/scalar-range.ts";
import { shownOptions } from "./definition-options.ts";
import { parseDoc, visibleText } from "./parse-doc.ts";
import type {
  Definition,
  Doc,
  Enum,
  Extension,
  Field,
  FieldType,
  Message,
  Reference,
  Reserved,
} from "./reference.ts";
import { type Upstream, upstreamLink } from "./upstream.ts";
import { isWellKnown, wellKnownEnum, wellKnownMessage } from "./well-known.ts";

/** What a definition is looked up in while the reference is built. */
export interface DefinitionContext {
  readonly registry: FileRegistry;
  readonly comments: ReadonlyMap<string, string>;
  readonly upstream: Upstream | null;
  readonly upstreamPattern: string;
  readonly safety: ApiSafety;
}

/** What `define` reads of a descriptor. */
interface Described {
  readonly deprecated: boolean;
  readonly file: { readonly deprecated: boolean; readonly proto: { readonly name: string } };
  readonly proto: { readonly options?: ProtoMessage | undefined };
}

/** The part that all definitions have. `comment` stands for the one that was read from the file. */
export function define(
  name: string,
  { deprecated, file, proto }: Described,
  context: DefinitionContext,
  comment = context.comments.get(name) ?? "",
): Definition {
  const { upstream, upstreamPattern, registry } = context;
  const options = shownOptions(proto.options, registry);
  const definition = {
    name,
    doc: parseDoc(comment),
    upstream: upstream === null ? null : upstreamLink(upstream, upstreamPattern, file.proto.name, name),
    deprecated: deprecated || file.deprecated,
  };
  return options.length === 0 ? definition : { ...definition, options };
}

export function buildMessage(message: DescMessage, context: DefinitionContext): Message {
  const { proto } = message;
  const ranges = proto.extensionRange.map(({ start, end }) => rangeText(start, end - 1, MAX_FIELD));
  const reserved: Reserved = {
    numbers: proto.reservedRange.map(({ start, end }) => rangeText(start, end - 1, MAX_FIELD)),
    names: proto.reservedName,
  };
  return {
    ...define(message.typeName, message, context),
    file: message.file.proto.name,
    fields: message.fields.map((field) => buildField(field, context)),
    oneofs: message.oneofs.map((oneof) => buildOneof(oneof, context)),
    needed: context.safety.needed.get(message.typeName) ?? [],
    ...(hasAny(reserved) && { reserved }),
    ...(ranges.length > 0 && { extensionRanges: ranges }),
  };
}

function buildOneof(oneof: DescOneof, context: DefinitionContext) {
  const { parent, proto } = oneof;
  return {
    ...define(`${parent.typeName}.${oneof.name}`, { deprecated: false, file: parent.file, proto }, context),
    fields: oneof.fields.map((field) => field.name),
  };
}

function buildField(field: DescField, context: DefinitionContext): Field {
  const { file, typeName } = field.parent;
  const { deprecated, proto } = field;
  const name = `${typeName}.${field.name}`;
  // A group is a field and a message under one comment, which is recorded for the message.
  const comment =
    context.comments.get(name) ?? (isGroup(field) ? context.comments.get(field.message.typeName) : "");
  const definition = define(name, { deprecated, file, proto }, context, comment ?? "");
  return fieldOf(field, definition, field.oneof?.name ?? null);
}

function isGroup(field: DescField): field is DescField & { readonly message: DescMessage } {
  const { proto, message, parent } = field;
  return proto.type === Type.GROUP && message?.parent === parent;
}

/** An extension, documented with its own full name. */
export function buildExtension(extension: DescExtension, context: DefinitionContext): Extension {
  const definition = define(extension.typeName, extension, context);
  return {
    ...fieldOf(extension, definition, null),
    extends: extension.extendee.typeName,
    file: extension.file.proto.name,
  };
}

function fieldOf(
  field: DescField | DescExtension,
  { name, doc, upstream, deprecated, options }: Definition,
  oneof: string | null,
): Field {
  const isDelimited = "delimitedEncoding" in field && field.delimitedEncoding;
  return {
    name,
    doc: withDefault(doc, field),
    upstream,
    deprecated,
    ...(options === undefined ? undefined : { options }),
    shortName: field.name,
    number: field.number,
    type: fieldType(field),
    cardinality: cardinalityOf(field),
    ...(isDelimited ? { delimited: true as const } : undefined),
    jsonName: field.jsonName,
    oneof,
  };
}

function cardinalityOf(field: DescField | DescExtension): Field["cardinality"] {
  if (field.fieldKind === "list") return "repeated";
  if (field.presence === Presence.LEGACY_REQUIRED) return "required";
  const isPlain = field.fieldKind === "scalar" || field.fieldKind === "enum";
  return isPlain && field.presence === Presence.EXPLICIT && field.oneof === undefined ? "optional" : "single";
}

/** The value that a proto2 field stands for while it is not set, as Markdown, where its comment does not say one. */
function withDefault(doc: Doc, { proto }: DescField | DescExtension): Doc {
  if (doc.default !== null || !isFieldSet(proto, FieldDescriptorProtoSchema.field.defaultValue)) return doc;
  const value = visibleText(proto.defaultValue).replaceAll("`", "'");
  const isText = proto.type === Type.STRING || proto.type === Type.BYTES;
  return { ...doc, default: isText ? `\`"${value}"\`` : `\`${value}\`` };
}

function fieldType(field: DescField | DescExtension): FieldType {
  return field.fieldKind === "map"
    ? { kind: "map", key: scalarName(field.mapKey), value: valueType(field) }
    : valueType(field);
}

/** The type of a single field, of a list's items or of a map's values. */
function valueType(field: DescField | DescExtension): FieldType {
  if (field.message !== undefined) return { kind: "message", name: field.message.typeName };
  if (field.enum !== undefined) return { kind: "enum", name: field.enum.typeName };
  return { kind: "scalar", name: scalarName(field.scalar) };
}

export function buildEnum(enumeration: DescEnum, context: DefinitionContext): Enum {
  const { file, proto, typeName } = enumeration;
  const reserved: Reserved = {
    numbers: proto.reservedRange.map(({ start, end }) => rangeText(start, end, MAX_VALUE)),
    names: proto.reservedName,
  };
  return {
    ...define(typeName, enumeration, context),
    file: file.proto.name,
    values: enumeration.values.map((value) => ({
      ...define(
        `${typeName}.${value.name}`,
        { deprecated: value.deprecated, file, proto: value.proto },
        context,
      ),
      shortName: value.name,
      number: value.number,
    })),
    ...(!enumeration.open && { closed: true as const }),
    ...(hasAny(reserved) && { reserved }),
  };
}

/** protobuf's own types among those that the reference names, without the ones that it has as files of its own. */
export function wellKnownTypes(
  names: Iterable<string>,
  registry: FileRegistry,
  files: ReadonlySet<string>,
): Pick<Reference, "messages" | "enums"> {
  const messages: Message[] = [];
  const enums: Enum[] = [];
  for (const name of [...new Set(names)].sort()) {
    const type = registry.getMessage(name) ?? registry.getEnum(name);
    if (type === undefined || !isWellKnown(type) || files.has(type.file.proto.name)) continue;
    if (type.kind === "message") messages.push(wellKnownMessage(type));
    else enums.push(wellKnownEnum(type));
  }
  return { messages, enums };
}

const MAX_FIELD = 536_870_911;
const MAX_VALUE = 2_147_483_647;

/** `4`, `6 to 9`, `20 to max`; both ends are in it. */
function rangeText(first: number, last: number, max: number): string {
  return first === last ? `${first}` : `${first} to ${last === max ? "max" : last}`;
}

function hasAny({ numbers, names }: Reserved): boolean {
  return numbers.length + names.length > 0;
}
