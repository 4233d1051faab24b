import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Path of a Chromium or Chrome: `CHROME_PATH`, then the search path, then the usual places; null where none is. */
function findBrowser(): string | null {
  const named = process.env.CHROME_PATH;
  if (named !== undefined && existsSync(named)) return named;
  const onPath = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...PLACES].find((path) => existsSync(path)) ?? null;
}

/** The browser, installed first with apt where this is Debian and the user is root. Throws with what to install. */
export function requireBrowser(log: (line: string) => void): string {
  const found = findBrowser();
  if (found !== null) return found;
  if (existsSync("/etc/debian_version") && process.getuid?.() === 0) {
    log("Installing the package chromium (apt-get)");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync("apt-get", ["update", "-qq"], { stdio: "ignore", env });
    spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], {
      stdio: "ignore",
      env,
    });
    const installed = findBrowser();
    if (installed !== null) return installed;
  }
  throw new Error("The browser tests need Chromium or Chrome: install one, or name it in CHROME_PATH.");
}
