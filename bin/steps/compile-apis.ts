import { mkdirSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { createFileRegistry } from "@bufbuild/protobuf";
import type { FileDescriptorSet } from "@bufbuild/protobuf/wkt";
import type { ResolvedApi } from "../../lib/reference/api-config.ts";
import { buildReference, type ReferenceSources } from "../../lib/reference/build-reference.ts";
import { checkConfigNames } from "../../lib/reference/check-config-names.ts";
import type { Reference } from "../../lib/reference/reference.ts";
import { compileProtos } from "./compile-protos.ts";
import { listProtos } from "./list-protos.ts";
import { ConfigError, type LoadedConfig } from "./load-config.ts";

/** An API with what its protos say. */
export interface CompiledApi {
  readonly api: ResolvedApi;
  /** With source info. */
  readonly image: FileDescriptorSet;
  readonly reference: Reference;
}

/** Compiles the protos of every API. Throws a ConfigError with every name in the config that they do not have. */
export async function compileApis(
  root: string,
  config: LoadedConfig,
  scratch: string,
): Promise<readonly CompiledApi[]> {
  const images = await Promise.all(
    config.apis.map((api) => {
      const folder = join(scratch, `image-${api.id}`);
      mkdirSync(folder);
      return compileProtos(root, api, folder);
    }),
  );
  const read = config.apis.flatMap((api, i) => {
    const image = images[i];
    return image === undefined ? [] : [{ api, image }];
  });
  const mistakes = checkConfigNames(
    config,
    read.map(({ api, image }) => {
      const registry = createFileRegistry(image);
      return { api, services: api.files.flatMap((path) => registry.getFile(path)?.services ?? []) };
    }),
  );
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return read.map(({ api, image }) => ({
    api,
    image,
    reference: buildReference(image, readSources(root, api)),
  }));
}

/** The files that an API's pages follow from, relative to the project: every proto below the root is one. */
export function inputsOf(root: string, { protoRoot, cli, ...api }: ResolvedApi): string[] {
  const { serviceConfig, permissions, safety, errors, replies, upstream } = api;
  const named = [serviceConfig, permissions, safety, errors, replies, upstream, cli?.commands];
  const folder = resolve(root, protoRoot);
  return [
    ...listProtos(folder).map((path) => join(folder, path)),
    ...named.filter((path) => typeof path === "string").map((path) => resolve(root, path)),
  ].map((path) => relative(root, path).split(sep).join("/"));
}

function readSources(root: string, api: ResolvedApi): ReferenceSources {
  const read = (path: unknown) =>
    typeof path === "string" ? readFileSync(resolve(root, path), "utf8") : undefined;
  return {
    config: api,
    serviceConfigYaml: read(api.serviceConfig),
    permissionsYaml: read(api.permissions),
    safetyYaml: read(api.safety),
    commandsYaml: read(api.cli?.commands),
    errorsYaml: read(api.errors),
    repliesJson: read(api.replies),
    upstreamJson: read(api.upstream),
  };
}
