import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type MetadataRow, summarizeOptions } from "../../../components/run/call-options-value.ts";
import { isBinary, readMetadata } from "../../../components/run/read-metadata.ts";

const row = (name: string, value: string, form: MetadataRow["form"] = "base64"): MetadataRow => ({
  ...{ name, value, form },
});

describe("metadata that is sent", () => {
  const rows: readonly (readonly [
    rows: readonly MetadataRow[],
    entries: readonly (readonly [string, string])[],
  ])[] = [
    [[], []],
    [[row("", ""), row(" ", "")], []],
    [[row("x-request-id", "42")], [["x-request-id", "42"]]],
    [[row(" X-Upper ", " Value: with colon ")], [["x-upper", "Value: with colon"]]],
    [
      [row("a", "1"), row("a", "2"), row("b", "")],
      [
        ["a", "1"],
        ["a", "2"],
        ["b", ""],
      ],
    ],
    [[row("trace-bin", "AAEC")], [["trace-bin", "AAEC"]]],
    [[row("trace-bin", "AAECAw")], [["trace-bin", "AAECAw=="]]],
    [[row("trace-bin", "_-8")], [["trace-bin", "/+8="]]],
    [[row("trace-BIN", "00 01\n02", "hex")], [["trace-bin", "AAEC"]]],
    [[row("trace-bin", "", "hex")], [["trace-bin", ""]]],
    [[row("macaroon", "x")], [["macaroon", "x"]]],
  ];
  for (const [given, entries] of rows) {
    test(JSON.stringify(given.map(({ name, value }) => [name, value])), () => {
      const read = readMetadata(given);
      assert.ok(read.kind === "ok", "refused");
      assert.deepEqual(
        read.entries.map(({ name, value }) => [name, value]),
        entries,
      );
    });
  }
});

describe("metadata that is refused, with its row", () => {
  const refused: readonly (readonly [rows: readonly MetadataRow[], at: number, message: RegExp])[] = [
    [[row("x-ok", "1"), row("", "value")], 1, /^metadata row 2: give it a name/],
    [[row("", ""), row("Bad Name", "x")], 1, /^metadata row 2: "bad name" is no name/],
    [[row("x-ok", "naïve")], 0, /x-ok is not printable ASCII: name it x-ok-bin/],
    [[row("x", "a\u0001b")], 0, /not printable ASCII/],
    [[row("trace-bin", "zz zz")], 0, /trace-bin holds bytes: give its value as base64/],
    [[row("trace-bin", "0x0g", "hex")], 0, /give its value as hex/],
    [[row("Host", "elsewhere")], 0, /host is set by the connection/],
    [[row("grpc-timeout", "1S")], 0, /grpc-timeout is set by the connection/],
    [[row("x-playground-profile", "other")], 0, /set by the connection/],
  ];
  for (const [given, at, message] of refused) {
    test(String(message), () => {
      const read = readMetadata(given);
      assert.ok(read.kind === "problem", "taken");
      assert.equal(read.row, at);
      assert.match(read.message, message);
    });
  }
});

test("names of bytes", () => {
  assert.ok(isBinary(" Trace-BIN "), "Trace-BIN is text");
  assert.ok(!isBinary("bin") && !isBinary("trace-binary"), "bin is bytes");
});

test("what is set is told in a few words", () => {
  const metadata = [row("a", "1"), row("", "")];
  assert.equal(summarizeOptions({ deadline: "", compression: "identity", metadata: [] }), "");
  assert.equal(
    summarizeOptions({ deadline: " 5 ", compression: "gzip", metadata }),
    "deadline 5 s · 1 metadata · gzip",
  );
});
