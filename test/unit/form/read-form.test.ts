import assert from "node:assert/strict";
import { test } from "node:test";
import { createLanguage } from "../../../lib/editor/language.ts";
import { type FormOptions, type FormPath, type FormRow, pathKey } from "../../../lib/form/form.ts";
import {
  entriesOf,
  type Form,
  itemsOf,
  ownProblems,
  type ReadableForm,
  readForm,
  rowsOf,
} from "../../../lib/form/read-form.ts";
import { everythingMethod } from "../../support/everything-api.ts";
import { methodFixture } from "../editor/pool-docs.ts";

const thing = await everythingMethod();
const submit = methodFixture("poolrpc.Trader.SubmitOrder");

function read(text: string, options: FormOptions = thing): Form {
  return readForm(text, options, createLanguage(options));
}

function readable(text: string, options: FormOptions = thing): ReadableForm {
  const form = read(text, options);
  assert.equal(form.kind, "ok", text);
  return form as ReadableForm;
}

/** A row in a few words: `plain_number: number = 1 (set)`. */
function say(row: FormRow): string {
  const value =
    "value" in row
      ? ` = ${row.value}`
      : "count" in row
        ? ` of ${row.count}`
        : "chosen" in row
          ? ` = ${row.chosen}`
          : "";
  return `${row.label}: ${row.kind}${value} (${row.presence})`;
}

function rowNamed(form: ReadableForm, ...path: FormPath): FormRow {
  const row = rowsOf(form, path.slice(0, -1)).find(({ path: at }) => pathKey(at) === pathKey(path));
  assert.ok(row !== undefined, `no row ${pathKey(path)}`);
  return row;
}

test("every kind of field has its row, in the order of the proto file, a oneof where its first field is", () => {
  assert.deepEqual(rowsOf(readable("{}"), []).map(say), [
    "tracked_number: number =  (unset)",
    "plain_number: number =  (unset)",
    "signed_number: number =  (unset)",
    "real_number: number =  (unset)",
    "plain_flag: bool = false (unset)",
    "tracked_flag: bool = false (unset)",
    "plain_text: string =  (unset)",
    "tracked_text: string =  (unset)",
    "plain_bytes: bytes =  (unset)",
    "colour: enum =  (unset)",
    "inner_thing: message (unset)",
    "thing_list: list of 0 (unset)",
    "number_list: list of 0 (unset)",
    "bytes_list: list of 0 (unset)",
    "colour_list: list of 0 (unset)",
    "thing_map: map of 0 (unset)",
    "text_map: map of 0 (unset)",
    "flag_map: map of 0 (unset)",
    "either_way: oneof = null (unset)",
    "grouped_part: message (unset)",
    "some_time: timestamp =  (unset)",
    "some_span: duration =  (unset)",
    "wrapped_number: number =  (unset)",
    "wrapped_bytes: bytes =  (unset)",
    "some_struct: json =  (unset)",
    "some_value: json =  (unset)",
    "some_any: any (unset)",
    "some_mask: field-mask =  (unset)",
    "strict_part: message (unset)",
    "old_number: number =  (unset)",
  ]);
});

const values: readonly (readonly [text: string, path: FormPath, said: string])[] = [
  [
    '{ "plain_number": 18446744073709551615 }',
    ["plain_number"],
    "plain_number: number = 18446744073709551615 (set)",
  ],
  [
    '{ "plainNumber": "9007199254740993" }',
    ["plain_number"],
    "plain_number: number = 9007199254740993 (set)",
  ],
  ['{ "tracked_number": 0 }', ["tracked_number"], "tracked_number: number = 0 (default)"],
  ['{ "plain_number": 0 }', ["plain_number"], "plain_number: number = 0 (set)"],
  ['{ "plain_number": null }', ["plain_number"], "plain_number: number =  (null)"],
  ['{ "plain_number": "abc" }', ["plain_number"], "plain_number: number = abc (set)"],
  ['{ "plain_number": {"a": 1} }', ["plain_number"], 'plain_number: unfit = {"a": 1} (set)'],
  ['{ "colour": 1 }', ["colour"], "colour: enum = COLOUR_RED (set)"],
  ['{ "colour": "COLOUR_PINK" }', ["colour"], "colour: enum = COLOUR_PINK (set)"],
  ['{ "inner_thing": null }', ["inner_thing"], "inner_thing: message (null)"],
  ['{ "inner_thing": [] }', ["inner_thing"], "inner_thing: unfit = [] (set)"],
  [
    '{ "inner_thing": { "inner_thing": { "plain_text": "x" } } }',
    ["inner_thing", "inner_thing", "plain_text"],
    "plain_text: string = x (set)",
  ],
  ['{ "second_way": {} }', ["either_way"], "either_way: oneof = second_way (set)"],
  [
    '{ "grouped_part": { "group_number": 1 } }',
    ["grouped_part", "group_number"],
    "group_number: number = 1 (set)",
  ],
  ['{ "wrapped_number": 5 }', ["wrapped_number"], "wrapped_number: number = 5 (set)"],
  ['{ "some_value": null }', ["some_value"], "some_value: json = null (set)"],
  ['{ "some_struct": { "a": [1, 2] } }', ["some_struct"], 'some_struct: json = { "a": [1, 2] } (set)'],
  [
    '{ "some_any": { "@type": "x/everything.v1.Strict", "strict_name": "x" } }',
    ["some_any", "strict_name"],
    "strict_name: string = x (set)",
  ],
];
for (const [text, path, said] of values) {
  test(`${text} has the row ${said}`, () => assert.equal(say(rowNamed(readable(text), ...path)), said));
}

test("a row has the docs, the unit and what marks the field", () => {
  const form = readable("{}");
  const plain = rowNamed(form, "plain_number");
  assert.equal(plain.doc?.summary, "A number that does not.");
  assert.equal(plain.doc?.unit, "sat");
  assert.equal(plain.tracksPresence, false);
  assert.equal(rowNamed(form, "tracked_number").tracksPresence, true);
  assert.equal(rowNamed(form, "old_number").deprecated, true);
  assert.equal(rowNamed(form, "strict_part", "strict_name").needed, true);
  const colour = rowNamed(form, "colour");
  assert.ok(colour.kind === "enum", "an enum");
  assert.deepEqual(
    colour.values.map(({ name, summary, deprecated }) => [name, summary, deprecated]),
    [
      ["COLOUR_NONE", "", false],
      ["COLOUR_RED", "Like a tomato.", false],
      ["COLOUR_GREEN", "", true],
    ],
  );
});

test("what a daemon needs is marked", () => {
  const form = readable('{ "bid": {} }', submit);
  assert.equal(rowNamed(form, "bid", "details").needed, true);
});

test("items and entries are made as they are asked for", () => {
  const form = readable(
    '{ "number_list": [1, 2, 3], "text_map": { "5": "a", "x": "b" }, "thing_list": [{ "colour": 2 }] }',
  );
  assert.deepEqual(itemsOf(form, ["number_list"], 1, 9).map(say), [
    "2: number = 2 (set)",
    "3: number = 3 (set)",
  ]);
  const entries = entriesOf(form, ["text_map"], 0, 9);
  assert.deepEqual(
    entries.map(({ key, row }) => [key, say(row)]),
    [
      ["5", "1: string = a (set)"],
      ["x", "2: string = b (set)"],
    ],
  );
  assert.deepEqual(
    entries.map(({ keyProblems }) => keyProblems.length),
    [0, 1],
  );
  assert.equal(itemsOf(form, ["thing_list"], 0, 1)[0]?.type, "Thing");
  assert.equal(say(rowNamed(form, "thing_list", 0, "colour")), "colour: enum = COLOUR_GREEN (set)");
});

test("problems stand at the value that they are about, and are counted at what is around it", () => {
  const form = readable(
    '{ "inner_thing": { "plain_number": -1, "nothing": 1 }, "number_list": [1, "x"], "unknown": 1 }',
  );
  const inner = rowNamed(form, "inner_thing");
  assert.deepEqual([inner.problems.length, inner.inside], [0, 2]);
  assert.match(
    rowNamed(form, "inner_thing", "plain_number").problems[0]?.message ?? "",
    /does not fit in uint64/,
  );
  assert.match(ownProblems(form, ["inner_thing"])[0]?.message ?? "", /no field "nothing"/);
  assert.match(ownProblems(form, [])[0]?.message ?? "", /no field "unknown"/);
  assert.equal(itemsOf(form, ["number_list"], 1, 2)[0]?.problems.length, 1);
});

test("the second field of a oneof is told at the choice", () => {
  const row = rowNamed(readable('{ "first_way": "x", "third_way": 1 }'), "either_way");
  assert.ok(row.kind === "oneof", "a oneof");
  assert.equal(row.chosen, "first_way");
  assert.match(row.problems[0]?.message ?? "", /exclude each other/);
});

test("a text that cannot be read has no form, and says why", () => {
  for (const text of ["", "{", '{ "a": }', "[1]", "5", `${"[".repeat(200)}`]) {
    const form = read(text);
    assert.equal(form.kind, "unreadable", text);
    assert.ok(form.problems.length > 0, text);
  }
});

test("names of JavaScript's own are names like others", () => {
  const form = readable('{ "text_map": { "1": "__proto__" }, "__proto__": 1, "constructor": 2 }');
  assert.equal(ownProblems(form, []).length, 2);
});
