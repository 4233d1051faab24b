import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { compressAssets } from "./compress-assets.ts";
import { inputHash } from "./input-hash.ts";
import { writeTwins } from "./write-twins.ts";

/** What `next build` reads. */
const INPUTS = [
  "app",
  "components",
  "content",
  "lib",
  "gen",
  "public",
  "next.config.mjs",
  "package-lock.json",
  "playground.config.ts",
  "tsconfig.json",
];

/**
 * Builds the site into `.next` unless it was built from the same inputs. Gives whether it had to. Throws with the
 * build's output where it fails.
 */
export async function buildSite(root: string): Promise<"built" | "current"> {
  writeTwins(root);
  const stamp = join(root, ".next", "built-from");
  const hash = inputHash(root, INPUTS);
  if (existsSync(stamp) && (await readFile(stamp, "utf8")) === hash) return "current";
  await run(root);
  await compressAssets(join(root, ".next", "static"));
  await mkdir(join(root, ".next"), { recursive: true });
  await writeFile(stamp, hash);
  return "built";
}

async function run(root: string): Promise<void> {
  const next = join(root, "node_modules/next/dist/bin/next");
  const child = spawn(process.execPath, [next, "build"], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    output += chunk;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", resolve);
  });
  if (code !== 0) throw new Error(`next build failed:\n${output}`);
}
