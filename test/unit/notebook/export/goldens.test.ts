import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { EXPORT_FORMATS, exportNotebook } from "../../../../lib/notebook/export/export-notebook.ts";
import type { ExportContext } from "../../../../lib/notebook/export/plan.ts";
import type { Notebook } from "../../../../lib/notebook/notebook.ts";
import { parseNotebook } from "../../../../lib/notebook/parse-notebook.ts";
import { assertGolden } from "../../../support/golden.ts";
import { ROOT } from "../../../support/pool-api.ts";
import { apis } from "../apis.ts";

const client = (service: string) => ({
  address:
    service.startsWith("poolrpc.Trader") || service.startsWith("sandbox.")
      ? "localhost:12010"
      : "localhost:12011",
  rest: null,
  network: "regtest",
  tlsCert: "~/.pool/regtest/tls.cert",
  macaroon:
    service.startsWith("poolrpc.Trader") || service.startsWith("sandbox.")
      ? "~/.pool/regtest/pool.macaroon"
      : null,
});

function read(source: string): Notebook {
  const reading = parseNotebook(source);
  if (reading.kind === "ok") return reading.notebook;
  throw new Error(reading.problems[0]?.message);
}

function contextOf(notebook: Notebook, other: Partial<ExportContext> = {}): ExportContext {
  return {
    ...apis,
    client,
    sandbox: true,
    begin: { method: "sandbox.v1.Control.LoadScenario", name: "name", seed: "seed" },
    isSecret: (method) => method === "poolrpc.Trader.GetLsatTokens",
    inputOf: (id) => {
      const cell = notebook.cells.find((each) => each.id === id);
      return cell?.kind === "input" ? cell.value : "";
    },
    stateOf: () => ({ kind: "idle" }),
    ...other,
  };
}

const everyCell = read(readFileSync(join(ROOT, "test/fixtures/notebooks/good/every-cell.mdx"), "utf8"));

for (const { id } of EXPORT_FORMATS) {
  test(`every kind of cell as ${id} is its golden`, () => {
    const made = exportNotebook(everyCell, id, contextOf(everyCell), "every-cell");
    assert.deepEqual(made.notes, []);
    assertGolden(`notebooks/${id}/${made.fileName}`, made.text);
  });
}

const head = "---\ntitle: A\ndescription: B.\n---\n\n";
const cel = (component: string, text: string) =>
  `<${component}>\n\n\`\`\`cel\n${text}\n\`\`\`\n\n</${component.split(" ")[0]}>\n\n`;

test("what no program can say is said beforehand, and what needs it ends the program", () => {
  const notebook = read(
    `${head}${cel('Expression as="a"', '"abc".matches("b")')}${cel('Check say="It is"', "a")}<Call method="poolrpc.Trader.NodeRatings">\n\n\`\`\`json\n{ "node_pubkeys": ["{{a}}"] }\n\`\`\`\n\n</Call>\n`,
  );
  for (const id of ["python", "typescript", "shell", "ipynb"] as const) {
    const { notes, text } = exportNotebook(notebook, id, contextOf(notebook), "a");
    assert.equal(notes.length, 3, `${id} has a note for each cell`);
    assert.match(notes[0] ?? "", /matches/);
    assert.match(notes[2] ?? "", /The program ends there/);
    assert.match(text, /Not in this (?:program|script): call call-1/);
  }
});

test("a program that writes to a daemon asks for leave, and one that reads does not", () => {
  const call = (method: string) =>
    read(`${head}<Call method="${method}">\n\n\`\`\`json\n{}\n\`\`\`\n\n</Call>\n`);
  const [write, only] = [call("poolrpc.Trader.StopDaemon"), call("poolrpc.Trader.GetInfo")];
  for (const id of ["python", "typescript", "shell"] as const) {
    const daemon = { sandbox: false, begin: null };
    assert.match(exportNotebook(write, id, contextOf(write, daemon), "a").text, /allow.write/);
    assert.doesNotMatch(exportNotebook(only, id, contextOf(only, daemon), "a").text, /allow.write/);
    assert.doesNotMatch(exportNotebook(write, id, contextOf(write), "a").text, /allow.write/);
  }
});

test("texts of a notebook end neither a comment nor a string", () => {
  const hostile = `a\u2028b */ ''' """ \` \${x} $(x) %s`;
  const notebook = read(
    `---\ntitle: ${JSON.stringify(hostile)}\ndescription: B.\n---\n\n${hostile.replace("$" + "{x}", "")}\n\n${cel('Check say="it\'s $(x) `x` %s"', "1 == 1")}`,
  );
  for (const id of ["python", "typescript", "shell"] as const) {
    const { text } = exportNotebook(notebook, id, contextOf(notebook), "a");
    const lines = text.split(/[\n\r\u2028\u2029]/).filter((line) => line.includes("b */"));
    assert.ok(lines.length > 0, `${id} shows the prose`);
    for (const line of lines) assert.match(line, /^\s*(?:#|\/\/)|description=/, `${id}: ${line}`);
  }
});
