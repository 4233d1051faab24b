import assert from "node:assert/strict";
import { test } from "node:test";
import { parseDoc, splitCli } from "../../../lib/reference/parse-doc.ts";
import type { Doc } from "../../../lib/reference/reference.ts";

const rows: readonly { name: string; comment: string; doc: Partial<Doc> }[] = [
  { name: "nothing", comment: "", doc: { text: "", summary: "" } },
  {
    name: "text over two lines",
    comment: " One\n two. Three.\n",
    doc: { text: "One\ntwo. Three.", summary: "One two." },
  },
  {
    name: "tags",
    comment: " The fee.\n Unit: sat.\n Limits: 1 to 9.\n Default: `A`, or 0.5.\n Bytes: 32-byte hash.\n",
    doc: { text: "The fee.", unit: "sat", limits: "1 to 9", default: "`A`, or 0.5", bytes: "32-byte hash" },
  },
  {
    name: "a tag that goes on in the next line",
    comment: " The fee.\n Default: 0, meaning\n   the old one.\n Unit: sat.\n",
    doc: { text: "The fee.", default: "0, meaning the old one", unit: "sat" },
  },
  {
    name: "tags after a blank line, and between blank lines",
    comment: " The fee.\n\n Unit: sat.\n\n Limits: few.\n",
    doc: { text: "The fee.", unit: "sat", limits: "few" },
  },
  {
    name: "a tag that is followed by text is text",
    comment: " The fee.\n Unit: sat.\n\n More.\n",
    doc: { text: "The fee.\nUnit: sat.\n\nMore.", unit: null },
  },
  {
    name: "a tag twice",
    comment: " The fee.\n Limits: a.\n Limits: b.\n",
    doc: { text: "The fee.", limits: "b a" },
  },
  { name: "tags alone", comment: " Unit: sat.\n", doc: { text: "", summary: "", unit: "sat" } },
  {
    name: "a full stop in code, in a number and in an abbreviation",
    comment: " Uses `a. B` at 0.5 sat, e.g. here. Then.\n",
    doc: { summary: "Uses `a. B` at 0.5 sat, e.g. here." },
  },
  { name: "a first paragraph without a full stop", comment: " One\n\n Two.\n", doc: { summary: "One" } },
  {
    name: "a sentence that starts with code",
    comment: " It is so. `x` is not.\n",
    doc: { summary: "It is so." },
  },
  {
    name: "a list keeps its indentation",
    comment: " A:\n\n - b\n   - c\n",
    doc: { text: "A:\n\n- b\n  - c", summary: "A:" },
  },
  { name: "a comment without the space", comment: "A.\n B.\n", doc: { text: "A.\n B." } },
  {
    name: "carriage returns, tabs, line separators, bidirectional characters",
    comment: " a\r\n b\u2028c\u202ed\te\u0000\n",
    doc: { text: "a\nb c\ufffdd\te\ufffd" },
  },
];

for (const { name, comment, doc } of rows) {
  test(`parseDoc: ${name}`, () => {
    const parsed = parseDoc(comment);
    for (const [key, value] of Object.entries(doc)) {
      assert.equal(parsed[key as keyof Doc], value, key);
    }
  });
}

test("parseDoc: what is longer than 10,000 characters is cut", () => {
  assert.equal(parseDoc("x".repeat(1_000_000)).text, `${"x".repeat(10_000)}…`);
});

const cliRows = [
  { comment: " pool: `accounts new`\n Opens.\n", cli: "pool accounts new", rest: "Opens." },
  { comment: "\n pool: `getinfo`\n", cli: "pool getinfo", rest: "" },
  { comment: " loop: `out`\n Text.\n", cli: null, rest: "loop: `out`\nText." },
  { comment: " Text.\n pool: `a`\n", cli: null, rest: "Text.\npool: `a`" },
  { comment: " pool: `\n", cli: null, rest: "pool: `" },
];

for (const { comment, cli, rest } of cliRows) {
  test(`splitCli: ${JSON.stringify(comment)}`, () => {
    const split = splitCli(comment, "pool");
    assert.equal(split.cli, cli);
    assert.equal(parseDoc(split.rest).text, rest);
  });
}
