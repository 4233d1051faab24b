import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { clone, create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  FileDescriptorProtoSchema,
  type FileDescriptorSet,
  FileDescriptorSetSchema,
} from "@bufbuild/protobuf/wkt";
import { buildPages } from "../../lib/pages/build-pages.ts";
import type { ApiConfig, PlaygroundConfig } from "../../lib/reference/api-config.ts";
import { buildReference } from "../../lib/reference/build-reference.ts";
import { methodDocs } from "../../lib/reference/method-docs.ts";
import type { Reference } from "../../lib/reference/reference.ts";
import { loadRegistry } from "../../lib/schema/registry.ts";
import { sliceMethod } from "../../lib/schema/slice.ts";
import { applyChanges, compareFiles, type FileChanges, hashFiles, listFiles } from "./file-set.ts";
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
const OUTPUT_FOLDERS = [...COMMITTED, "public/schema", ".cache/api/image.binpb", ".cache/api/reference.json"];
const STAMP = ".cache/api/stamp";

/** What the generated files follow from. */
export const GENERATE_INPUTS = [
  "proto",
  "playground.config.ts",
  "lib/reference",
  "lib/pages",
  "lib/schema",
  "lib/call",
  "bin/steps",
  "buf.yaml",
  "buf.gen.yaml",
  "package-lock.json",
];

/**
 * Makes everything that follows from the protos: `gen/`, `content/reference/`, `public/schema/` and `.cache/api/`.
 * Only what differs is written; what no longer follows is deleted. Needs no network. Throws an Error that names
 * file, line and reason where an input is wrong; then nothing is written.
 */
export async function generate(options: GenerateOptions): Promise<GenerateResult> {
  const { root, force = false, check = false, log = () => {} } = options;
  if (!force && !check && readStamp(root) === stampOf(root)) {
    log("generate: up to date");
    return { written: [], deleted: [], skipped: true };
  }
  const {
    apis: [config],
  } = await loadConfig(root);
  mkdirSync(join(root, ".cache", "api"), { recursive: true });
  const scratch = mkdtempSync(join(root, ".cache", "generate-"));
  try {
    log("generate: descriptors (buf build)");
    const image = await buildImage(root, scratch);
    const reference = buildReference(image, readSources(root, config));
    log(`generate: reference of ${counts(reference)}`);
    log("generate: code (buf generate)");
    await runBuf(root, ["generate", "--output", scratch]);

    const wanted = new Map<string, string | Uint8Array>();
    for (const path of listFiles(scratch, "gen")) {
      wanted.set(path, readFileSync(join(scratch, path)));
    }
    for (const { path, content } of buildPages(reference, config)) {
      wanted.set(path, content);
    }
    if (!check) {
      addSchemas(wanted, image, reference);
    }
    const changes = compareFiles(root, check ? COMMITTED : OUTPUT_FOLDERS, wanted);
    if (check) {
      log(`generate: ${changeText(changes, "would be")}`);
    } else {
      applyChanges(root, changes, wanted);
      writeFileSync(join(root, STAMP), stampOf(root));
      log(`generate: ${changeText(changes, "")}`);
    }
    return { ...changes, skipped: false };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function buildImage(root: string, scratch: string): Promise<FileDescriptorSet> {
  const file = join(scratch, "image.binpb");
  await runBuf(root, ["build", "--output", file]);
  return fromBinary(FileDescriptorSetSchema, readFileSync(file));
}

/** A slice and its docs for each method; the whole image for the server and for what names any type of the API. */
function addSchemas(
  wanted: Map<string, string | Uint8Array>,
  image: FileDescriptorSet,
  reference: Reference,
): void {
  const bare = create(FileDescriptorSetSchema, {
    file: image.file.map((file) => {
      const copy = clone(FileDescriptorProtoSchema, file);
      delete copy.sourceCodeInfo;
      return copy;
    }),
  });
  const bytes = toBinary(FileDescriptorSetSchema, bare);
  const registry = loadRegistry(bytes);
  wanted.set(".cache/api/image.binpb", bytes);
  wanted.set("public/schema/types.binpb", bytes);
  wanted.set(".cache/api/reference.json", `${JSON.stringify(reference)}\n`);
  for (const { name } of reference.services.flatMap((service) => service.methods)) {
    wanted.set(`public/schema/${name}.binpb`, toBinary(FileDescriptorSetSchema, sliceMethod(registry, name)));
    wanted.set(`public/schema/${name}.json`, `${JSON.stringify(methodDocs(reference, name))}\n`);
  }
}

async function loadConfig(root: string): Promise<PlaygroundConfig> {
  const file = join(root, "playground.config.ts");
  // A query of its own, since a module is loaded once a process and URL, and the config may have been edited since.
  const url = `${pathToFileURL(file).href}?${statSync(file).mtimeMs}`;
  const module: { default?: PlaygroundConfig } = await import(url);
  if (module.default === undefined) {
    throw new Error("playground.config.ts: has no default export");
  }
  return module.default;
}

function readSources(root: string, config: ApiConfig) {
  const paths = { ...config, commands: config.cli?.commands };
  const read = (
    name: "serviceConfig" | "permissions" | "safety" | "commands" | "errors" | "replies" | "upstream",
  ): string | undefined => {
    const path = paths[name];
    if (path === undefined) {
      return undefined;
    }
    if (!existsSync(join(root, path))) {
      throw new Error(`${path}: named as ${name} in playground.config.ts, but there is no such file`);
    }
    return readFileSync(join(root, path), "utf8");
  };
  return {
    config,
    serviceConfigYaml: read("serviceConfig"),
    permissionsYaml: read("permissions"),
    safetyYaml: read("safety"),
    commandsYaml: read("commands"),
    errorsYaml: read("errors"),
    repliesJson: read("replies"),
    upstreamJson: read("upstream"),
  };
}

/** Changes with any input or output: a deleted or edited page is found as well as an edited proto. */
function stampOf(root: string): string {
  return `${hashFiles(root, GENERATE_INPUTS)} ${hashFiles(root, OUTPUT_FOLDERS)}\n`;
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
