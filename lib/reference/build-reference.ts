import {
  createFileRegistry,
  type DescMessage,
  type DescMethod,
  type DescService,
  type FileRegistry,
} from "@bufbuild/protobuf";
import type { FileDescriptorSet } from "@bufbuild/protobuf/wkt";
import { accessOf } from "../call/access.ts";
import { PLAIN_SAFETY } from "../call/safety.ts";
import { streamKind } from "../schema/stream-kind.ts";
import { type ResolvedApi, serviceConfigsOf } from "./api-config.ts";
import {
  buildEnum,
  buildExtension,
  buildMessage,
  type DefinitionContext,
  define,
  wellKnownTypes,
} from "./build-types.ts";
import { checkPaths } from "./check-paths.ts";
import { readComments } from "./comments.ts";
import { readFacts } from "./facts.ts";
import { annotatedBindings, readHttpBindings } from "./http-bindings.ts";
import { namedTypes } from "./method-docs.ts";
import { splitCli } from "./parse-doc.ts";
import { readPermissions, type SkipEntry } from "./permissions.ts";
import type { ApiInfo, HttpBinding, Method, Reference, Service } from "./reference.ts";
import { readSafety } from "./safety.ts";
import { SourceError } from "./source-error.ts";
import { readUpstream, type Upstream, upstreamUrl } from "./upstream.ts";

/** The texts of the files that the config names; undefined where it names none. */
export interface ReferenceSources {
  readonly config: ResolvedApi;
  /** The service config, or the text of each where the config names a list. */
  readonly serviceConfigYaml?: string | readonly string[] | undefined;
  readonly permissionsYaml?: string | undefined;
  readonly safetyYaml?: string | undefined;
  readonly commandsYaml?: string | undefined;
  readonly errorsYaml?: string | undefined;
  readonly repliesJson?: string | undefined;
  readonly upstreamJson?: string | undefined;
  /** Takes entries about methods that these protos do not have; without it they are errors. */
  readonly skip?: SkipEntry | undefined;
}

interface Context extends DefinitionContext {
  readonly http: ReadonlyMap<string, readonly HttpBinding[]>;
  readonly permissions: ReadonlyMap<string, readonly string[]>;
  readonly program: string | null;
  readonly protoRoot: string;
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
  checkPaths(files, config.protoRoot);
  const services = files.flatMap((file) => file.services);
  const methodNames = new Set(services.flatMap((service) => service.methods.map(methodName)));

  const upstream =
    sources.upstreamJson === undefined
      ? null
      : readUpstream(
          sources.upstreamJson,
          typeof config.upstream === "string" ? config.upstream : "upstream",
        );
  const context: Context = {
    registry,
    comments: new Map(files.flatMap((file) => [...readComments(file.proto)])),
    upstream,
    upstreamPattern: config.upstreamLink ?? "",
    http: readServiceConfigs(sources, registry),
    permissions: readPermissions(
      sources.permissionsYaml ?? "",
      config.permissions ?? "permissions",
      methodNames,
      sources.skip,
    ),
    safety: readSafety(sources.safetyYaml ?? "", config.safety ?? "safety", registry, sources.skip),
    program: config.cli?.program ?? null,
    protoRoot: config.protoRoot,
  };
  const nested = new Map(files.map((file) => [file, file.messages.flatMap(withNested)]));
  const inMessages = files.flatMap((file) => nested.get(file) ?? []);
  const messages = inMessages.map((message) => buildMessage(message, context));
  const enums = files
    .flatMap((file) => [...file.enums, ...(nested.get(file) ?? []).flatMap(({ nestedEnums }) => nestedEnums)])
    .map((enumeration) => buildEnum(enumeration, context));
  const extensions = files
    .flatMap((file) => [
      ...file.extensions,
      ...(nested.get(file) ?? []).flatMap(({ nestedExtensions }) => nestedExtensions),
    ])
    .map((extension) => buildExtension(extension, context));
  const named = [
    ...services.flatMap(({ methods }) =>
      methods.flatMap(({ input, output }) => [input.typeName, output.typeName]),
    ),
    ...[...messages.flatMap(({ fields }) => fields), ...extensions].flatMap(({ type }) => namedTypes(type)),
    ...extensions.map((extension) => extension.extends),
  ];
  const builtIn = wellKnownTypes(named, registry, new Set(config.files));
  return {
    api: apiInfo(config, upstream),
    ...readFacts(sources, registry),
    services: services.map((service) => buildService(service, context)),
    messages: [...messages, ...builtIn.messages],
    enums: [...enums, ...builtIn.enums],
    extensions,
  };
}

function readServiceConfigs(
  { config, serviceConfigYaml = "" }: ReferenceSources,
  registry: FileRegistry,
): Map<string, HttpBinding[]> {
  const paths = serviceConfigsOf(config);
  const texts = typeof serviceConfigYaml === "string" ? [serviceConfigYaml] : serviceConfigYaml;
  const found = texts.flatMap((yaml, i) => [
    ...readHttpBindings(yaml, paths[i] ?? "service config", registry),
  ]);
  return new Map(found);
}

function apiInfo(config: ResolvedApi, upstream: Upstream | null): ApiInfo {
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
    ...(config.goModules === undefined ? {} : { goModules: config.goModules }),
  };
}

function withNested(message: DescMessage): DescMessage[] {
  return [message, ...message.nestedMessages.flatMap(withNested)];
}

function methodName(method: DescMethod): string {
  return `${method.parent.typeName}.${method.name}`;
}

function buildService(service: DescService, context: Context): Service {
  return {
    ...define(service.typeName, service, context),
    file: service.file.proto.name,
    methods: service.methods.map((method) => buildMethod(method, context)),
  };
}

function buildMethod(method: DescMethod, context: Context): Method {
  const name = methodName(method);
  const { parent, proto } = method;
  const deprecated = method.deprecated || parent.deprecated;
  const comment = context.comments.get(name) ?? "";
  const { cli, rest } =
    context.program === null ? { cli: null, rest: comment } : splitCli(comment, context.program);
  const permissions = context.permissions.get(name) ?? null;
  return {
    ...define(name, { deprecated, file: parent.file, proto }, context, rest),
    service: parent.typeName,
    shortName: method.name,
    stream: streamKind(method),
    input: method.input.typeName,
    output: method.output.typeName,
    cli,
    http: context.http.get(name) ?? annotatedBindings(method, context.registry, context.protoRoot),
    permissions,
    access: accessOf(permissions),
    safety: context.safety.methods.get(name) ?? PLAIN_SAFETY,
  };
}
