import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { PlaygroundConfig, ResolvedApi } from "../../lib/reference/api-config.ts";
import { readConfig, resolveApi } from "../../lib/reference/check-config.ts";
import { suggest } from "../../lib/reference/config-shape.ts";
import { type Checkouts, withCheckout } from "./checkout.ts";
import { listProtos } from "./list-protos.ts";

export const CONFIG_FILE = "playground.config.ts";

/** The site's config with what it left out filled in. */
export interface LoadedConfig extends Pick<PlaygroundConfig, "sandbox"> {
  readonly apis: readonly ResolvedApi[];
  /** The ids of those whose protos are a checkout's: what the config says of other methods is left out. */
  readonly checkouts: ReadonlySet<string>;
}

/** The config is wrong: every mistake in it, a line each. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(mistakes.map((mistake) => `${CONFIG_FILE}: ${mistake}`).join("\n"));
    this.mistakes = mistakes;
  }
}

/**
 * Reads `playground.config.ts` of a project, as it is now, with the protos of `checkouts` in place of its own. Throws a
 * ConfigError with every mistake that shows without compiling the protos, files that are not there among them.
 */
export async function loadConfig(root: string, checkouts: Checkouts = {}): Promise<LoadedConfig> {
  const file = join(root, CONFIG_FILE);
  // A query of its own, since a module is loaded once a process and URL, and the config may have been edited since.
  const url = `${pathToFileURL(file).href}?${statSync(file).mtimeMs}`;
  const module: { default?: unknown } = await import(url);
  if (module.default === undefined) throw new ConfigError(["has no default export; export { apis: [ … ] }."]);
  const reading = readConfig(module.default);
  if (reading.kind === "mistakes") throw new ConfigError(reading.mistakes);
  return resolveConfig(root, reading.config, checkouts);
}

/** Fills in what a config leaves out. Throws a ConfigError that names the files that are not there. */
export function resolveConfig(
  root: string,
  { apis, ...rest }: PlaygroundConfig,
  checkouts: Checkouts = {},
): LoadedConfig {
  const mistakes: string[] = [];
  const resolved = apis.map((original, i) => {
    const checkout = checkouts[original.id];
    const api = checkout === undefined ? original : withCheckout(root, original, checkout);
    const folder = resolve(root, api.protoRoot);
    const say = (key: string, sentence: string) => mistakes.push(`apis[${i}].${key} ${sentence}`);
    if (!isFolder(folder)) {
      say(
        "protoRoot",
        `is ${api.protoRoot}, and there is no such folder; name the one that imports begin at.`,
      );
      return resolveApi(api, []);
    }
    for (const [j, path] of (api.importRoots ?? []).entries()) {
      if (!isFolder(resolve(root, path)))
        say(`importRoots[${j}]`, `is ${path}, and there is no such folder; name one that imports begin at.`);
    }
    const named = api.files ?? [];
    const missing = named.filter((path) => !existsSync(join(folder, path)));
    const protos = api.files === undefined || missing.length > 0 ? listProtos(folder) : [];
    for (const path of missing) {
      const at = `files[${named.indexOf(path)}]`;
      say(at, `names ${path}, and there is no ${api.protoRoot}/${path}; ${suggest(path, protos)}`);
    }
    if (api.files === undefined && protos.length === 0)
      say(
        "protoRoot",
        `is ${api.protoRoot}, which has no .proto file; name the folder that imports begin at.`,
      );
    const paths = { ...api, "cli.commands": api.cli?.commands };
    for (const key of FILE_KEYS) {
      for (const path of [paths[key]].flat()) {
        if (typeof path === "string" && !existsSync(resolve(root, path)))
          say(key, `is ${path}, and there is no such file; write it, or take ${key} out.`);
      }
    }
    return resolveApi(api, protos);
  });
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  const known = new Set(apis.map(({ id }) => id));
  return {
    ...rest,
    apis: resolved,
    checkouts: new Set(Object.keys(checkouts).filter((id) => known.has(id))),
  };
}

/** Settings that name a file. */
const FILE_KEYS = [
  "serviceConfig",
  "permissions",
  "safety",
  "errors",
  "replies",
  "upstream",
  "cli.commands",
] as const;

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
