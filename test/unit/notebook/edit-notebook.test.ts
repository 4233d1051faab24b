import assert from "node:assert/strict";
import { test } from "node:test";
import { NEW_CELLS, newCell } from "../../../lib/notebook/cell-templates.ts";
import { copyOf, fileNameOf, setInfo } from "../../../lib/notebook/edit-front-matter.ts";
import {
  insertCell,
  moveCell,
  removeCell,
  setAttribute,
  setBlock,
  setProse,
} from "../../../lib/notebook/edit-notebook.ts";
import type { Cell, Notebook } from "../../../lib/notebook/notebook.ts";
import { parseNotebook, toNotebook } from "../../../lib/notebook/parse-notebook.ts";
import { renameCapture } from "../../../lib/notebook/rename-capture.ts";
import { randomBelow } from "../../support/random.ts";

const SOURCE = `---
title: A lesson
# Whatever stands here stays.
description: It has a bit of everything.
order: 3
scenario: funded-wallet
---

Prose with *marks* and [a link][poolrpc.Account].

<Input as="amount" label="How much" type="int" value="1000" min="1" />

<Call as="quote" method="poolrpc.Trader.QuoteAccount" bytes='hex'>

\`\`\`json
{ "account_value": "{{amount}}", "note": "{{ quote2[\\"x\\"] }} of {{amount}}" }
\`\`\`

</Call>

<Expression as="quote2">

\`\`\`cel
{"x": uint(amount) + 3u}
\`\`\`

</Expression>

More prose,
over two lines.

- and a list

<Wait as="accounts" method="poolrpc.Trader.ListAccounts">

\`\`\`json
{}
\`\`\`

\`\`\`cel
accounts.accounts.exists(amount, amount.value > 3u) || amount > 3
\`\`\`

</Wait>

<Check say="It is &quot;right&quot;">

\`\`\`cel
quote.miner_fee_total < 10u
\`\`\`

</Check>

<Table of="accounts.accounts" columns="Key = row.trader_key; Amount = amount" />

The end.
`;

function cellOf<K extends Cell["kind"]>(notebook: Notebook, kind: K): Cell & { kind: K } {
  const found = notebook.cells.find((cell): cell is Cell & { kind: K } => cell.kind === kind);
  assert.ok(found !== undefined, `there is a cell of kind ${kind}`);
  return found;
}

test("a request is set and nothing else changes", () => {
  const notebook = toNotebook(SOURCE);
  const [request] = cellOf(notebook, "call").requests;
  assert.ok(request !== undefined, "the call has a request");
  const edited = setBlock(notebook, request, '{\n  "account_value": "5"\n}');
  assert.equal(edited, SOURCE.replace(request.text, '{\n  "account_value": "5"\n}'));
});

test("an empty block takes a text, and a text is emptied", () => {
  const empty = SOURCE.replace("quote.miner_fee_total < 10u\n", "");
  const reading = toNotebook(SOURCE);
  assert.equal(setBlock(reading, cellOf(reading, "check").condition, ""), empty);
  const { condition } = cellOf(toNotebook(empty), "check");
  assert.equal(setBlock(toNotebook(empty), condition, "quote.miner_fee_total < 10u"), SOURCE);
});

test("a text that holds a fence gets a longer one around it", () => {
  const notebook = toNotebook(SOURCE);
  const edited = setBlock(notebook, cellOf(notebook, "expression").expression, 'x + """\n```\n"""');
  assert.equal(cellOf(toNotebook(edited), "expression").expression.text, 'x + """\n```\n"""');
  assert.ok(edited.includes("````cel\n"), "the opening fence is longer");
});

test("attributes are set, added and taken out", () => {
  const notebook = toNotebook(SOURCE);
  const call = cellOf(notebook, "call");
  assert.equal(
    setAttribute(notebook, call, "method", "poolrpc.Trader.GetInfo"),
    SOURCE.replace("poolrpc.Trader.QuoteAccount", "poolrpc.Trader.GetInfo"),
  );
  assert.equal(
    setAttribute(notebook, call, "expect", "NOT_FOUND"),
    SOURCE.replace("bytes='hex'>", "bytes='hex' expect=\"NOT_FOUND\">"),
  );
  assert.equal(setAttribute(notebook, call, "bytes", null), SOURCE.replace(" bytes='hex'", ""));
  assert.equal(setAttribute(notebook, call, "expect", null), SOURCE);
});

test("what needs an escape in an attribute is read as it was meant", () => {
  const notebook = toNotebook(SOURCE);
  const check = cellOf(notebook, "check");
  for (const say of ['It is "so"', "It's so", `It's "so"`, "a &amp; b", "a & b", "two\nlines"]) {
    const edited = toNotebook(setAttribute(notebook, check, "say", say));
    assert.equal(cellOf(edited, "check").say, say.replace("\n", " "));
  }
  assert.equal(setAttribute(notebook, check, "say", 'It is "right"'), SOURCE, "what is the same stays");
});

test("prose is set; a blank one goes", () => {
  const notebook = toNotebook(SOURCE);
  const prose = cellOf(notebook, "prose");
  const edited = setProse(notebook, prose, "\nOther prose.\n\n");
  assert.equal(edited, SOURCE.replace(prose.text, "Other prose."));
  assert.equal(setProse(notebook, prose, " \n"), SOURCE.replace(`${prose.text}\n\n`, ""));
});

test("each kind of cell is put in and can be read", () => {
  for (const { kind } of NEW_CELLS) {
    const notebook = toNotebook(SOURCE);
    for (const index of [0, 3, notebook.cells.length]) {
      const text = newCell(notebook, kind, { name: "poolrpc.Trader.ListAccounts", request: "{}" });
      const edited = toNotebook(insertCell(notebook, index, text));
      assert.ok(edited.source.includes(text), `${kind} stands in the text`);
      if (kind !== "prose") assert.equal(edited.cells[index]?.kind, kind);
    }
  }
});

test("a notebook without cells takes one", () => {
  const empty = "---\ntitle: T\ndescription: D.\n---\n";
  const edited = insertCell(toNotebook(empty), 0, "Hello.");
  assert.equal(edited, `${empty}\nHello.\n`);
});

test("what is put in can be taken out again without a trace", () => {
  const notebook = toNotebook(SOURCE);
  for (let index = 1; index <= notebook.cells.length; index++) {
    const text = newCell(notebook, "check", { name: "a.B.C", request: "{}" });
    const edited = toNotebook(insertCell(notebook, index, text));
    const id = edited.cells[index]?.id ?? "";
    assert.equal(removeCell(edited, id), SOURCE);
  }
});

test("a cell that goes down and up again is where it was", () => {
  const notebook = toNotebook(SOURCE);
  const moved = toNotebook(moveCell(notebook, "quote", 1));
  assert.deepEqual(
    moved.cells.slice(1, 5).map(({ id }) => id),
    ["amount", "quote2", "quote", "prose-2"],
  );
  assert.equal(moveCell(moved, "quote", -1), SOURCE);
  assert.equal(moveCell(notebook, "prose-1", -1), SOURCE);
  assert.equal(moveCell(notebook, "prose-3", 1), SOURCE);
});

test("a name is changed at its cell and wherever it is meant", () => {
  const renaming = renameCapture(toNotebook(SOURCE), "amount", "funds");
  assert.ok(renaming.kind === "ok", "the name is free");
  const expected = SOURCE.replace('as="amount"', 'as="funds"')
    .replace('"{{amount}}", ', '"{{funds}}", ')
    .replace('{{ quote2[\\"x\\"] }} of {{amount}}', '{{quote2[\\"x\\"]}} of {{funds}}')
    .replace("uint(amount)", "uint(funds)")
    .replace("|| amount > 3", "|| funds > 3")
    .replace("Amount = amount", "Amount = funds");
  assert.equal(renaming.source, expected);
  assert.ok(renaming.source.includes("exists(amount, amount.value > 3u)"), "a macro's own name stays");
});

test("a name that cannot be taken is refused with the reason", () => {
  const notebook = toNotebook(SOURCE);
  const refusals = ["quote", "row", "Not a name", "x y"].map((to) => renameCapture(notebook, "amount", to));
  assert.deepEqual(
    refusals.map((each) => (each.kind === "refused" ? each.message : each.kind)),
    [
      "`quote` is already the name of another cell: take another",
      "`row` has a meaning of its own in expressions: take another name",
      "`Not a name` is no name: it begins with a small letter; letters, digits and _ follow",
      "`x y` is no name: it begins with a small letter; letters, digits and _ follow",
    ],
  );
  const clash = renameCapture(
    toNotebook(SOURCE.replace("|| amount", "|| other.exists(b, b > 1) || amount")),
    "amount",
    "b",
  );
  assert.equal(clash.kind, "refused");
});

test("a copy says so and has no place among the lessons", () => {
  const copy = copyOf(toNotebook(SOURCE));
  assert.equal(copy, SOURCE.replace("title: A lesson", "title: A lesson (copy)").replace("order: 3\n", ""));
  const again = toNotebook(copyOf(toNotebook(copy)));
  assert.equal(again.info.title, "A lesson (copy 2)");
  assert.equal(fileNameOf(again), "a-lesson-copy-2.mdx");
});

test("a line of the front matter is quoted where YAML needs it", () => {
  for (const title of ["a: b", "# no comment", "“Ada’s”", "- x", "12", "true", "it's"]) {
    const edited = setInfo(SOURCE, { title, seed: "7" });
    const { info } = toNotebook(edited);
    assert.equal(info.title, title);
    assert.equal(info.seed, 7n);
  }
});

test("random edits keep the other cells' bytes, and what they write can be read", () => {
  for (const [name, source] of [
    ["LF", SOURCE],
    ["CRLF", SOURCE.replaceAll("\n", "\r\n")],
  ] as const) {
    const below = randomBelow(8);
    let notebook = toNotebook(source);
    for (let step = 0; step < 300; step++) {
      const index = below(notebook.cells.length);
      const cell = notebook.cells[index];
      const edited =
        cell === undefined || notebook.cells.length < 4
          ? grown(notebook, below)
          : change(notebook, cell, index, below);
      const reading = parseNotebook(edited);
      const shown = `${name} step ${step}`;
      assert.ok(
        reading.kind === "ok",
        `${shown}: ${reading.kind === "problems" ? reading.problems[0]?.message : ""}\n${edited}`,
      );
      assert.ok(!/(?<!\r)\n/.test(edited) || name === "LF", `${shown}: line ends stay`);
      const others = notebook.cells.filter((each) => each !== cell);
      for (const other of others) {
        const text = notebook.source.slice(other.place.start, other.place.end);
        assert.ok(edited.includes(text), `${shown}: ${other.id} stays as it was`);
      }
      notebook = reading.notebook;
    }
  }
});

const TEXTS = [
  "true",
  "1 + 1",
  '{\n  "a": "{{amount}}"\n}',
  "```\nx\n```",
  "",
  "a\r\nb",
  "  indented",
  "~~~",
];

function grown(notebook: Notebook, below: (n: number) => number): string {
  const { kind } = NEW_CELLS[below(NEW_CELLS.length)] ?? NEW_CELLS[0];
  const text = newCell(notebook, kind, { name: "poolrpc.Trader.ListAccounts", request: "{}" });
  return insertCell(notebook, below(notebook.cells.length + 1), text);
}

function change(notebook: Notebook, cell: Cell, index: number, below: (n: number) => number): string {
  const text = TEXTS[below(TEXTS.length)] ?? "";
  switch (below(6)) {
    case 0:
      return grown(notebook, below);
    case 1:
      return removeCell(notebook, cell.id);
    case 2:
      return moveCell(notebook, cell.id, below(2) === 0 ? 1 : -1);
    case 3:
      return insertCell(notebook, index, "> quoted\n\n1. one\n2. two");
    default:
      break;
  }
  switch (cell.kind) {
    case "prose":
      return setProse(notebook, cell, `Prose ${below(100)}.\n\n\`\`\`sh\n${below(9)}\n\`\`\``);
    case "call":
    case "wait": {
      const [request] = cell.requests;
      return request === undefined ? notebook.source : setBlock(notebook, request, text);
    }
    case "expression":
      return setBlock(notebook, cell.expression, text);
    case "check":
      return below(2) === 0
        ? setBlock(notebook, cell.condition, text)
        : setAttribute(notebook, cell, "say", `It "holds" ${below(9)}% & 'more'`);
    case "table":
      return setAttribute(notebook, cell, "columns", "A = row.a");
    default:
      return setAttribute(notebook, cell, "id", `i${below(1_000_000_000)}`);
  }
}
