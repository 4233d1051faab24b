import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Pages are made of very many small objects that are gone at once: with room for them Node collects far less often. */
export const GENERATE_NODE_FLAGS = ["--min-semi-space-size=64", "--max-semi-space-size=128"];

/**
 * `generate` in a process of its own, with the code as it is now. Gives its last line on what it did; throws with its
 * complaint.
 */
export async function generateInChild(root: string): Promise<string> {
  try {
    const { stdout } = await run(
      process.execPath,
      [...GENERATE_NODE_FLAGS, "--import", "tsx", join(root, "bin/generate.ts")],
      {
        cwd: root,
      },
    );
    return (stdout.trim().split("\n").at(-1) ?? "").replace(/^generate: /, "");
  } catch (cause) {
    throw new Error(String(Reflect.get(cause as object, "stderr") || cause).trim(), { cause });
  }
}
