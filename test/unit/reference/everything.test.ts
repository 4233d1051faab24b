import assert from "node:assert/strict";
import { test } from "node:test";
import type { Definition } from "../../../lib/reference/reference.ts";
import { everythingReference } from "../../support/everything-api.ts";
import { assertGolden, jsonLines } from "../../support/golden.ts";

const reference = await everythingReference();
const fields = reference.messages.flatMap((message) => message.fields);
const field = (name: string) => fields.find((item) => item.name === name) ?? assert.fail(name);
const message = (name: string) => reference.messages.find((item) => item.name === name) ?? assert.fail(name);

/** Without what says nothing: no comment, no link, not deprecated. */
function told(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).filter(
    ([, item]) => item !== null && item !== false && item !== "" && JSON.stringify(item) !== "[]",
  );
  return Object.fromEntries(entries);
}

test("golden: the reference of an API with one of everything", () => {
  assertGolden("everything/reference.json", `${jsonLines(JSON.parse(JSON.stringify(reference, told)))}\n`);
});

test("presence: proto2, proto3 and editions", () => {
  const cardinalities = {
    "everything.old.Old.title": "required",
    "everything.old.Old.count": "optional",
    "everything.old.Old.thing": "single",
    "everything.old.Old.packed_numbers": "repeated",
    "everything.old.Old.by_number": "single",
    "Leaf.text": "single",
    "Leaf.maybe": "optional",
    "Leaf.choice": "single",
    "everything.v1.Thing.tracked_number": "optional",
    "everything.v1.Thing.plain_number": "single",
    "everything.v1.Strict.strict_name": "required",
    "everything.latest.Item.name": "optional",
    "everything.latest.Item.size": "single",
  };
  const found = Object.keys(cardinalities).map((name) => [name, field(name).cardinality]);
  assert.deepEqual(Object.fromEntries(found), cardinalities);
});

test("a group is a field and a message, both with its comment", () => {
  const text = "A group, which is a field and a message at once.";
  assert.equal(field("everything.old.Old.part").delimited, true);
  assert.equal(field("everything.old.Old.part").doc.text, text);
  assert.equal(message("everything.old.Old.Part").doc.text, text);
  assert.equal(field("everything.v1.Thing.grouped_part").delimited, true);
  assert.equal(field("everything.old.Old.thing").delimited, undefined);
});

test("defaults: declared ones, unless the comment says one", () => {
  const defaults = ["title", "count", "note", "raw", "shade", "ratio", "ready"].map(
    (name) => field(`everything.old.Old.${name}`).doc.default,
  );
  assert.deepEqual(defaults, [
    null,
    "`3`",
    '`"a "b" \'c\'"`',
    "nothing at all",
    "`SHADE_DARK`",
    "`inf`",
    "`true`",
  ]);
});

test("comments: above, behind, in blocks; those that stand apart belong to nothing", () => {
  assert.equal(field("everything.old.Old.shade").doc.text, "Behind its field.");
  const all = JSON.stringify(reference);
  assert.doesNotMatch(all, /stands apart|Not about the message/);
  const text = reference.services.find(({ name }) => name === "Plain")?.doc.text ?? "";
  assert.match(text, /^A service in a block comment\.\n\n {1}- a list\n {3}- in a list\n\nWith a/);
  assert.match(text, /\{process\.env\.HOME\},\n<b onclick="x\(\)">HTML<\/b>/);
  assert.match(text, /Turned around: \ufffdabc\ufffd\./);
});

test("deprecated: what is, and all of a deprecated file", () => {
  const definitions: readonly Definition[] = [
    ...reference.services.flatMap((service) => [service, ...service.methods]),
    ...reference.messages.flatMap((item) => [item, ...item.fields]),
    ...reference.enums.flatMap((item) => [item, ...item.values]),
    ...reference.extensions,
  ];
  const names = definitions.filter(({ deprecated }) => deprecated).map(({ name }) => name);
  const ofFile = ["Plain", "Plain.One", "Plain.Down", "Plain.Up", "Plain.Both", "Leaf"];
  const inLeaf = ["text", "maybe", "at", "colour", "list", "choice"].map((name) => `Leaf.${name}`);
  const single = [
    "everything.v1.Thing.old_number",
    "everything.v1.Colour.COLOUR_GREEN",
    "everything.old.Shade.SHADE_BLACK",
    "everything.old.more_inner",
  ];
  assert.deepEqual(names.sort(), [...ofFile, ...inLeaf, ...single].sort());
});

test("reserved and left to extensions; closed enums", () => {
  const { reserved, extensionRanges } = message("everything.old.Old");
  assert.deepEqual(reserved, { numbers: ["20", "22 to 29", "1000 to max"], names: ["gone", "lost"] });
  assert.deepEqual(extensionRanges, ["100 to 199", "300"]);
  const shade = reference.enums.find(({ name }) => name === "everything.old.Shade");
  assert.deepEqual(shade?.reserved, { numbers: ["7", "9 to 11", "100 to max"], names: ["SHADE_GONE"] });
  const closed = reference.enums.filter((item) => item.closed).map(({ name }) => name);
  assert.deepEqual(closed, [
    "everything.old.Shade",
    "everything.old.Old.Inner.Innermost.Depth",
    "everything.latest.Mode",
  ]);
});

test("extensions have the message that they extend; custom options have their values", () => {
  assert.deepEqual(
    reference.extensions.map(({ name, extends: to, jsonName }) => [name, to, jsonName]),
    [
      ["everything.old.outer_extra", "everything.old.Old", "[everything.old.outer_extra]"],
      ["everything.old.more_inner", "everything.old.Old", "[everything.old.more_inner]"],
      ["everything.old.longest", "google.protobuf.FieldOptions", "[everything.old.longest]"],
      ["everything.old.allowed", "google.protobuf.FieldOptions", "[everything.old.allowed]"],
      ["everything.old.callers", "google.protobuf.MethodOptions", "[everything.old.callers]"],
      ["everything.old.colouring", "google.protobuf.MessageOptions", "[everything.old.colouring]"],
      ["everything.old.Old.inner_extra", "everything.old.Old", "[everything.old.Old.inner_extra]"],
    ],
  );
  assert.deepEqual(field("Leaf.text").options, [
    { name: "(everything.old.allowed)", value: '{"least":"-1","most":"5"}' },
    { name: "(everything.old.longest)", value: "10" },
  ]);
  const one = reference.services.flatMap(({ methods }) => methods).find(({ name }) => name === "Plain.One");
  assert.deepEqual(one?.options, [
    { name: "(everything.old.callers)", value: '["admin","guest"]' },
    { name: "idempotency_level", value: "NO_SIDE_EFFECTS" },
  ]);
  assert.deepEqual(message("everything.old.Range").options, [
    { name: "(everything.old.colouring)", value: '"SHADE_DARK"' },
  ]);
});

test("protobuf's own types have a text of ours and no fields; those of the editor's docs are left to it", () => {
  const builtIn = reference.messages.filter((item) => item.builtIn);
  assert.ok(builtIn.length > 0, "some are used");
  for (const { name, doc, fields } of builtIn) {
    assert.match(name, /^google\.protobuf\./);
    assert.notEqual(doc.text, "", name);
    assert.deepEqual(fields, [], name);
  }
});
