import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { snippetLanguages } from "../lib/snippets/languages.ts";
import { loadCases } from "../test/snippets/cases.ts";
import { runRandomPython } from "../test/snippets/random-python.ts";
import { toRecord } from "../test/snippets/record.ts";
import { runFixtures } from "../test/snippets/run-fixtures.ts";
import { type Cell, openStage, programsOf, runCase, setupOf } from "../test/snippets/run-matrix.ts";
import { PROJECTS, runProject } from "../test/snippets/run-project.ts";
import { TOOLCHAINS } from "../test/snippets/toolchains.ts";

/** Language ids to run alone, as `npm run test:snippets -- python curl`. The record is written only by a run of all. */
const chosen = process.argv.slice(2);
const unknown = chosen.filter((id) => !snippetLanguages.some((language) => language.id === id));
if (unknown.length > 0) {
  console.error(`There is no language ${unknown[0]}: ${snippetLanguages.map(({ id }) => id).join(", ")}.`);
  process.exit(2);
}

const { registry, sources, cases } = await loadCases();
const stage = await openStage(registry);
const results: { id: string; versions: readonly string[]; cells: Cell[] }[] = [];
let failed = 0;
let missing = 0;
for (const language of snippetLanguages) {
  if (chosen.length > 0 && !chosen.includes(language.id)) continue;
  const toolchain = await (TOOLCHAINS[language.id]?.(
    setupOf(language, cases, stage),
    stage,
    programsOf(language, cases, stage),
  ) ?? {
    kind: "missing" as const,
    reason: "nothing says how to run it",
  });
  if (toolchain.kind !== "ready") {
    console.log(`${language.label}: not run: ${toolchain.reason}`);
    if (toolchain.kind === "failed" || process.env.CI !== undefined) failed++;
    missing++;
    continue;
  }
  const cells: Cell[] = [];
  const add = (cell: Cell) => {
    cells.push(cell);
    if (cell.kind === "failed") console.log(`not ok ${language.id} ${cell.method}: ${cell.why}`);
  };
  for (const each of cases) {
    add(await runCase(language, toolchain, each, stage).catch(failedCell(each.name)));
  }
  for (const each of cases.filter(({ name }) => PROJECTS.includes(name))) {
    const name = `${each.name} as a project`;
    add(await runProject(language, toolchain, each, stage, sources).catch(failedCell(name)));
  }
  for (const cell of await runFixtures(language)) add(cell);
  if (language.id === "python") for (const cell of await runRandomPython(toolchain, registry)) add(cell);
  const count = (kind: Cell["kind"]) => cells.filter((cell) => cell.kind === kind).length;
  failed += count("failed");
  await toolchain.close?.();
  console.log(
    `${language.label}: ${count("passed")} passed, ${count("failed")} failed, ${count("none")} cannot exist (${toolchain.versions.join(", ")})`,
  );
  results.push({ id: language.id, versions: toolchain.versions, cells });
}
await stage.close();

console.log("\nCells that cannot exist:");
for (const { id, cells } of results) {
  const reasons = new Map<string, string[]>();
  for (const cell of cells) {
    if (cell.kind === "none") reasons.set(cell.reason, [...(reasons.get(cell.reason) ?? []), cell.method]);
  }
  for (const [reason, methods] of reasons) console.log(`  ${id}: ${methods.join(", ")}\n    ${reason}`);
}
const passed = results.flatMap(({ cells }) => cells).filter(({ kind }) => kind === "passed").length;
console.log(`\n${passed} passed, ${failed} failed`);
if (chosen.length === 0 && missing === 0 && failed === 0) {
  writeFileSync(join(import.meta.dirname, "../lib/snippets/proven.json"), toRecord(results));
}
process.exit(failed === 0 ? 0 : 1);

/** A case that could not be run is a failed one: the others go on. */
function failedCell(method: string): (cause: unknown) => Cell {
  return (cause) => ({ kind: "failed", method, why: String(cause) });
}
