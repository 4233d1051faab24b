import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSite } from "./steps/build-site.ts";
import { requireBrowser } from "./steps/find-browser.ts";
import { generate } from "./steps/generate.ts";

const ROOT = join(import.meta.dirname, "..");

/** Test folders in the order they run: what is quick and says most first. */
const SUITES = ["unit", "sandbox", "server", "notebook", "e2e"];

/** A test that hangs fails by itself: the longest takes a minute and a half. */
const TIMEOUT = "--test-timeout=300000";

const wanted = process.argv.slice(2);
const suites = wanted.length === 0 ? SUITES : wanted;
const unknown = suites.filter((suite) => !SUITES.includes(suite));
if (unknown.length > 0) {
  console.error(`No test suite is named ${unknown.join(", ")}: choose from ${SUITES.join(", ")}.`);
  process.exit(2);
}

const totals = { passed: 0, failed: 0, skipped: 0 };
try {
  process.env.CHROME_PATH = requireBrowser(console.log);
  console.log("Generating from the protos");
  await generate({ root: ROOT, force: false, check: false, log: () => {} });
  if (suites.includes("e2e")) {
    console.log("Building the site");
    await buildSite(ROOT);
  }
  for (const suite of suites) {
    await runSuite(suite);
    if (suite === "sandbox") await runConformance();
  }
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : cause);
  totals.failed++;
}
console.log(
  `${totals.passed} passed, ${totals.failed} failed${totals.skipped > 0 ? `, ${totals.skipped} skipped` : ""}`,
);
process.exit(totals.failed === 0 ? 0 : 1);

/** Counts each recorded case as a test. */
async function runConformance(): Promise<void> {
  console.log("\n== conformance");
  const child = spawn(process.execPath, ["--import", "tsx", join("bin", "conformance.ts")], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString("utf8");
    process.stdout.write(chunk);
  });
  const code = await new Promise<number | null>((resolve) => child.on("exit", resolve));
  const [, passed, failed] = /^(\d+) passed, (\d+) failed/m.exec(text) ?? [];
  totals.passed += Number(passed ?? 0);
  totals.failed += code === 0 ? 0 : Math.max(Number(failed ?? 0), 1);
}

async function runSuite(suite: string): Promise<void> {
  const files = readdirSync(join(ROOT, "test", suite), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => join("test", suite, file))
    .sort();
  console.log(`\n== ${suite} (${files.length} files)`);
  const folder = mkdtempSync(join(tmpdir(), "playground-test-"));
  // A home of its own: no test finds a daemon, a setting or a file of whoever runs it.
  const home = join(folder, "home");
  mkdirSync(home);
  const tap = join(folder, "tap");
  const args = ["--import", "tsx", "--test", `--test-concurrency=${suite === "e2e" ? 1 : 2}`, TIMEOUT];
  const reporters = [
    "spec",
    "--test-reporter-destination=stdout",
    "--test-reporter=tap",
    `--test-reporter-destination=${tap}`,
  ];
  const child = spawn(process.execPath, [...args, "--test-reporter", ...reporters, ...files], {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, HOME: home, NEXT_TELEMETRY_DISABLED: "1" },
  });
  const code = await new Promise<number | null>((resolve) => child.on("exit", resolve));
  const report = readFileSync(tap, "utf8");
  const count = (name: string) => Number(new RegExp(`^# ${name} (\\d+)$`, "m").exec(report)?.[1] ?? 0);
  const failed = count("fail") + count("cancelled");
  totals.passed += count("pass");
  totals.failed += failed === 0 && code !== 0 ? 1 : failed;
  totals.skipped += count("skipped") + count("todo");
  rmSync(folder, { recursive: true, force: true });
}
