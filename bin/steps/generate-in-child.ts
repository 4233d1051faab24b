import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * `generate` in a process of its own, with the code as it is now. Gives its last line on what it did; throws with its
 * complaint.
 */
export async function generateInChild(root: string): Promise<string> {
  try {
    const { stdout } = await run(process.execPath, ["--import", "tsx", join(root, "bin/generate.ts")], {
      cwd: root,
    });
    return (stdout.trim().split("\n").at(-1) ?? "").replace(/^generate: /, "");
  } catch (cause) {
    throw new Error(String(Reflect.get(cause as object, "stderr") || cause).trim(), { cause });
  }
}
