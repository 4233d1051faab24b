import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { readNotebookFile, runNotebookFile } from "../../bin/steps/notebook-file.ts";
import type { NotebookServer } from "../../bin/steps/notebook-server.ts";
import { assertGolden } from "../support/golden.ts";
import { startNotebookServer } from "../support/notebook-server.ts";
import { ROOT } from "../support/start-site.ts";

const BAD = "fixtures/notebooks/bad/running";

let server: NotebookServer;

before(async () => {
  server = await startNotebookServer();
});

after(() => server[Symbol.asyncDispose]());

for (const file of readdirSync(join(ROOT, "test", BAD)).filter((name) => name.endsWith(".mdx"))) {
  test(`${file} can be read, and says what is wrong when it runs`, async () => {
    const path = join(ROOT, "test", BAD, file);
    const read = await readNotebookFile(path);
    assert.ok(read.kind === "notebook", `${file} is a notebook`);
    const said: string[] = [];
    await runNotebookFile({
      path,
      file,
      notebook: read.notebook,
      server,
      update: false,
      log: (lines) => said.push(...lines.split("\n")),
    });
    const failure = said.findIndex((line) => line.trimStart().startsWith("FAILED"));
    assert.ok(failure !== -1, `${file} fails: ${said.join("\n")}`);
    const reason = said.slice(failure + 1).filter((line) => /^ {10}/.test(line));
    // How often it was asked is a matter of the machine's speed.
    const text = reason.map((line) => `${line.trim()}\n`).join("");
    assertGolden(
      `../${BAD}/${file.replace(".mdx", ".txt")}`,
      text.replace(/asked \d+ times/, "asked … times"),
    );
  });
}
