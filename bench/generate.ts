import { fork } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compileProtos } from "../bin/steps/compile-protos.ts";
import { GENERATE_NODE_FLAGS } from "../bin/steps/generate-in-child.ts";
import { loadConfig } from "../bin/steps/load-config.ts";
import type { ResolvedApi } from "../lib/reference/api-config.ts";
import { LARGE, largeConfig, largeFile, writeLargeApi } from "../test/support/large-api.ts";
import { ROOT } from "../test/support/start-site.ts";
import type { Context } from "./support/context.ts";
import { findGenDoc, type GenDoc, prepareRequest } from "./support/gen-doc.ts";
import { median } from "./support/median.ts";
import type { PagesJob, PagesReport } from "./support/pages-child.ts";
import { isMissing, type Missing } from "./support/peer.ts";
import type { Row } from "./support/row.ts";

const ROUNDS = 3;
const TIMES = 4;

/** An API as both get it: descriptors and nothing else. */
interface Input {
  readonly name: string;
  readonly api: ResolvedApi;
  readonly image: string;
}

/**
 * From descriptors in a file to pages in files, each time in a fresh process: ours from the moment when buf would have
 * answered, which it waits for with its code loaded, the peer from its start, since it is started then. What Node and
 * the code take before is in rows of their own.
 */
export async function measureGenerate({ dir }: Context): Promise<readonly Row[]> {
  const peer = findGenDoc(join(ROOT, ".cache", "peers"));
  const pool = await poolInput(dir);
  const large = await largeInput(dir, LARGE.files);
  const four = await largeInput(dir, LARGE.files * TIMES);
  const edited = await editedInput(dir, large);
  const rows = [...(await besidePeer(dir, pool, peer)), ...(await besidePeer(dir, large, peer))];

  const one: number[] = [];
  const more: number[] = [];
  for (let round = 0; round < 3; round++) {
    one.push((await fullRun(dir, large)).ms);
    more.push((await fullRun(dir, four)).ms);
  }
  rows.push({
    kind: "ratio",
    name: `pages of ${TIMES} times the input`,
    unit: "ms",
    ours: median(more),
    peer: { name: "for one", value: median(one) },
    most: 4.4,
  });

  const full: number[] = [];
  const again: number[] = [];
  for (let round = 0; round < 3; round++) {
    const whole = await fullRun(dir, large);
    full.push(whole.ms);
    const { ms, written } = await run(whole.folder, edited);
    if (written === 0) throw new Error("an edit has changed no page");
    again.push(ms);
  }
  rows.push({
    kind: "ratio",
    name: `pages after an edit of 1 of ${LARGE.files} files`,
    unit: "ms",
    ours: median(again),
    peer: { name: "for all", value: median(full) },
    most: 0.15,
  });
  return rows;
}

async function besidePeer(dir: string, input: Input, peer: GenDoc | Missing): Promise<Row[]> {
  const ours: number[] = [];
  const withStart: number[] = [];
  const theirs: number[] = [];
  const request = prepareRequest(input.image);
  let size: PagesReport | null = null;
  let theirBytes = 0;
  for (let round = -1; round < ROUNDS; round++) {
    const their = isMissing(peer) ? null : await peer.run(request);
    const report = await fullRun(dir, input);
    size = report;
    if (round < 0) continue;
    if (their !== null) theirs.push(their.ms);
    theirBytes = their?.bytes ?? 0;
    ours.push(report.ms);
    withStart.push(report.withStartMs);
  }
  const name = `${input.name}: descriptors to ${(size?.files ?? 0).toLocaleString("en-US")} pages`;
  return [
    isMissing(peer)
      ? { kind: "left-out", name, why: peer.why }
      : {
          kind: "ratio",
          name,
          unit: "ms",
          ours: median(ours),
          peer: { name: `${peer.name}, one page`, value: median(theirs) },
          most: 1,
        },
    { kind: "shown", name: "  with the start of Node and the code", unit: "ms", ours: median(withStart) },
    {
      kind: "shown",
      name: `  bytes of the pages${theirBytes === 0 ? "" : ` (of the peer's one: ${(theirBytes / 1e6).toFixed(2)} MB)`}`,
      unit: "MB",
      ours: (size?.bytes ?? 0) / 1e6,
    },
  ];
}

async function poolInput(dir: string): Promise<Input> {
  const [config] = (await loadConfig(ROOT)).apis;
  if (config === undefined) throw new Error("the config has no API");
  const { id, title, protoRoot, files, services, groups } = config;
  return compiled(dir, title, {
    id,
    path: "",
    title,
    protoRoot: join(ROOT, protoRoot),
    files,
    services,
    groups,
  });
}

async function largeInput(dir: string, files: number): Promise<Input> {
  const size = { ...LARGE, files };
  const protoRoot = join(dir, `protos-${files}`);
  writeLargeApi(protoRoot, size);
  const name = `${files} services, ${files * size.messages} messages`;
  return compiled(dir, name, largeConfig(size, protoRoot));
}

/** The same API with a comment and a field changed in one file. */
async function editedInput(dir: string, { name, api }: Input): Promise<Input> {
  const path = join(api.protoRoot, largeFile(7));
  const text = readFileSync(path, "utf8");
  const edited = text
    .replace("// The item's name, unique", "// Its own name, unique")
    .replace("int64 due_time = 9;", "int64 due_at = 19;");
  writeFileSync(path, edited);
  const input = await compiled(dir, `${name}, edited`, api);
  writeFileSync(path, text);
  return input;
}

async function compiled(dir: string, name: string, api: ResolvedApi): Promise<Input> {
  const folder = join(dir, `image-${name.replace(/\W+/g, "-")}`);
  mkdirSync(folder, { recursive: true });
  await compileProtos(ROOT, api, folder);
  return { name, api, image: join(folder, "image.binpb") };
}

/**
 * A run that finds nothing of an earlier one. It has a folder of its own, and nothing is deleted until the bench ends: for
 * minutes after thousands of files were deleted, ext4 looks for a free inode past all of theirs and takes ten times as
 * long to make one.
 */
function fullRun(dir: string, input: Input): Promise<TimedReport> {
  return run(mkdtempSync(join(dir, `pages-${input.api.id}-`)), input);
}

interface TimedReport extends PagesReport {
  readonly withStartMs: number;
  readonly folder: string;
}

async function run(folder: string, input: Input): Promise<TimedReport> {
  const job: PagesJob = { api: input.api, image: input.image, folder };
  const from = performance.now();
  const child = fork(join(import.meta.dirname, "support/pages-child.ts"), [JSON.stringify(job)], {
    execArgv: [...process.execArgv, ...GENERATE_NODE_FLAGS],
  });
  const report = await new Promise<PagesReport>((resolve, reject) => {
    child.on("message", (message) => {
      if (message === "ready") child.send("go");
      else resolve(message as PagesReport);
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`making pages ended with code ${code}`)));
  });
  return { ...report, withStartMs: performance.now() - from, folder };
}
