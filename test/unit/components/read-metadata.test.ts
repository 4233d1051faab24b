import assert from "node:assert/strict";
import { test } from "node:test";
import { readMetadata } from "../../../components/run/read-metadata.ts";

const rows: readonly (readonly [text: string, entries: readonly (readonly [string, string])[]])[] = [
  ["", []],
  ["x-request-id: 42", [["x-request-id", "42"]]],
  ["X-Upper:Value: with colon", [["x-upper", "Value: with colon"]]],
  [
    "a: 1\na: 2\n\n  \nb:",
    [
      ["a", "1"],
      ["a", "2"],
      ["b", ""],
    ],
  ],
  ["trace-bin: AAEC", [["trace-bin", "AAEC"]]],
  ["trace-bin: AAECAw==", [["trace-bin", "AAECAw=="]]],
  ["macaroon: x", [["macaroon", "x"]]],
];

for (const [text, entries] of rows) {
  test(`metadata of ${JSON.stringify(text)}`, () => {
    const read = readMetadata(text);
    assert.equal(read.kind, "ok");
    assert.deepEqual(
      read.entries.map(({ name, value }) => [name, value]),
      entries,
    );
  });
}

const refused: readonly (readonly [text: string, message: RegExp])[] = [
  ["x-ok: 1\nno colon here", /^metadata line 2: write name: value/],
  ["Bad Name: x", /^metadata line 1: "bad name" is no name/],
  [": no name", /"" is no name/],
  ["x-ok: naïve", /x-ok is not printable ASCII: name it x-ok-bin/],
  ["x: a\u0001b", /not printable ASCII/],
  ["trace-bin: zz zz", /give its value as base64/],
  ["Host: elsewhere", /host is set by the connection/],
  ["grpc-timeout: 1S", /grpc-timeout is set by the connection/],
  ["x-playground-profile: other", /set by the connection/],
];

for (const [text, message] of refused) {
  test(`metadata refused: ${JSON.stringify(text)}`, () => {
    const read = readMetadata(text);
    assert.equal(read.kind, "problem");
    assert.match(read.message, message);
  });
}
