import { spawnSync } from "node:child_process";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..");
const TSX = ["--import", "tsx"];

/** What `npm run check` holds, in the order it runs: name, and the arguments of node. None needs the network. */
const CHECKS: readonly (readonly [name: string, args: readonly string[]])[] = [
  ["drift of generated files", [...TSX, "bin/generate.ts", "--check"]],
  ["format and lint", ["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."]],
  ["types", ["node_modules/typescript/bin/tsc", "--noEmit"]],
  ["dead code", ["node_modules/knip/bin/knip.js", "--no-progress", "--treat-config-hints-as-errors"]],
  ["proto lint", ["node_modules/@bufbuild/buf/bin/buf", "lint"]],
  ["doc lint", [...TSX, "bin/lint-docs.ts"]],
  ["import table", [...TSX, "--test", "--test-reporter=dot", "test/unit/imports.test.ts"]],
];

let failed = 0;
for (const [name, args] of CHECKS) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? "ok    " : "FAILED"} ${name}, ${seconds} s`);
  if (status !== 0) {
    console.log(stdout + stderr);
    failed++;
  }
}
console.log(failed === 0 ? "All checks passed" : `${failed} of ${CHECKS.length} checks failed`);
process.exit(failed === 0 ? 0 : 1);
