import assert from "node:assert/strict";
import { test } from "node:test";
import { createFileRegistry, toBinary } from "@bufbuild/protobuf";
import { writeReply } from "../../../lib/schema/reply-text.ts";
import { readRequest } from "../../../lib/schema/request-text.ts";
import { everythingImage } from "../../support/everything-api.ts";

const registry = createFileRegistry(await everythingImage());
const old = registry.getMessage("everything.old.Old");
assert.ok(old !== undefined, "the fixture has a message of proto2");

const ROWS: readonly (readonly [name: string, text: string, problem: RegExp | null])[] = [
  ["what is required", '{"title": "a"}', null],
  ["a required field is missing", "{}", /title/],
  ["a group, by the name of its field", '{"title": "a", "part": [{"part_id": "1"}]}', null],
  ["a group without what it requires", '{"title": "a", "part": [{}]}', /part_id/],
  ["a value of a closed enum", '{"title": "a", "shade": "SHADE_BLACK"}', null],
  ["a value that a closed enum does not have", '{"title": "a", "shade": 5}', /shade|5/],
  ["a name that proto2 gave for JSON", '{"title": "a", "another-name": "b"}', null],
  ["an extension", '{"title": "a", "[everything.old.Old.inner_extra]": "b"}', null],
  ["an extension that is not there", '{"title": "a", "[everything.old.gone]": "b"}', /gone/],
  ["infinity where that is the default", '{"title": "a", "ratio": "Infinity"}', null],
  [
    "a map of a nested message with signed keys",
    '{"title": "a", "by_number": {"-9223372036854775808": {}}}',
    null,
  ],
];

for (const [name, text, problem] of ROWS) {
  test(`proto2: ${name}`, () => {
    const reading = readRequest(text, old, { bytes: "hex", registry });
    if (problem !== null) {
      assert.equal(reading.kind, "problems");
      const said =
        reading.kind === "problems" ? reading.problems.map(({ message }) => message).join("\n") : "";
      assert.match(said, problem);
      return;
    }
    assert.ok(
      reading.kind === "ok",
      reading.kind === "ok" ? "" : reading.problems.map(({ message }) => message).join("\n"),
    );
    const reply = writeReply(old, toBinary(old, reading.message), { bytes: "hex", registry });
    assert.equal(reply.kind, "ok");
  });
}
