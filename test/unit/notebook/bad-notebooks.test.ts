import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { checkNotebook } from "../../../lib/notebook/check-notebook.ts";
import type { NotebookProblem } from "../../../lib/notebook/notebook.ts";
import { MAX_NOTEBOOK_LENGTH, parseNotebook } from "../../../lib/notebook/parse-notebook.ts";
import { assertGolden } from "../../support/golden.ts";
import { ROOT } from "../../support/start-site.ts";
import { apis } from "./apis.ts";

const BAD = "fixtures/notebooks/bad";

function problemsOf(source: string): readonly NotebookProblem[] {
  const reading = parseNotebook(source);
  return reading.kind === "ok" ? checkNotebook(reading.notebook, apis) : reading.problems;
}

for (const file of readdirSync(join(ROOT, "test", BAD)).filter((name) => name.endsWith(".mdx"))) {
  test(`${file} says what is wrong, and where`, () => {
    const source = readFileSync(join(ROOT, "test", BAD, file), "utf8");
    const problems = problemsOf(source);
    assert.ok(problems.length > 0, `${file} has a mistake`);
    for (const { offset, length, line } of problems) {
      assert.ok(offset + length <= source.length, `${file}:${line}: the place is in the text`);
    }
    const lines = problems.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}\n`);
    assertGolden(`../${BAD}/${file.replace(".mdx", ".txt")}`, lines.join(""));
  });
}

test("a text that is too long says how long one may be", () => {
  const head = "---\ntitle: T\ndescription: D.\n---\n\n";
  const [problem] = problemsOf(head + "x".repeat(MAX_NOTEBOOK_LENGTH));
  assert.equal(
    problem?.message,
    `a notebook is at most ${MAX_NOTEBOOK_LENGTH} characters long; this has ${MAX_NOTEBOOK_LENGTH + head.length}`,
  );
});
