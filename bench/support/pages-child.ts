/**
 * A process that makes the pages of an API from its descriptors, once it is told to, and reports how long that took. It
 * does what `npm run generate` does once buf has answered, with the same functions.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addPages } from "../../bin/steps/api-outputs.ts";
import { applyChanges, compareFiles } from "../../bin/steps/file-set.ts";
import { fileStates, type LastRun, readLastRun, statesAfter } from "../../bin/steps/last-run.ts";
import type { ResolvedApi } from "../../lib/reference/api-config.ts";
import { buildReference } from "../../lib/reference/build-reference.ts";
import { readImage } from "../../lib/schema/read-image.ts";

/** What the process is started with, as JSON. */
export interface PagesJob {
  readonly api: ResolvedApi;
  /** A binary `FileDescriptorSet`. */
  readonly image: string;
  /** Where the pages go, and what a run leaves for the next one. */
  readonly folder: string;
}

/** What it reports. */
export interface PagesReport {
  readonly ms: number;
  readonly files: number;
  readonly written: number;
  readonly bytes: number;
}

const FOLDERS = ["content/reference"];

const { api, image: imageFile, folder }: PagesJob = JSON.parse(process.argv[2] ?? "{}");
process.once("message", () => {
  const from = performance.now();
  const report = run();
  process.send?.({ ...report, ms: performance.now() - from });
  process.disconnect();
});
process.send?.("ready");

function run(): Omit<PagesReport, "ms"> {
  const lastFile = join(folder, "last.json");
  mkdirSync(folder, { recursive: true });
  const last = readLastRun(lastFile);
  const states = fileStates(folder, FOLDERS);
  const isIntact = (path: string) => states[path] !== undefined && states[path] === last?.files[path];
  const image = readImage(readFileSync(imageFile));
  const reference = buildReference(image, { config: api });
  const wanted = new Map<string, string | Uint8Array | null>();
  const pages = addPages(wanted, { api, image, reference }, { last: last?.apis[api.id] ?? null, isIntact });
  const changes = compareFiles(folder, FOLDERS, wanted);
  applyChanges(folder, changes, wanted);
  const left: LastRun = {
    ...{ code: "", inputs: "", files: statesAfter(folder, states, changes) },
    apis: { [api.id]: { pages, schemas: {} } },
  };
  writeFileSync(lastFile, JSON.stringify(left));
  let bytes = 0;
  for (const path of changes.written) bytes += wanted.get(path)?.length ?? 0;
  return { files: wanted.size, written: changes.written.length, bytes };
}
