import assert from "node:assert/strict";
import { test } from "node:test";
import { parseExamples } from "../../../lib/editor/example.ts";

const rows: readonly (readonly [file: string, examples: readonly (readonly [string, ...string[]])[]])[] = [
  ["", []],
  ["{}\n", [["Example", "{}"]]],
  ['{\n  "a": 1\n}\n---\n{}\n', [["Example", '{\n  "a": 1\n}', "{}"]]],
  [
    "=== One, the first\n{}\n\n=== Two\n{}\n---\n[]\n",
    [
      ["One, the first", "{}"],
      ["Two", "{}", "[]"],
    ],
  ],
  ["=== Nothing under it\n=== Two  \n{}", [["Two", "{}"]]],
  ['{ "text": "=== no title" }', [["Example", '{ "text": "=== no title" }']]],
];

for (const [file, examples] of rows) {
  test(`examples of ${JSON.stringify(file)}`, () => {
    assert.deepEqual(
      parseExamples(file).map(({ title, messages }) => [title, ...messages]),
      examples,
    );
  });
}
