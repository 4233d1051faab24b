import assert from "node:assert/strict";
import { test } from "node:test";
import {
  insertCell,
  moveCell,
  removeCell,
  setAttribute,
  setBlock,
} from "../../../lib/notebook/edit-notebook.ts";
import { evaluate } from "../../../lib/notebook/evaluate.ts";
import { matchCells } from "../../../lib/notebook/match-cells.ts";
import type { Notebook } from "../../../lib/notebook/notebook.ts";
import { toNotebook } from "../../../lib/notebook/parse-notebook.ts";
import { renameCapture } from "../../../lib/notebook/rename-capture.ts";
import { NotebookRun } from "../../../lib/notebook/run-notebook.ts";
import { apis } from "./apis.ts";

const call = (request: string) =>
  `<Call method="sandbox.v1.Control.MineBlocks">\n\n\`\`\`json\n${request}\n\`\`\`\n\n</Call>`;
const check = (say: string) => `<Check say="${say}">\n\n\`\`\`cel\nsum == 3\n\`\`\`\n\n</Check>`;
const NOTEBOOK = toNotebook(
  [
    "---\ntitle: T\ndescription: D.\n---",
    call('{ "blocks": 1 }'),
    call('{ "blocks": 2 }'),
    '<Expression as="sum">\n\n```cel\n1 + 2\n```\n\n</Expression>',
    check("It is three"),
    "",
  ].join("\n\n"),
);

/** Ids of before by ids of now, of those that are called otherwise. */
function renamed(after: string): Record<string, string> {
  const entries = [...matchCells(NOTEBOOK, toNotebook(after))];
  return Object.fromEntries(entries.filter(([now, before]) => now !== before));
}

function cellOf(notebook: Notebook, id: string) {
  const cell = notebook.cells.find((each) => each.id === id);
  assert.ok(cell !== undefined && cell.kind !== "prose", `there is a cell ${id}`);
  return cell;
}

test("a cell without a name stays itself when others come, go and move", () => {
  assert.deepEqual(renamed(insertCell(NOTEBOOK, 0, call("{}"))), { "call-2": "call-1", "call-3": "call-2" });
  assert.deepEqual(renamed(removeCell(NOTEBOOK, "call-1")), { "call-1": "call-2" });
  assert.deepEqual(renamed(moveCell(NOTEBOOK, "call-1", 1)), { "call-1": "call-2", "call-2": "call-1" });
});

test("a cell whose text is edited stays itself, with another name too", () => {
  const first = cellOf(NOTEBOOK, "call-1");
  assert.ok(first.kind === "call" && first.requests[0] !== undefined, "it is a call");
  assert.deepEqual(renamed(setBlock(NOTEBOOK, first.requests[0], "{}")), {});
  assert.deepEqual(renamed(setAttribute(NOTEBOOK, first, "as", "mined")), {
    mined: "call-1",
  });
  const renaming = renameCapture(NOTEBOOK, "sum", "total");
  assert.ok(renaming.kind === "ok", "the name is free");
  assert.deepEqual(renamed(renaming.source), { total: "sum" });
});

test("what a cell came to goes with it through edits", async () => {
  const run = new NotebookRun(NOTEBOOK, {
    profile: "none",
    serves: () => false,
    methodOf: async () => undefined,
    // biome-ignore lint/correctness/useYield: nothing is called here
    run: async function* () {
      throw new Error("nothing is called here");
    },
    evaluator: { evaluate: async (text, values) => evaluate(text, values, apis.registry) },
    begin: null,
  });
  await run.run("sum");
  await run.run("check-1");
  assert.equal(run.stateOf("check-1").kind, "done");

  const edited = toNotebook(insertCell(NOTEBOOK, 0, check("Another")));
  run.update(edited);
  assert.equal(run.stateOf("check-1").kind, "idle", "the new one has not run");
  const moved = run.stateOf("check-2");
  assert.ok(moved.kind === "done" && moved.fresh === "fresh", "the old one is still done");

  const renaming = renameCapture(edited, "sum", "total");
  assert.ok(renaming.kind === "ok", "the name is free");
  run.update(toNotebook(renaming.source));
  assert.deepEqual(run.values().get("total"), { kind: "int", value: 3n });
  const after = run.stateOf("check-2");
  assert.ok(after.kind === "done" && after.fresh === "stale", "its text has changed");
});
