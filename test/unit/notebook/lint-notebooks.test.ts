import assert from "node:assert/strict";
import { test } from "node:test";
import { lessonApis, lintNotebooks, readLessons } from "../../../bin/steps/lint-notebooks.ts";
import { siteConfig } from "../../../bin/steps/site-config.ts";
import { readGuides, siteFacts } from "../../../bin/steps/site-facts.ts";
import { ROOT } from "../../support/start-site.ts";
import { apis } from "./apis.ts";

const CHECKS = ["One", "Two", "Three"]
  .map((say) => `<Check say="${say}">\n\n\`\`\`cel\ntrue\n\`\`\`\n\n</Check>\n`)
  .join("\n");
const INFO = ["title: A lesson", "description: It is short.", "order: 1", "scenario: fresh"];
const site = {
  pages: new Map([
    ["/notebooks/a", new Set(["here"])],
    ["/guides/units", new Set(["time"])],
  ]),
  isName: (name: string) => name === "poolrpc.Trader.GetInfo",
};

function problems(body: string, info = INFO): string[] {
  const source = `---\n${info.join("\n")}\n---\n\n${body}`;
  return lintNotebooks([{ file: "a.mdx", slug: "a", source }], site, apis).map(
    ({ line, problem }) => `${line}: ${problem}`,
  );
}

const lesson = (words: string) => `${words}\n\n${CHECKS}\n## What next\n\nAnother.\n`;

test("the shipped lessons are sound: links, names, requests, expressions, and what a lesson has to have", async () => {
  const lessons = readLessons(ROOT);
  assert.ok(lessons.length >= 10, `${lessons.length} lessons`);
  const facts = siteFacts(ROOT, siteConfig.apis, readGuides(ROOT));
  assert.deepEqual(lintNotebooks(lessons, facts, await lessonApis(ROOT, siteConfig.apis)), []);
});

test("links and names of prose are followed, and code is left alone", () => {
  const good =
    "[a](/guides/units#time), [b](#here), [GetInfo][poolrpc.Trader.GetInfo], [c](https://example.com/), `[d](/x)`";
  assert.deepEqual(problems(lesson(good)), []);
  assert.deepEqual(problems(lesson("Words,\n[a](/guides/unit).")), [
    "9: /guides/unit leads to a page that is not there",
  ]);
  assert.deepEqual(problems(lesson("[a](/guides/units#space)")), [
    "8: /guides/units#space: the page has no place called space",
  ]);
  assert.deepEqual(problems(lesson("Words\nand [two\nwords][poolrpc.Trader.GetInfos]")), [
    "9: refers to poolrpc.Trader.GetInfos, which is not in the reference",
  ]);
});

test("a lesson has a place, a scenario, a sentence, checks and an end", () => {
  assert.deepEqual(problems(lesson("Words."), ["title: T", "description: Short", "scenario: nowhere"]), [
    "1: its description is no sentence: it ends without a full stop",
    "1: has no `order`, its place among the lessons",
    "1: there is no scenario nowhere; there are fresh, funded, busy-market, expiring, after-batch, sidecar, lost",
  ]);
  assert.deepEqual(problems("# Words\n"), [
    "1: has 0 checks, fewer than 3",
    "1: does not end with `## What next`",
    "8: the heading Words has 1 signs: the title is above, so 2 or 3 are left",
  ]);
  const twice = { source: `---\n${INFO.join("\n")}\n---\n\n${lesson("Words.")}` };
  const both = ["a", "b"].map((slug) => ({ file: `${slug}.mdx`, slug, ...twice }));
  assert.deepEqual(lintNotebooks(both, site, apis), [
    { file: "b.mdx", line: 1, problem: "has the order 1, which a.mdx has too" },
  ]);
});

test("what makes a text no notebook is told with its line, and fields that cannot vary", () => {
  assert.deepEqual(problems(lesson("{words}")), [
    "8: braces hold JavaScript in MDX, which a notebook does not run: write `\\{` for a brace, or use code",
  ]);
  const call =
    'Words.\n\n<Call method="poolrpc.Trader.ListAccounts" varies="txid, latest_tx">\n\n```json\n{}\n```\n\n</Call>';
  assert.deepEqual(problems(lesson(call)), [
    '10: varies="latest_tx" is no field of the reply; did you mean `latest_txid`?',
  ]);
});
