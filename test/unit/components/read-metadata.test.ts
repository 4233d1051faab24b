import assert from "node:assert/strict";
import { test } from "node:test";
import { readMetadata } from "../../../components/run/read-metadata.ts";

const rows: readonly (readonly [text: string, entries: readonly (readonly [string, string])[]])[] = [
  ["", []],
  ["x-request-id: 42", [["x-request-id", "42"]]],
  ["X-Upper:Value: with colon", [["x-upper", "Value: with colon"]]],
  [
    "a: 1\na: 2\n\nno colon here\n: no name",
    [
      ["a", "1"],
      ["a", "2"],
    ],
  ],
  ["trace-bin: AAEC", [["trace-bin", "AAEC"]]],
];

for (const [text, entries] of rows) {
  test(`metadata of ${JSON.stringify(text)}`, () => {
    assert.deepEqual(
      readMetadata(text).map(({ name, value }) => [name, value]),
      entries,
    );
  });
}
