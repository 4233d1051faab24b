import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { apiFile } from "../../bin/steps/api-files.ts";
import { inputHash } from "../../bin/steps/input-hash.ts";
import { writeTwins } from "../../bin/steps/write-twins.ts";
import { buildPages } from "../../lib/pages/build-pages.ts";
import { buildReference } from "../../lib/reference/build-reference.ts";
import { LARGE, largeConfig, writeLargeApi } from "../../test/support/large-api.ts";
import { largeNotebook } from "../../test/support/large-notebook.ts";
import { buildImage, ROOT } from "../../test/support/pool-api.ts";
import { type Child, freePort, startProgram } from "./child.ts";

/** Cells of its notebook. */
export const CELLS = 200;

const SOURCES = ["app", "components", "lib", "next.config.mjs", "tsconfig.json", "package.json"];
const NEXT = join(ROOT, "node_modules/next/dist/bin/next");

export interface LargeSite extends Child {
  readonly origin: string;
  /** The page of one of the 1,000 methods. */
  readonly methodPage: string;
  /** What stands on it. */
  readonly text: string;
}

/**
 * The site of an API of 1,000 methods and 2,000 messages, built from the same sources as the project's own. The pages of
 * the messages are left out of the build: they only make it slower.
 */
export async function startLargeSite(): Promise<LargeSite> {
  const root = join(ROOT, ".cache/bench/large");
  const stamp = join(root, "built-from");
  const hash = inputHash(ROOT, [
    ...SOURCES,
    "package-lock.json",
    "test/support/large-api.ts",
    "test/support/large-notebook.ts",
  ]);
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" } as const;
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== hash) {
    rmSync(root, { recursive: true, force: true });
    await writeSources(root);
    await promisify(execFile)(process.execPath, [NEXT, "build"], { cwd: root, env, maxBuffer: 1 << 26 });
    writeFileSync(stamp, hash);
  }
  const port = await freePort();
  const start = [NEXT, "start", root, "--port", String(port), "--hostname", "127.0.0.1"];
  const child = await startProgram(process.execPath, start, port, env);
  return {
    ...child,
    origin: `http://127.0.0.1:${port}`,
    methodPage: "/reference/large.v1.Service25/Step7",
    text: "Does step 7 of part 25.",
  };
}

async function writeSources(root: string): Promise<void> {
  for (const path of SOURCES) cpSync(join(ROOT, path), join(root, path), { recursive: true });
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const protos = join(root, "proto");
  writeLargeApi(protos, LARGE);
  const config = { ...largeConfig(LARGE, protos), path: "" };
  put("playground.config.ts", `export default { apis: [${JSON.stringify(config)}] };\n`);
  put("content/notebooks/large.mdx", largeNotebook(CELLS, "large.v1.Service25.Step7"));
  put("content/guides/index.mdx", 'export const page = { title: "Large" };\n\n# Large\n');
  const reference = buildReference(await buildImage(ROOT, protos), { config });
  put(apiFile(config.id, "reference.json"), JSON.stringify(reference));
  for (const { path, content } of buildPages(reference, config)) {
    if (!path.includes("/messages/") && !path.includes("/enums/")) put(path, content);
  }
  mkdirSync(join(root, ".cache"), { recursive: true });
  writeTwins(root);
}
