import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { readNotebookFile, runNotebookFile } from "../../bin/steps/notebook-file.ts";
import { outputsFile } from "../../bin/steps/notebook-outputs.ts";
import { hasPassed } from "../../bin/steps/notebook-report.ts";
import type { NotebookServer } from "../../bin/steps/notebook-server.ts";
import { startNotebookServer } from "../support/notebook-server.ts";
import { ROOT } from "../support/pool-api.ts";

/** Every lesson, and notebooks that hold every kind of cell. */
const FOLDERS = ["content/notebooks", "test/fixtures/notebooks/good"];

const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((file) => file.endsWith(".mdx"))
    .map((file) => join(folder, file)),
);

describe("a lesson runs from its first cell to its last, and replies what is stored of it", () => {
  // One for all: each begins its world anew.
  let shared: Promise<NotebookServer> | null = null;
  after(async () => {
    await (await shared)?.[Symbol.asyncDispose]();
  });

  for (const file of files) {
    test(file, async () => {
      const path = join(ROOT, file);
      const read = await readNotebookFile(path);
      assert.ok(
        read.kind === "notebook",
        `${file}: ${read.kind === "problems" ? read.problems[0]?.message : ""}`,
      );
      const { notebook } = read;
      assert.ok(
        existsSync(outputsFile(path)),
        `${file}: write its outputs with npm run notebook -- --update`,
      );
      const lines: string[] = [];
      const run = async (server: NotebookServer) => {
        const log = (line: string) => lines.push(line);
        const report = await runNotebookFile({ path, file, notebook, server, update: false, log });
        assert.ok(hasPassed(report), lines.join("\n"));
        assert.ok(report.ms < 60_000, `it took ${Math.round(report.ms / 1000)} s`);
        assert.equal(report.cells.length > 0, true, "it has no cells that run");
      };
      if (notebook.info.scenario === null) {
        // It takes the world as it is: another notebook must not have been there.
        await using own = await startNotebookServer();
        await run(own);
      } else {
        shared ??= startNotebookServer();
        await run(await shared);
      }
    });
  }
});

test("no outputs are stored of a notebook that is gone", () => {
  for (const folder of FOLDERS) {
    const outputs = join(ROOT, folder, "outputs");
    const slugs = files.filter((file) => file.startsWith(`${folder}/`)).map((file) => outputsFile(file));
    for (const file of readdirSync(outputs)) {
      assert.ok(slugs.includes(join(folder, "outputs", file)), `${folder}/outputs/${file} is of no notebook`);
    }
  }
});
