import { mkdirSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { createFileRegistry, type DescService } from "@bufbuild/protobuf";
import type { FileDescriptorSet } from "@bufbuild/protobuf/wkt";
import { type ResolvedApi, serviceConfigsOf } from "../../lib/reference/api-config.ts";
import { buildReference, type ReferenceSources } from "../../lib/reference/build-reference.ts";
import { checkConfigNames } from "../../lib/reference/check-config-names.ts";
import type { Reference } from "../../lib/reference/reference.ts";
import { SourceError } from "../../lib/reference/source-error.ts";
import { compileProtos } from "./compile-protos.ts";
import { listProtos } from "./list-protos.ts";
import { ConfigError, type LoadedConfig } from "./load-config.ts";
import { readCheckoutUpstream } from "./read-git.ts";

/** An API with what its protos say. */
export interface CompiledApi {
  readonly api: ResolvedApi;
  /** With source info. */
  readonly image: FileDescriptorSet;
  readonly reference: Reference;
}

/**
 * Compiles the protos of every API. Throws a ConfigError with every name in the config that they do not have. `tell` takes
 * what a reader should know of protos that are a checkout's.
 */
export async function compileApis(
  root: string,
  config: LoadedConfig,
  scratch: string,
  tell: (line: string) => void = () => {},
): Promise<readonly CompiledApi[]> {
  const said = new Set<string>();
  const note = (line: string) => {
    if (!said.has(line)) tell(line);
    said.add(line);
  };
  const read = await allOf(
    config.apis.map(async (api) => {
      const folder = join(scratch, `image-${api.id}`);
      mkdirSync(folder);
      const image = await compileProtos(root, api, folder);
      const registry = createFileRegistry(image);
      const services = api.files.flatMap((path) => registry.getFile(path)?.services ?? []);
      const isCheckout = config.checkouts.has(api.id);
      return { api: isCheckout ? withKnownNames(api, services, note) : api, image, services, isCheckout };
    }),
  );
  const mistakes = checkConfigNames(config.checkouts.size === 0 ? config : {}, read);
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  const compiled: CompiledApi[] = [];
  for (const { api, image, isCheckout } of read) {
    const sources = await readSources(root, api, image, note);
    const reference = isCheckout
      ? buildWithoutStrangers(image, { ...sources, skip: note }, note)
      : buildReference(image, sources);
    compiled.push({ api, image, reference });
  }
  return compiled;
}

/** The files that an API's pages follow from, relative to the project: every proto below the root is one. */
export function inputsOf(root: string, { protoRoot, cli, ...api }: ResolvedApi): string[] {
  const { permissions, safety, errors, replies, upstream } = api;
  const named = [...serviceConfigsOf(api), permissions, safety, errors, replies, upstream, cli?.commands];
  const folders = [protoRoot, ...(api.importRoots ?? [])].map((path) => resolve(root, path));
  return [
    ...folders.flatMap((folder) => listProtos(folder).map((path) => join(folder, path))),
    ...named.filter((path) => typeof path === "string").map((path) => resolve(root, path)),
  ].map((path) => relative(root, path).split(sep).join("/"));
}

/** Waits for all of them, and throws what each that failed has to say: nothing is under way then. */
async function allOf<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const ended = await Promise.allSettled(promises);
  const reasons = ended.flatMap((each): unknown[] => (each.status === "rejected" ? [each.reason] : []));
  const [first] = reasons;
  if (reasons.length === 1) throw first;
  if (reasons.length > 1) {
    throw new Error(
      reasons.map((reason) => (reason instanceof Error ? reason.message : String(reason))).join("\n"),
    );
  }
  return ended.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
}

/** The config without the methods and services that another version of its protos does not have. */
function withKnownNames(
  api: ResolvedApi,
  services: readonly DescService[],
  note: (line: string) => void,
): ResolvedApi {
  const methods = new Set(
    services.flatMap(({ typeName, methods }) => methods.map(({ name }) => `${typeName}.${name}`)),
  );
  const names = new Set([...methods, ...services.map(({ typeName }) => typeName)]);
  const known = (list: readonly string[]) =>
    list.filter((name) => {
      if (!names.has(name)) note(`${name}: named in the config, and not in these protos`);
      return names.has(name);
    });
  const { live, ...rest } = api;
  return {
    ...rest,
    ...(live === undefined || !methods.has(live.method) ? {} : { live }),
    services: { daemon: known(api.services.daemon), auctioneer: known(api.services.auctioneer) },
    groups: api.groups
      .map((group) => ({ ...group, methods: known(group.methods) }))
      .filter((group) => group.methods.length > 0),
  };
}

/** Facts that can be done without, where they are about other protos. */
const FACTS = ["serviceConfigYaml", "commandsYaml", "errorsYaml", "repliesJson"] as const;

/** Builds a reference of protos that the facts beside it may not be about: what does not fit is left out, and said. */
function buildWithoutStrangers(
  image: FileDescriptorSet,
  sources: ReferenceSources,
  note: (line: string) => void,
): Reference {
  try {
    return buildReference(image, sources);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const { config } = sources;
    const paths = {
      serviceConfigYaml: serviceConfigsOf(config),
      commandsYaml: config.cli?.commands,
      errorsYaml: config.errors,
      repliesJson: config.replies,
    };
    const stranger = FACTS.find(
      (key) => sources[key] !== undefined && [paths[key]].flat().includes(error.file),
    );
    if (stranger === undefined) throw error;
    note(`${error.message}; ${error.file} is left out`);
    return buildWithoutStrangers(image, { ...sources, [stranger]: undefined }, note);
  }
}

async function readSources(
  root: string,
  api: ResolvedApi,
  image: FileDescriptorSet,
  note: (line: string) => void,
): Promise<ReferenceSources> {
  const text = (path: string) => readFileSync(resolve(root, path), "utf8");
  const read = (path: string | undefined) => (path === undefined ? undefined : text(path));
  return {
    config: api,
    serviceConfigYaml: serviceConfigsOf(api).map(text),
    permissionsYaml: read(api.permissions),
    safetyYaml: read(api.safety),
    commandsYaml: read(api.cli?.commands),
    errorsYaml: read(api.errors),
    repliesJson: read(api.replies),
    upstreamJson: await readUpstreamJson(root, api, image, note),
  };
}

async function readUpstreamJson(
  root: string,
  { upstream: source, protoRoot, files }: ResolvedApi,
  image: FileDescriptorSet,
  note: (line: string) => void,
): Promise<string | undefined> {
  if (source === undefined) return undefined;
  if (typeof source === "string") return readFileSync(resolve(root, source), "utf8");
  const { upstream, notes } = await readCheckoutUpstream(resolve(root, protoRoot), files, image, source);
  for (const line of notes) note(line);
  return upstream === null ? undefined : JSON.stringify(upstream);
}
