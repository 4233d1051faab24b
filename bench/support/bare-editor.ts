import { execFile } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { inputHash } from "../../bin/steps/input-hash.ts";
import { ROOT } from "../../test/support/start-site.ts";
import { type Child, freePort, startProgram } from "./child.ts";

const APP = "bench/bare-editor";
const NEXT = join(ROOT, "node_modules/next/dist/bin/next");
const INPUTS = [
  `${APP}/app`,
  `${APP}/mount.js`,
  `${APP}/next.config.mjs`,
  "components/editor/monaco-features.ts",
  "package-lock.json",
];

export interface BareEditor extends Child {
  readonly origin: string;
}

/**
 * A page with nothing but Monaco, of the same parts as the playground's, built and served by Next as the site is. It is
 * a site of its own so that it is no part of what users get.
 */
export async function startBareEditor(): Promise<BareEditor> {
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" } as const;
  const stamp = join(ROOT, APP, ".next", "built-from");
  const hash = inputHash(ROOT, INPUTS);
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== hash) {
    await promisify(execFile)(process.execPath, [NEXT, "build", APP], { cwd: ROOT, env });
    writeFileSync(stamp, hash);
  }
  const port = await freePort();
  const child = await startProgram(
    process.execPath,
    [NEXT, "start", join(ROOT, APP), "--port", String(port), "--hostname", "127.0.0.1"],
    port,
    env,
  );
  return { ...child, origin: `http://127.0.0.1:${port}` };
}
