import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Runs the project's own buf, offline, in `root` or in another folder. Throws an Error with buf's `file:line:column:reason` lines. */
export async function runBuf(
  root: string,
  args: readonly string[],
  { cwd = root }: { readonly cwd?: string } = {},
): Promise<void> {
  const bin = join(root, "node_modules", ".bin");
  const cache = join(root, ".cache", "buf");
  mkdirSync(cache, { recursive: true });
  try {
    await run(join(bin, "buf"), [...args], {
      cwd,
      env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ""}`, BUF_CACHE_DIR: cache },
    });
  } catch (error) {
    throw new Error(`buf ${args[0]} failed:\n${bufMessage(error)}`, { cause: error });
  }
}

function bufMessage(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  if ("code" in error && error.code === "ENOENT") {
    return "node_modules/.bin/buf is not there: run npm install";
  }
  const output = ["stdout", "stderr"].map((name) => String(Reflect.get(error, name) ?? "").trim());
  return output.filter((text) => text !== "").join("\n") || error.message;
}
