import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { exportContext } from "../lib/notebook/export/export-context.ts";
import { exportNotebook } from "../lib/notebook/export/export-notebook.ts";
import { RUNNERS } from "../test/exports/formats.ts";
import { readCase, runExport, runMarkdown } from "../test/exports/run-export.ts";
import { startNotebookServer } from "../test/support/notebook-server.ts";

/** Formats and lessons to run alone, as `npm run test:exports -- python first-call`. */
const chosen = process.argv.slice(2);
const root = join(import.meta.dirname, "..");
const lessons = [
  ...notebooksIn(join(root, "content/notebooks")),
  ...notebooksIn(join(root, "test/fixtures/notebooks/good")),
  ...notebooksIn(join(root, "test/fixtures/notebooks/exact")),
];
const formats: readonly string[] = RUNNERS.map(({ format }) => format);
const names = lessons.map((file) => basename(file, ".mdx"));
const unknown = chosen.filter(
  (name) => name !== "markdown" && !formats.includes(name) && !names.includes(name),
);
if (unknown.length > 0) {
  console.error(`There is no ${unknown[0]}: ${[...formats, ...names].join(", ")}.`);
  process.exit(2);
}
const isChosen = (name: string, of: readonly string[]) =>
  !chosen.some((each) => of.includes(each)) || chosen.includes(name);

let passed = 0;
let failed = 0;
const cases = lessons
  .filter((file) => isChosen(basename(file, ".mdx"), names))
  .map((file) => readCase(basename(file, ".mdx"), readFileSync(file, "utf8")));
const server = await startNotebookServer();
for (const runner of RUNNERS.filter(({ format }) => isChosen(format, formats.concat("markdown")))) {
  const [first] = cases;
  if (first === undefined) break;
  const { profile, apis, isSecret } = server;
  const facts = { profile, apis, scenario: undefined, isSecret, run: null };
  const context = exportContext(first.notebook, facts);
  const { setup } = exportNotebook(first.notebook, runner.format, context, first.name);
  const toolchain = await runner.open(setup);
  if (toolchain.kind !== "ready") {
    console.log(`${runner.format}: not run: ${toolchain.reason}`);
    if (toolchain.kind === "failed" || process.env.CI !== undefined) failed++;
    continue;
  }
  for (const each of cases) {
    const why = await runExport(each, runner, toolchain, server);
    if (why === null) passed++;
    else failed++;
    console.log(
      `${why === null ? "ok" : "not ok"} ${runner.format} ${each.name}${why === null ? "" : `: ${why}`}`,
    );
  }
  console.log(`${runner.format}: ${toolchain.versions.join(", ")}`);
}
if (isChosen("markdown", formats.concat("markdown"))) {
  for (const each of cases) {
    const why = await runMarkdown(each, server);
    if (why === null) passed++;
    else failed++;
    console.log(`${why === null ? "ok" : "not ok"} markdown ${each.name}${why === null ? "" : `: ${why}`}`);
  }
}
await server[Symbol.asyncDispose]();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function notebooksIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".mdx"))
    .sort()
    .map((file) => join(folder, file));
}
