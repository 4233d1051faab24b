import assert from "node:assert/strict";
import { test } from "node:test";
import { diffLines } from "../../../lib/reply/diff-lines.ts";
import { type DiffRow, diffRows } from "../../../lib/reply/diff-rows.ts";
import { randomFrom } from "../../support/random.ts";

test("the parts of a diff are both texts, whatever they are", () => {
  const random = randomFrom(3);
  const below = (limit: number) => Math.floor(random() * limit);
  for (let round = 0; round < 300; round++) {
    const words = 2 + below(12);
    const before = Array.from({ length: below(60) }, () => `${below(words)}`);
    const after = round % 3 === 0 ? Array.from({ length: below(60) }, () => `${below(words)}`) : [...before];
    for (let edits = below(6); edits > 0; edits--)
      after.splice(below(after.length + 1), below(3), `${below(99)}`);
    let [old, fresh] = [0, 0];
    for (const part of diffLines(before, after)) {
      assert.deepEqual([part.oldFrom, part.newFrom], [old, fresh], "no line is left out");
      if (part.kind === "same") {
        assert.deepEqual(before.slice(part.oldFrom, part.oldTo), after.slice(part.newFrom, part.newTo));
      }
      [old, fresh] = [part.oldTo, part.newTo];
    }
    assert.deepEqual([old, fresh], [before.length, after.length]);
  }
});

test("one changed value is one changed line, also in a hundred thousand lines", () => {
  const before = Array.from({ length: 100_000 }, (_, index) => `  "amt": "${index % 977}",`);
  const after = [...before];
  after[70_000] = `  "amt": "x",`;
  const changed = diffLines(before, after).filter(({ kind }) => kind === "changed");
  assert.deepEqual(changed, [
    { kind: "changed", oldFrom: 70_000, oldTo: 70_001, newFrom: 70_000, newTo: 70_001 },
  ]);
});

test("texts that have nothing in common end within a moment", () => {
  const before = Array.from({ length: 60_000 }, (_, index) => `a${index % 500}`);
  const after = Array.from({ length: 60_000 }, (_, index) => `b${index % 500}`);
  assert.equal(diffLines(before, after).length, 1);
});

test("a value that changed stands beside what it was, and the rest is folded", () => {
  const reply = (height: number, more: string[]) => [
    "{",
    ...Array.from({ length: 20 }, (_, index) => `  "field_${index}": ${index},`),
    `  "block_height": ${height},`,
    ...more,
    `  "last": true`,
    "}",
  ];
  const before = reply(100, [`  "gone": 1,`]);
  const after = reply(101, [`  "new": 2,`, `  "newer": 3,`]);
  const rows = diffRows(before, after, diffLines(before, after));
  const kinds = (kind: DiffRow["kind"]) => rows.filter((row) => row.kind === kind);
  assert.deepEqual(kinds("folded"), [{ kind: "folded", lines: 18 }]);
  assert.deepEqual(kinds("was"), [
    { kind: "was", old: 21, text: `  "block_height": 100,`, from: 20, to: 21 },
  ]);
  assert.deepEqual(kinds("is"), [
    { kind: "is", fresh: 21, text: `  "block_height": 101,`, from: 20, to: 21 },
  ]);
  assert.deepEqual(
    kinds("removed").map((row) => "text" in row && row.text),
    [`  "gone": 1,`],
  );
  assert.equal(kinds("added").length, 2);
});

test("equal texts have no change", () => {
  const rows = diffRows(["{", "}"], ["{", "}"], diffLines(["{", "}"], ["{", "}"]));
  assert.deepEqual(
    rows.filter(({ kind }) => kind !== "same" && kind !== "folded"),
    [],
  );
});
