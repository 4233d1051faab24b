import {
  createFileRegistry,
  type DescEnum,
  type DescField,
  type DescMessage,
  type DescMethod,
  type DescService,
} from "@bufbuild/protobuf";
import type { FileDescriptorSet } from "@bufbuild/protobuf/wkt";
import { accessOf } from "../call/access.ts";
import { type ApiSafety, PLAIN_SAFETY } from "../call/safety.ts";
import { scalarName } from "../schema/scalar-range.ts";
import { streamKind } from "../schema/stream-kind.ts";
import type { ApiConfig } from "./api-config.ts";
import { readComments } from "./comments.ts";
import { readHttpBindings } from "./http-bindings.ts";
import { parseDoc, splitCli } from "./parse-doc.ts";
import { readPermissions } from "./permissions.ts";
import type {
  ApiInfo,
  Definition,
  Enum,
  Field,
  FieldType,
  HttpBinding,
  Message,
  Method,
  Reference,
  Service,
} from "./reference.ts";
import { readSafety } from "./safety.ts";
import { SourceError } from "./source-error.ts";
import { readUpstream, type Upstream, upstreamLink, upstreamUrl } from "./upstream.ts";

/** The texts of the files that the config names; undefined where it names none. */
export interface ReferenceSources {
  readonly config: ApiConfig;
  readonly serviceConfigYaml?: string | undefined;
  readonly permissionsYaml?: string | undefined;
  readonly safetyYaml?: string | undefined;
  readonly upstreamJson?: string | undefined;
}

/** What a definition is looked up in while the reference is built. */
interface Context {
  readonly comments: ReadonlyMap<string, string>;
  readonly upstream: Upstream | null;
  readonly upstreamPattern: string;
  readonly http: ReadonlyMap<string, readonly HttpBinding[]>;
  readonly permissions: ReadonlyMap<string, readonly string[]>;
  readonly safety: ApiSafety;
  readonly program: string | null;
}

/**
 * Joins descriptors (an image with source info) with bindings, permissions and upstream lines. Definitions are in the
 * order of the config's files, then of each file, nested ones after their parent. Throws a SourceError that names
 * the file where the sources contradict each other.
 */
export function buildReference(image: FileDescriptorSet, sources: ReferenceSources): Reference {
  const { config } = sources;
  const registry = createFileRegistry(image);
  const files = config.files.map((path) => {
    const file = registry.getFile(path);
    if (file === undefined) {
      throw new SourceError(
        `${config.protoRoot}/${path}`,
        null,
        "is in the config's files, but not in the image",
      );
    }
    return file;
  });
  const services = files.flatMap((file) => file.services);
  const methodNames = new Set(services.flatMap((service) => service.methods.map(methodName)));
  checkGroups(config, methodNames);
  checkServices(config, new Set(services.map((service) => service.typeName)));

  const upstream =
    sources.upstreamJson === undefined
      ? null
      : readUpstream(sources.upstreamJson, config.upstream ?? "upstream");
  const context: Context = {
    comments: new Map(files.flatMap((file) => [...readComments(file.proto)])),
    upstream,
    upstreamPattern: config.upstreamLink ?? "",
    http: readHttpBindings(
      sources.serviceConfigYaml ?? "",
      config.serviceConfig ?? "service config",
      methodNames,
    ),
    permissions: readPermissions(
      sources.permissionsYaml ?? "",
      config.permissions ?? "permissions",
      methodNames,
    ),
    safety: readSafety(sources.safetyYaml ?? "", config.safety ?? "safety", registry),
    program: config.cli?.program ?? null,
  };
  const messages = files.flatMap((file) => file.messages.flatMap(withNested));
  const enums = files.flatMap((file) => [
    ...file.enums,
    ...file.messages.flatMap(withNested).flatMap((message) => message.nestedEnums),
  ]);
  return {
    api: apiInfo(config, upstream),
    services: services.map((service) => buildService(service, context)),
    messages: messages.map((message) => buildMessage(message, context)),
    enums: enums.map((enumeration) => buildEnum(enumeration, context)),
  };
}

function apiInfo(config: ApiConfig, upstream: Upstream | null): ApiInfo {
  return {
    id: config.id,
    title: config.title,
    repository: upstream?.repository ?? "",
    release: upstream?.release ?? "",
    commit: upstream?.commit ?? "",
    files: config.files.map((path) => ({
      path,
      upstream: upstream === null ? null : upstreamUrl(upstream, config.upstreamLink ?? "", path, null),
    })),
  };
}

function checkGroups(config: ApiConfig, methods: ReadonlySet<string>): void {
  const seen = new Set<string>();
  for (const group of config.groups) {
    for (const method of group.methods) {
      const problem = !methods.has(method)
        ? "which is no method of the documented files"
        : seen.has(method)
          ? "which an earlier group has already"
          : null;
      if (problem !== null) {
        throw new SourceError(
          "playground.config.ts",
          null,
          `group "${group.title}" names ${method}, ${problem}`,
        );
      }
      seen.add(method);
    }
  }
}

function checkServices(config: ApiConfig, services: ReadonlySet<string>): void {
  for (const name of [...config.services.daemon, ...config.services.auctioneer]) {
    if (!services.has(name)) {
      throw new SourceError(
        "playground.config.ts",
        null,
        `services names ${name}, which is no service of the documented files`,
      );
    }
  }
}

function withNested(message: DescMessage): DescMessage[] {
  return [message, ...message.nestedMessages.flatMap(withNested)];
}

function methodName(method: DescMethod): string {
  return `${method.parent.typeName}.${method.name}`;
}

function define(
  name: string,
  file: string,
  deprecated: boolean,
  context: Context,
  comment?: string,
): Definition {
  const { upstream, upstreamPattern } = context;
  return {
    name,
    doc: parseDoc(comment ?? context.comments.get(name) ?? ""),
    upstream: upstream === null ? null : upstreamLink(upstream, upstreamPattern, file, name),
    deprecated,
  };
}

function buildService(service: DescService, context: Context): Service {
  const file = service.file.proto.name;
  return {
    ...define(service.typeName, file, service.deprecated, context),
    file,
    methods: service.methods.map((method) => buildMethod(method, file, context)),
  };
}

function buildMethod(method: DescMethod, file: string, context: Context): Method {
  const name = methodName(method);
  const comment = context.comments.get(name) ?? "";
  const { cli, rest } =
    context.program === null ? { cli: null, rest: comment } : splitCli(comment, context.program);
  const permissions = context.permissions.get(name) ?? null;
  return {
    ...define(name, file, method.deprecated, context, rest),
    service: method.parent.typeName,
    shortName: method.name,
    stream: streamKind(method),
    input: method.input.typeName,
    output: method.output.typeName,
    cli,
    http: context.http.get(name) ?? [],
    permissions,
    access: accessOf(permissions),
    safety: context.safety.methods.get(name) ?? PLAIN_SAFETY,
  };
}

function buildMessage(message: DescMessage, context: Context): Message {
  const file = message.file.proto.name;
  return {
    ...define(message.typeName, file, message.deprecated, context),
    file,
    fields: message.fields.map((field) => buildField(field, file, context)),
    oneofs: message.oneofs.map((oneof) => ({
      ...define(`${message.typeName}.${oneof.name}`, file, false, context),
      fields: oneof.fields.map((field) => field.name),
    })),
    needed: context.safety.needed.get(message.typeName) ?? [],
  };
}

function buildField(field: DescField, file: string, context: Context): Field {
  return {
    ...define(`${field.parent.typeName}.${field.name}`, file, field.deprecated, context),
    shortName: field.name,
    jsonName: field.jsonName,
    number: field.number,
    type: fieldType(field),
    cardinality: field.fieldKind === "list" ? "repeated" : field.proto.proto3Optional ? "optional" : "single",
    oneof: field.oneof?.name ?? null,
  };
}

function fieldType(field: DescField): FieldType {
  return field.fieldKind === "map"
    ? { kind: "map", key: scalarName(field.mapKey), value: valueType(field) }
    : valueType(field);
}

/** The type of a single field, of a list's items or of a map's values. */
function valueType(field: DescField): FieldType {
  if (field.message !== undefined) return { kind: "message", name: field.message.typeName };
  if (field.enum !== undefined) return { kind: "enum", name: field.enum.typeName };
  return { kind: "scalar", name: scalarName(field.scalar) };
}

function buildEnum(enumeration: DescEnum, context: Context): Enum {
  const file = enumeration.file.proto.name;
  return {
    ...define(enumeration.typeName, file, enumeration.deprecated, context),
    file,
    values: enumeration.values.map((value) => ({
      ...define(`${enumeration.typeName}.${value.name}`, file, value.deprecated, context),
      shortName: value.name,
      number: value.number,
    })),
  };
}
