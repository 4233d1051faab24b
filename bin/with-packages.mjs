// Runs a TypeScript entry of this folder, installing the packages first where they are missing or out of date.
// Plain JavaScript without dependencies: it is what runs on a fresh clone.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// Flags of Node itself stand before the entry.
const given = process.argv.slice(2);
const at = given.findIndex((arg) => !arg.startsWith("--"));
const [flags, entry, args] = [given.slice(0, at), given[at], given.slice(at + 1)];

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node ${process.versions.node} is too old: install Node 20.19 or later.`);
  process.exit(1);
}

installPackages();

const child = spawn(process.execPath, [...flags, "--import", "tsx", join(root, entry), ...args], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
});
// Ctrl+C reaches the child from the terminal; a signal sent to this process alone is passed on.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("exit", (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));

/** `npm ci`, unless what is installed was installed from this lock file. */
function installPackages() {
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  const stamp = join(root, "node_modules", ".installed-lock");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  console.log("Installing packages (npm ci)");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  // Without install scripts: every package that this project uses works as it is unpacked.
  const { status } = spawnSync(
    npm,
    ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
    {
      cwd: root,
      stdio: "inherit",
    },
  );
  if (status !== 0) {
    console.error("npm ci failed: see its message above. It needs the npm registry once.");
    process.exit(1);
  }
  writeFileSync(stamp, lock);
}
