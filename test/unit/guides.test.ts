import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { parse } from "jsonc-parser";
import { siteConfig } from "../../bin/steps/site-config.ts";
import { lintPageLinks, readGuides, siteFacts } from "../../bin/steps/site-facts.ts";
import { guideFile, lintGuides } from "../../lib/guides/lint-guides.ts";
import { type GuideBlock, readGuide } from "../../lib/guides/read-guide.ts";
import { startTestSandbox, type TestSandbox, traderTransport } from "../sandbox/trader-client.ts";
import { ask } from "../support/ask-sandbox.ts";
import { calculate, equations, tableRows } from "../support/guide-arithmetic.ts";
import { commandProblems, hasProgram, missingLine } from "../support/guide-commands.ts";
import { ROOT } from "../support/start-site.ts";

const guides = readGuides(ROOT);
const facts = siteFacts(ROOT, siteConfig.apis, guides);
const said = ({ file, line, problem }: { file: string; line: number; problem: string }) =>
  `${file}:${line}: ${problem}`;

test("the guides are sound: links, names, anchors, blocks, requests, diagrams", () => {
  assert.ok(guides.length >= 9, `${guides.length} guides`);
  assert.deepEqual(lintGuides(guides, facts).map(said), []);
});

test("every link of the generated pages leads to a page and a place that are there", () => {
  assert.deepEqual(lintPageLinks(ROOT, facts).map(said), []);
});

describe("the sandbox answers what a guide shows", () => {
  for (const { slug, blocks } of guides) {
    if (!blocks.some(({ block }) => block.kind === "request")) continue;
    test(slug, async () => {
      const sandbox = await startTestSandbox();
      try {
        const transport = traderTransport(sandbox.sandbox);
        for (const [index, { block, text, line }] of blocks.entries()) {
          if (block.kind !== "request") continue;
          const place = `${guideFile(slug)}:${line}`;
          const answer = await ask(transport, block.method, text);
          const next = blocks[index + 1];
          if (block.refused) {
            assert.equal(answer.kind, "refused", place);
            if (next?.block.kind === "output")
              assert.equal(answer.kind === "refused" && answer.message, next.text, place);
            continue;
          }
          assert.ok(answer.kind === "reply", `${place}: ${answer.kind === "reply" || answer.message}`);
          if (next?.block.kind !== "reply") continue;
          assert.equal(
            next.block.method,
            block.method,
            `${guideFile(slug)}:${next.line} follows a request of another method`,
          );
          assertShown(parse(answer.text), parse(next.text), `${guideFile(slug)}:${next.line}`);
        }
      } finally {
        await sandbox.stop();
      }
    });
  }

  test("a reply follows a request", () => {
    const alone = guides.flatMap(({ slug, blocks }) =>
      blocks.flatMap(({ block, line }, index) =>
        block.kind === "reply" && blocks[index - 1]?.block.kind !== "request"
          ? [`${guideFile(slug)}:${line}`]
          : [],
      ),
    );
    assert.deepEqual(alone, []);
  });
});

/** Whether all that a guide shows of a reply is in it. A guide may leave members out. */
function assertShown(reply: unknown, shown: unknown, place: string): void {
  if (typeof shown !== "object" || shown === null) {
    assert.deepEqual(reply, shown, place);
    return;
  }
  assert.ok(typeof reply === "object" && reply !== null, `${place}: ${JSON.stringify(reply)}`);
  for (const [key, value] of Object.entries(shown)) {
    assertShown((reply as Record<string, unknown>)[key], value, `${place} ${key}`);
  }
}

describe("the commands of a guide run as they stand", () => {
  let sandbox: TestSandbox;
  let home: string;
  before(async () => {
    sandbox = await startTestSandbox();
    home = mkdtempSync(join(tmpdir(), "guide-home-"));
    for (const path of [sandbox.sandbox.tlsCertPath, sandbox.sandbox.macaroonPath]) {
      cpSync(path, join(home, ".pool/regtest", path.slice(path.lastIndexOf("/") + 1)));
    }
  });
  after(async () => {
    await sandbox.stop();
    rmSync(home, { recursive: true });
  });

  for (const { slug, blocks } of guides) {
    for (const [index, { block, text, line, language }] of blocks.entries()) {
      if (block.kind !== "run") continue;
      test(`${guideFile(slug)}:${line}`, async (t) => {
        assert.equal(language, "sh", "a block that runs is for the shell");
        if (block.needs !== null && !(hasProgram(block.needs) && sandboxPrograms.has(block.needs))) {
          t.diagnostic(`not run: it needs ${block.needs}. Its syntax and flags are checked`);
          assert.deepEqual(commandProblems(text, ROOT), []);
          return;
        }
        const { code, printed } = await run(withSandbox(text), home);
        assert.equal(code, 0, printed);
        const shown = outputOf(blocks[index + 1]);
        if (shown !== null)
          assert.equal(missingLine(shown, printed), null, `a line that is not in:\n${printed}`);
      });
    }
  }

  /** The port and the files of this sandbox; and the folder for `pool`, since Go asks the system where home is, and not HOME. */
  function withSandbox(script: string): string {
    return script
      .replaceAll("~/.pool/mainnet/", "~/.pool/regtest/")
      .replaceAll("localhost:12010", `localhost:${sandbox.sandbox.port}`)
      .replace(/^pool /gm, 'pool --basedir "$HOME/.pool" ');
  }
});

/** Programs that need no more than a sandbox and its files, where a machine has them. */
const sandboxPrograms = new Set(["grpcurl", "pool", "lncli"]);

function outputOf(block: GuideBlock | undefined): string | null {
  return block?.block.kind === "output" ? block.text : null;
}

function run(script: string, home: string): Promise<{ code: number | null; printed: string }> {
  return new Promise((resolve) => {
    const child = spawn("bash", ["-euo", "pipefail", "-c", script], {
      cwd: ROOT,
      env: { ...process.env, HOME: home, NO_COLOR: "1" },
    });
    let printed = "";
    child.stdout.on("data", (data) => (printed += data));
    child.stderr.on("data", (data) => (printed += data));
    child.on("close", (code) => resolve({ code, printed }));
  });
}

describe("the arithmetic of the guides holds", () => {
  for (const { slug } of guides) {
    const found = equations(readFileSync(join(ROOT, guideFile(slug)), "utf8"));
    if (found.length === 0) continue;
    test(`${slug}: ${found.length} equations`, () => {
      assert.deepEqual(
        found.filter(({ holds }) => !holds).map(({ text }) => text),
        [],
      );
    });
  }

  test("an equation that does not hold is found", () => {
    const [right, wrong, rounded] = equations(
      "2 units × 100,000 sat = 200,000 sat, 1 + 2 × 3 = 9, and 10 ÷ 3 = 3.33",
    );
    assert.deepEqual([right?.holds, wrong?.holds, rounded?.holds], [true, false, true]);
  });

  test("the tables of units", () => {
    const rows = tableRows(readFileSync(join(ROOT, guideFile("units")), "utf8"));
    const number = (cell = "") => Number(cell.replaceAll(",", "").replace(/ %$/, ""));
    const checked = rows.flatMap(([a = "", b = "", c = ""]): [string, number, number][] => {
      // 12,500 sat/kw are 50 sat/vbyte.
      if (/^[\d,]+$/.test(a) && /^[\d.,]+$/.test(b)) return [[a, number(a) / 250, number(b)]];
      // × 2,016 ÷ 10,000,000 of 4,960 ppb per block.
      if (/^[×÷]/.test(b)) return [[a, calculate(`4,960 ${b}`), number(c)]];
      // 4,320 blocks, about 30 days.
      const days = { "a day": 1, "a week": 7, "two weeks": 14, "30 days": 30, "a year": 365 }[b];
      return days === undefined ? [] : [[a, number(a) / 144, days]];
    });
    assert.equal(checked.length, 5 + 4 + 5, JSON.stringify(checked));
    for (const [name, exact, shown] of checked)
      assert.ok(Math.abs(exact - shown) < 1e-9, `${name}: ${exact}, not ${shown}`);
  });
});

const HEAD = 'export const page = { title: "A", description: "A guide.", order: 99, group: "G" };\n\n# A\n\n';

/** Text after the head, which ends on line 4, and what is said of it. */
const mistakes: readonly (readonly [text: string, said: string])[] = [
  [
    "See [there](/guides/nowhere).",
    "content/guides/a.mdx:5: /guides/nowhere leads to a page that is not there",
  ],
  [
    "See [there](/reference/poolrpc.Trader/GetInfo#nowhere).",
    "content/guides/a.mdx:5: /reference/poolrpc.Trader/GetInfo#nowhere: the page has no place called nowhere",
  ],
  ["\nSee [below](#below).", "content/guides/a.mdx:6: #below: the page has no place called below"],
  [
    "See [there](accounts).",
    "content/guides/a.mdx:5: accounts is relative: write the path from the root of the site",
  ],
  ["See [there](http://example.com).", "content/guides/a.mdx:5: http://example.com is not HTTPS"],
  [
    "See\n[Nope][poolrpc.Nope].",
    "content/guides/a.mdx:6: refers to poolrpc.Nope, which is not in the reference",
  ],
  ["## B\n\n#### C", "content/guides/a.mdx:7: C is 2 levels below the heading before it"],
  ["## B\n\n## B", "content/guides/a.mdx:7: the heading B is there twice: links cannot tell them apart"],
  ["# B", "content/guides/a.mdx:5: B is a second title"],
  ["```\nx\n```", "content/guides/a.mdx:5: a block is not marked: it names no language"],
  [
    "```sh\nx\n```",
    "content/guides/a.mdx:5: a block is not marked: it says neither run, request=…, reply=… nor output",
  ],
  ["```cobol output\nx\n```", "content/guides/a.mdx:5: no colours are known for the language cobol"],
  [
    '```json request=poolrpc.Trader.QuoteOrder\n{\n  "amount": 1\n}\n```',
    "content/guides/a.mdx:5: the request of poolrpc.Trader.QuoteOrder: line 2, column 3:",
  ],
  [
    "```json request=poolrpc.Trader.Nope\n{}\n```",
    "content/guides/a.mdx:5: the request of poolrpc.Trader.Nope: there is no such method",
  ],
  [
    "```states\na: A @ 1,1\n```",
    'content/guides/a.mdx:5: a block is not marked: a diagram needs its caption="…"',
  ],
  [
    '```states caption="c"\na: A @ 1,1\na -> b: x\n```',
    "content/guides/a.mdx:7: a diagram cannot be drawn: no state is called b",
  ],
  [
    '```sequence caption="c"\na: A\nb: B\na => b: x\n```',
    "content/guides/a.mdx:8: a diagram cannot be drawn: neither a party nor a message nor a note: a => b: x",
  ],
];

describe("a mistake in a guide is told with its file and line", () => {
  for (const [text, expected] of mistakes) {
    test(expected, () => {
      const pages = new Map([...facts.pages, ["/guides/a", new Set<string>()]]);
      const [first, ...more] = lintGuides([readGuide("a", HEAD + text)], { ...facts, pages }).map(said);
      assert.ok(first?.startsWith(expected), first);
      assert.deepEqual(more, []);
    });
  }

  test("a guide that does not say what it is called", () => {
    const [first] = lintGuides([readGuide("a", "# A\n")], facts).map(said);
    assert.match(first ?? "", /^content\/guides\/a\.mdx:1: begins without `export const page/);
  });
});
