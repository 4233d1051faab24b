import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { clone, create, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { buildPages } from "../../lib/pages/build-pages.ts";
import { CONTENT_FOLDER } from "../../lib/pages/page-file.ts";
import { apiPath } from "../../lib/reference/api-config.ts";
import { methodDocs } from "../../lib/reference/method-docs.ts";
import type { Reference } from "../../lib/reference/reference.ts";
import { loadRegistry } from "../../lib/schema/registry.ts";
import { sliceMethod } from "../../lib/schema/slice.ts";
import { API_FOLDER, apiFile } from "./api-files.ts";
import { type CompiledApi, compileApis, inputsOf } from "./compile-apis.ts";
import { applyChanges, compareFiles, type FileChanges, hashFiles, listFiles } from "./file-set.ts";
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
const STAMP = ".cache/generate-stamp";

/** What the generated files follow from beside what the config names. */
const OWN_INPUTS = [
  CONFIG_FILE,
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
 * file, line and reason where an input is wrong; then nothing is written.
 */
export async function generate(options: GenerateOptions): Promise<GenerateResult> {
  const { root, force = false, check = false, log = () => {} } = options;
  const config = await loadConfig(root);
  const inputs = generateInputs(root, config);
  if (!force && !check && readStamp(root) === stampOf(root, inputs)) {
    log("generate: up to date");
    return { written: [], deleted: [], skipped: true };
  }
  mkdirSync(join(root, ".cache", "api"), { recursive: true });
  const scratch = mkdtempSync(join(root, ".cache", "generate-"));
  try {
    log("generate: descriptors (buf build)");
    const compiled = await compileApis(root, config, scratch);
    for (const { api, reference } of compiled)
      log(`generate: reference of ${compiled.length === 1 ? "" : `${api.title}: `}${counts(reference)}`);
    const wanted = new Map<string, string | Uint8Array>();
    if (existsSync(join(root, "buf.gen.yaml"))) {
      log("generate: code (buf generate)");
      await runBuf(root, ["generate", "--output", scratch]);
      for (const path of listFiles(scratch, "gen")) wanted.set(path, readFileSync(join(scratch, path)));
    }
    addPages(wanted, compiled);
    if (!check) {
      for (const each of compiled) addSchemas(wanted, each);
    }
    const changes = compareFiles(root, check ? COMMITTED : OUTPUT_FOLDERS, wanted);
    if (check) {
      log(`generate: ${changeText(changes, "would be")}`);
    } else {
      applyChanges(root, changes, wanted);
      writeFileSync(join(root, STAMP), stampOf(root, inputs));
      log(`generate: ${changeText(changes, "")}`);
    }
    return { ...changes, skipped: false };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The pages of all APIs. Throws a ConfigError where two APIs have pages at one address. */
function addPages(wanted: Map<string, string | Uint8Array>, compiled: readonly CompiledApi[]): void {
  const mistakes: string[] = [];
  const files = compiled.map(({ api, reference }) => buildPages(reference, api));
  for (const [i, { api }] of compiled.entries()) {
    const folder = `${CONTENT_FOLDER}/${apiPath(api)}`;
    const clash = files
      .filter((_, j) => j !== i && apiPath(api) !== "")
      .flatMap(
        (others) =>
          others.find(({ path }) => path.startsWith(`${folder}/`) || path === `${folder}.mdx`) ?? [],
      );
    for (const { path } of clash) {
      mistakes.push(
        `apis[${i}].path is ${apiPath(api)}, where another API has a page already (${path}); give it another path.`,
      );
    }
  }
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  for (const { path, content } of files.flat()) wanted.set(path, content);
}

/** A slice and its docs for each method; the whole image for the server and for what names any type of the API. */
function addSchemas(wanted: Map<string, string | Uint8Array>, { api, image, reference }: CompiledApi): void {
  const bare = create(FileDescriptorSetSchema, {
    file: image.file.map((file) => {
      const copy = clone(FileDescriptorProtoSchema, file);
      delete copy.sourceCodeInfo;
      return copy;
    }),
  });
  const bytes = toBinary(FileDescriptorSetSchema, bare);
  const registry = loadRegistry(bytes);
  wanted.set(apiFile(api.id, "image.binpb"), bytes);
  wanted.set(apiFile(api.id, "reference.json"), `${JSON.stringify(reference)}\n`);
  wanted.set(`public/schema/types-${api.id}.binpb`, bytes);
  for (const { name } of reference.services.flatMap((service) => service.methods)) {
    wanted.set(`public/schema/${name}.binpb`, toBinary(FileDescriptorSetSchema, sliceMethod(registry, name)));
    wanted.set(`public/schema/${name}.json`, `${JSON.stringify(methodDocs(reference, name))}\n`);
  }
}

/** Changes with any input or output: a deleted or edited page is found as well as an edited proto. */
function stampOf(root: string, inputs: readonly string[]): string {
  return `${hashFiles(root, inputs)} ${hashFiles(root, OUTPUT_FOLDERS)}\n`;
}

function readStamp(root: string): string | null {
  const file = join(root, STAMP);
  return existsSync(file) ? readFileSync(file, "utf8") : null;
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
