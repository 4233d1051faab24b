import { accessSync, constants, existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/**
 * Where rustup keeps its toolchains, for `RUSTUP_HOME`: what that says, else the folder of the home folder, else the one
 * beside the `cargo` that is found. With another home folder than the one it was installed in, rustup finds none by itself.
 */
export function rustupHome(): string {
  const own = process.env.RUSTUP_HOME ?? join(homedir(), ".rustup");
  if (hasToolchains(own)) return own;
  const folders = (process.env.PATH ?? "").split(delimiter);
  const beside = folders.filter(hasCargo).map((folder) => join(folder, "../../.rustup"));
  return beside.find(hasToolchains) ?? own;
}

/** rustup makes its folder wherever it is started; the toolchains are where one was installed. */
function hasToolchains(folder: string): boolean {
  return existsSync(join(folder, "toolchains"));
}

function hasCargo(folder: string): boolean {
  try {
    accessSync(join(folder, "cargo"), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
