import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CONTENT_FOLDER } from "../../lib/pages/page-file.ts";
import { apiPath, type ResolvedApi } from "../../lib/reference/api-config.ts";
import type { Reference } from "../../lib/reference/reference.ts";
import { API_FOLDER } from "./api-files.ts";
import { addPages, addSchemas } from "./api-outputs.ts";
import { CHECKOUTS_FILE, readCheckouts } from "./checkout.ts";
import { compileApis, inputsOf } from "./compile-apis.ts";
import { applyChanges, compareFiles, type FileChanges, hashFiles, listFiles } from "./file-set.ts";
import { fileStates, type LastApi, type LastRun, readLastRun, sameStates, statesAfter } from "./last-run.ts";
import { CONFIG_FILE, ConfigError, type LoadedConfig, loadConfig } from "./load-config.ts";
import { runBuf } from "./run-buf.ts";

export interface GenerateOptions {
  /** The project's folder. */
  readonly root: string;
  /** Generates even where the inputs are unchanged. */
  readonly force?: boolean;
  /** Writes nothing of the project: tells what would change in the committed files. */
  readonly check?: boolean;
  /** Takes one line a step. */
  readonly log?: (line: string) => void;
}

export interface GenerateResult extends FileChanges {
  /** Nothing was looked at, since inputs and outputs are those of the last run. */
  readonly skipped: boolean;
}

/** Folders that hold generated files only. The first two are committed. */
const COMMITTED = ["content/reference", "gen"];
const OUTPUT_FOLDERS = [...COMMITTED, "public/schema", API_FOLDER];
const LAST_RUN = ".cache/generate-last.json";

/** What the generated files follow from beside what the config names. */
const OWN_INPUTS = [
  CONFIG_FILE,
  CHECKOUTS_FILE,
  "lib/reference",
  "lib/pages",
  "lib/schema",
  "lib/call",
  "bin/steps",
  "buf.yaml",
  "buf.gen.yaml",
  "package-lock.json",
];

/** What the generated files follow from: files and folders relative to the project. */
export function generateInputs(root: string, { apis }: Pick<LoadedConfig, "apis">): string[] {
  return [...OWN_INPUTS, ...new Set(apis.flatMap((api) => inputsOf(root, api)))];
}

/**
 * Makes everything that follows from the protos: `gen/`, `content/reference/`, `public/schema/` and `.cache/api/`.
 * Only what differs is written; what no longer follows is deleted. Needs no network. Throws an Error that names
 * file, line and reason where an input is wrong; then nothing is written. A check is of the config's own protos, whatever
 * checkout is in their place.
 */
export async function generate(options: GenerateOptions): Promise<GenerateResult> {
  const { root, force = false, check = false, log = () => {} } = options;
  const config = await loadConfig(root, check ? {} : readCheckouts(root));
  const inputs = hashFiles(root, generateInputs(root, config));
  const code = hashFiles(
    root,
    OWN_INPUTS.filter((path) => path !== CONFIG_FILE),
  );
  const states = fileStates(root, OUTPUT_FOLDERS);
  const found = force || check ? null : readLastRun(join(root, LAST_RUN));
  if (found !== null && found.inputs === inputs && sameStates(found.files, states)) {
    log("generate: up to date");
    return { written: [], deleted: [], skipped: true };
  }
  const last = found?.code === code ? found : null;
  const isIntact = (path: string) => states[path] !== undefined && states[path] === last?.files[path];
  mkdirSync(join(root, ".cache", "api"), { recursive: true });
  const scratch = mkdtempSync(join(root, ".cache", "generate-"));
  try {
    log("generate: descriptors (buf build)");
    const compiled = await compileApis(root, config, scratch, (line) => log(`generate: note: ${line}`));
    for (const { api, reference } of compiled)
      log(`generate: reference of ${compiled.length === 1 ? "" : `${api.title}: `}${counts(reference)}`);
    const wanted = new Map<string, string | Uint8Array | null>();
    if (existsSync(join(root, "buf.gen.yaml"))) {
      log("generate: code (buf generate)");
      await runBuf(root, ["generate", "--output", scratch]);
      for (const path of listFiles(scratch, "gen")) wanted.set(path, readFileSync(join(scratch, path)));
    }
    const apis: Record<string, LastApi> = {};
    const addresses = compiled.map((each) => {
      const known = { last: last?.apis[each.api.id] ?? null, isIntact };
      const own = new Map<string, string | Uint8Array | null>();
      const pages = addPages(own, each, known);
      const paths = [...own.keys()];
      const schemas = check ? {} : addSchemas(own, root, each, known);
      apis[each.api.id] = { pages, schemas };
      for (const [path, content] of own) wanted.set(path, content);
      return { api: each.api, paths };
    });
    checkAddresses(addresses);
    const changes = compareFiles(root, check ? COMMITTED : OUTPUT_FOLDERS, wanted);
    if (check) {
      log(`generate: ${changeText(changes, "would be")}`);
    } else {
      applyChanges(root, changes, wanted);
      const run: LastRun = { code, inputs, files: statesAfter(root, states, changes), apis };
      writeFileSync(join(root, LAST_RUN), JSON.stringify(run));
      log(`generate: ${changeText(changes, "")}`);
    }
    return { ...changes, skipped: false };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Throws a ConfigError where two APIs have pages at one address. */
function checkAddresses(
  apis: readonly { readonly api: ResolvedApi; readonly paths: readonly string[] }[],
): void {
  const mistakes: string[] = [];
  for (const [i, { api }] of apis.entries()) {
    const folder = `${CONTENT_FOLDER}/${apiPath(api)}`;
    const clash = apis
      .filter((_, j) => j !== i && apiPath(api) !== "")
      .flatMap(
        ({ paths }) => paths.find((path) => path.startsWith(`${folder}/`) || path === `${folder}.mdx`) ?? [],
      );
    for (const path of clash) {
      mistakes.push(
        `apis[${i}].path is ${apiPath(api)}, where another API has a page already (${path}); give it another path.`,
      );
    }
  }
  if (mistakes.length > 0) throw new ConfigError(mistakes);
}

function counts({ services, messages, enums }: Reference): string {
  const methods = services.reduce((sum, service) => sum + service.methods.length, 0);
  return `${services.length} services, ${methods} methods, ${messages.length} messages, ${enums.length} enums`;
}

function changeText({ written, deleted }: FileChanges, verb: string): string {
  if (written.length + deleted.length === 0) {
    return "nothing changes";
  }
  return `${written.length} files ${verb} written, ${deleted.length} ${verb} deleted`.replace(/ {2}/g, " ");
}
