import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fromBinary } from "@bufbuild/protobuf";
import type { Browser } from "playwright-core";
import { readNotebookFile, runNotebookFile } from "../../bin/steps/notebook-file.ts";
import { reportHtml } from "../../bin/steps/notebook-html.ts";
import { junitXml } from "../../bin/steps/notebook-junit.ts";
import type { CellReport, NotebookReport } from "../../bin/steps/notebook-report.ts";
import type { NotebookServer } from "../../bin/steps/notebook-server.ts";
import { TokensResponseSchema } from "../../gen/poolrpc/trader_pb.ts";
import { toNotebook } from "../../lib/notebook/parse-notebook.ts";
import { formsOf } from "../server/support/recording-servers.ts";
import { seriousViolations } from "../support/axe.ts";
import { DESKTOP, launchBrowser, openPage, PHONE } from "../support/browser.ts";
import { startNotebookServer } from "../support/notebook-server.ts";
import { ROOT } from "../support/pool-api.ts";

const tokens = readFileSync(join(ROOT, "app/tokens.css"), "utf8");
const FILE = "test/fixtures/notebooks/good/every-cell.mdx";

/** Marks that mean something in XML or HTML, and characters that neither has a place for. */
const HOSTILE = `<img src=x onerror="alert(1)"> ]]> </script><script>alert(1)</script> & ' \u0000\u000b\uFFFE\uD800 \u202E {x}`;

let server: NotebookServer;
let browser: Browser;

before(async () => {
  [server, browser] = await Promise.all([startNotebookServer(), launchBrowser()]);
});

after(async () => {
  await Promise.all([server[Symbol.asyncDispose](), browser.close()]);
});

/** A report all of whose texts are hostile. */
function hostileReport(): NotebookReport {
  const source = `---\ntitle: T\ndescription: D.\n---\n\n<Check say="${"a".repeat(3)}">\n\n\`\`\`cel\n"</pre><b>" == 'x'\n\`\`\`\n\n</Check>\n`;
  const notebook = toNotebook(source);
  const [cell] = notebook.cells;
  assert.ok(cell?.kind === "check", "there is a check");
  const base = { id: "a", cell, what: HOSTILE, line: 6, ms: 1, hidden: false, stored: null };
  const parts = [{ expression: HOSTILE, value: { kind: "string", value: HOSTILE } as const }];
  const cells: CellReport[] = [
    {
      ...base,
      replies: [],
      result: {
        kind: "failed",
        failed: { message: HOSTILE, line: 6, parts, diff: [HOSTILE], output: null },
      },
    },
    { ...base, id: "b", replies: [], result: { kind: "passed-over", instead: HOSTILE } },
  ];
  const info = { ...notebook.info, title: HOSTILE, description: HOSTILE };
  const problems = [{ line: 1, column: 1, message: HOSTILE }];
  return { file: HOSTILE, notebook: { ...notebook, info }, profile: HOSTILE, problems, cells, ms: 1 };
}

/** A run of the notebook that holds every kind of cell, and what was said of it. */
async function runEveryCell() {
  const read = await readNotebookFile(join(ROOT, FILE));
  assert.ok(read.kind === "notebook", "the fixture is a notebook");
  const lines: string[] = [];
  const report = await runNotebookFile({
    ...{ path: join(ROOT, FILE), file: FILE, notebook: read.notebook, server, update: false },
    log: (line) => lines.push(line),
  });
  return { report, lines };
}

const options = () => ({ tokens, registry: server.apis.registry, at: new Date(0) });

describe("what is written of a run", () => {
  test("JUnit is XML, whatever the texts are", async () => {
    const { report } = await runEveryCell();
    const { page } = await openPage(browser);
    const read = (xml: string) =>
      page.evaluate((text) => {
        const document = new DOMParser().parseFromString(text, "text/xml");
        return {
          error: document.querySelector("parsererror")?.textContent ?? null,
          names: [...document.querySelectorAll("testcase")].map((one) => one.getAttribute("name") ?? ""),
          failures: [...document.querySelectorAll("failure")].map((one) => one.textContent ?? ""),
          skipped: document.querySelectorAll("skipped").length,
          strangers: document.querySelectorAll("img, script, b").length,
        };
      }, xml);
    const good = await read(junitXml([report], server.apis.registry));
    assert.equal(good.error, null);
    assert.equal(good.names.length, report.cells.length);
    assert.equal(good.names[0], "start: scenario funded, seed 3");
    const hostile = await read(junitXml([hostileReport(), report], server.apis.registry));
    assert.equal(hostile.error, null);
    assert.equal(hostile.strangers, 0);
    assert.equal(hostile.skipped, 1);
    assert.deepEqual(
      hostile.failures.map((text) => text.includes('<img src=x onerror="alert(1)"> ]]>')),
      [true, true],
    );
  });

  test("the page holds no markup of a notebook or a reply, no script, and asks for nothing", async () => {
    const { page, complaints } = await openPage(browser);
    page.on("dialog", () => complaints.push("a dialog"));
    await page.setContent(reportHtml([hostileReport()], options()));
    assert.equal(await page.locator("img, script, b, iframe, link").count(), 0);
    assert.match((await page.locator("h1").textContent()) ?? "", /^<img src=x onerror="alert\(1\)">/);
    assert.deepEqual(complaints, []);
  });

  for (const [name, viewport, colorScheme] of [
    ["a desktop, light", DESKTOP, "light"],
    ["a phone, dark", PHONE, "dark"],
  ] as const) {
    test(`the page on ${name}: nothing serious for axe, nothing wider than the screen, every cell with its output`, async () => {
      const { report } = await runEveryCell();
      const { page, complaints } = await openPage(browser, { viewport, colorScheme });
      await page.setContent(reportHtml([report], options()));
      assert.deepEqual(await seriousViolations(page), []);
      assert.deepEqual(complaints, []);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${wide} px too wide`);
      assert.equal(await page.locator("section.cell").count(), report.cells.length);
      await page.getByRole("img", { name: "Values: sat by block height, 2 points" }).waitFor();
      await page
        .getByRole("row", { name: /^[0-9a-f]{66} \d+$/ })
        .first()
        .waitFor();
      await page.getByText("node pub key must be provided").waitFor();
    });
  }

  test("secrets of replies, and what is made of them, are in nothing that is said or written", async () => {
    const { report, lines } = await runEveryCell();
    const tokensCell = report.cells.find(({ id }) => id === "tokens");
    const output = tokensCell?.result.kind === "passed" ? tokensCell.result.output : null;
    assert.ok(output?.kind === "reply", "the call with the secrets was made");
    const secrets = output.messages
      .flatMap((wire) => fromBinary(TokensResponseSchema, wire).tokens)
      .flatMap(({ baseMacaroon, paymentPreimage }) => [baseMacaroon, paymentPreimage]);
    assert.ok(secrets.length > 0 && secrets.every(({ length }) => length > 0), "there are secrets");
    const stored = readFileSync(join(ROOT, "test/fixtures/notebooks/good/outputs/every-cell.json"), "utf8");
    const all = [
      lines.join("\n"),
      junitXml([report], server.apis.registry),
      reportHtml([report], options()),
      JSON.stringify(report.cells.map((cell) => cell.stored)),
      stored,
    ];
    for (const form of secrets.flatMap((secret) => formsOf(secret))) {
      for (const [i, text] of all.entries()) assert.ok(!text.includes(form), `text ${i} holds a secret`);
    }
  });
});
