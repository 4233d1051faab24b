import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  addItem,
  moveItem,
  setMapKey,
  setOneof,
  setTypeUrl,
  setValue,
  unset,
} from "../../../lib/form/edit-form.ts";
import type { FormOptions, FormPath } from "../../../lib/form/form.ts";
import { applyEdits, type TextEdit } from "../../../lib/schema/problem.ts";
import { everythingMethod } from "../../support/everything-api.ts";
import { methodFixture } from "../editor/pool-docs.ts";

const thing = await everythingMethod();
const submit = methodFixture("poolrpc.Trader.SubmitOrder");

type Operation = (text: string, options: FormOptions) => readonly TextEdit[];

const set =
  (path: FormPath, source: string): Operation =>
  (text, options) =>
    setValue(text, options, path, source);
const take =
  (...path: FormPath): Operation =>
  (text, options) =>
    unset(text, options, path);
const add =
  (...path: FormPath): Operation =>
  (text, options) =>
    addItem(text, options, path);
const move =
  (path: FormPath, by: -1 | 1): Operation =>
  (text, options) =>
    moveItem(text, options, path, by);
const choose =
  (oneof: string, name: string | null, source?: string): Operation =>
  (text, options) =>
    setOneof(text, options, [], oneof, { choose: name, ...(source !== undefined && { source }) });

type Row = readonly [name: string, before: string, operation: Operation, after: string];

function check(rows: readonly Row[], options: FormOptions = thing): void {
  for (const [name, before, operation, after] of rows) {
    test(name, () => assert.equal(applyEdits(before, operation(before, options)), after));
  }
}

describe("a value is written", () => {
  check([
    [
      "in place",
      '{ "plain_number": 1 } // x',
      set(["plain_number"], "18446744073709551615"),
      '{ "plain_number": 18446744073709551615 } // x',
    ],
    [
      "into an empty request, on a line of its own",
      "{}",
      set(["plain_number"], "1"),
      '{\n  "plain_number": 1\n}',
    ],
    ["into a spaced empty request", "{ }", set(["plain_number"], "1"), '{\n  "plain_number": 1\n}'],
    [
      "with the comments of an empty request kept",
      "{\n  // nothing yet\n}",
      set(["plain_number"], "1"),
      '{\n  // nothing yet\n  "plain_number": 1\n}',
    ],
    [
      "after a comment in one line",
      "{ /* nothing */ }",
      set(["plain_number"], "1"),
      '{ /* nothing */\n  "plain_number": 1\n}',
    ],
    [
      "after the fields before it in the proto file",
      '{\n  "tracked_number": 1, // a\n  "plain_text": "x"\n}',
      set(["plain_number"], "2"),
      '{\n  "tracked_number": 1, // a\n  "plain_number": 2,\n  "plain_text": "x"\n}',
    ],
    [
      "before all, after the comment of the bracket",
      '{ // all\n\t"plain_text": "x" // c\n}',
      set(["plain_number"], "2"),
      '{ // all\n\t"plain_number": 2,\n\t"plain_text": "x" // c\n}',
    ],
    [
      "last, the comma before the comment",
      '{\n    "plain_number": 1 // a\n    // end\n}',
      set(["plain_text"], '"x"'),
      '{\n    "plain_number": 1, // a\n    "plain_text": "x"\n    // end\n}',
    ],
    [
      "last, with a trailing comma where there was one",
      '{\n  "plain_number": 1, // a\n}',
      set(["plain_text"], '"x"'),
      '{\n  "plain_number": 1, // a\n  "plain_text": "x",\n}',
    ],
    [
      "in one line where the request is",
      '{ "plain_number": 1 }',
      set(["plain_text"], '"x"'),
      '{ "plain_number": 1, "plain_text": "x" }',
    ],
    [
      "first in one line",
      '{ "plain_text": "x" }',
      set(["plain_number"], "1"),
      '{ "plain_number": 1, "plain_text": "x" }',
    ],
    [
      "first in one line without blanks",
      '{"plain_text":"x"}',
      set(["plain_number"], "1"),
      '{"plain_number": 1, "plain_text":"x"}',
    ],
    [
      "in one line with a trailing comma",
      '{ "plain_number": 1, }',
      set(["plain_text"], '"x"'),
      '{ "plain_number": 1, "plain_text": "x", }',
    ],
    [
      "in lowerCamelCase where the text has it",
      '{"plainNumber": 1}',
      set(["plain_text"], '"x"'),
      '{"plainNumber": 1, "plainText": "x"}',
    ],
    [
      "in the style of a deeper name",
      '{"colour": 1, "thing_list": [{"plainNumber": 1}]}',
      set(["plain_text"], '"x"'),
      '{"plain_text": "x", "colour": 1, "thing_list": [{"plainNumber": 1}]}',
    ],
    [
      "with the messages that hold it",
      "{}",
      set(["inner_thing", "inner_thing", "plain_number"], "1"),
      '{\n  "inner_thing": {\n    "inner_thing": {\n      "plain_number": 1\n    }\n  }\n}',
    ],
    [
      "with what those need",
      '{\n\t"plain_number": 1\n}',
      set(["strict_part", "other_name"], '"x"'),
      '{\n\t"plain_number": 1,\n\t"strict_part": {\n\t\t"strict_name": "",\n\t\t"other_name": "x"\n\t}\n}',
    ],
    [
      "in place of null",
      '{ "inner_thing": null }',
      set(["inner_thing", "plain_number"], "1"),
      '{ "inner_thing": {\n  "plain_number": 1\n} }',
    ],
    [
      "into an empty message within a line",
      '{ "inner_thing": {} }',
      set(["inner_thing", "plain_number"], "1"),
      '{ "inner_thing": { "plain_number": 1 } }',
    ],
    [
      "into an empty message within lines",
      '{\n  "inner_thing": {}\n}',
      set(["inner_thing", "plain_number"], "1"),
      '{\n  "inner_thing": {\n    "plain_number": 1\n  }\n}',
    ],
    [
      "with the line ends of the text",
      '{\r\n  "plain_number": 1\r\n}',
      set(["plain_text"], '"x"'),
      '{\r\n  "plain_number": 1,\r\n  "plain_text": "x"\r\n}',
    ],
    [
      "between commas that begin lines",
      '{\n    "plain_number": 1 // a\n  , "colour": 1\n}',
      set(["plain_text"], '"x"'),
      '{\n    "plain_number": 1 // a\n  , "plain_text": "x", "colour": 1\n}',
    ],
    [
      "of a field of an Any",
      '{ "some_any": { "@type": "type.googleapis.com/everything.v1.Strict" } }',
      set(["some_any", "strict_name"], '"x"'),
      '{ "some_any": { "@type": "type.googleapis.com/everything.v1.Strict", "strict_name": "x" } }',
    ],
    [
      "at its start",
      "{}",
      set(["strict_part"], "start"),
      '{\n  "strict_part": {\n    "strict_name": ""\n  }\n}',
    ],
    [
      "at its start, a time",
      "{}",
      set(["some_time"], "start"),
      '{\n  "some_time": "1970-01-01T00:00:00Z"\n}',
    ],
    [
      "nowhere in a text that cannot be read",
      '{ "plain_number": }',
      set(["plain_text"], '"x"'),
      '{ "plain_number": }',
    ],
    ["nowhere that the schema does not know", "{}", set(["nothing"], "1"), "{}"],
    [
      "nowhere inside of another kind of value",
      '{ "inner_thing": 5 }',
      set(["inner_thing", "plain_text"], '"x"'),
      '{ "inner_thing": 5 }',
    ],
  ]);
});

describe("what a daemon needs is made with its holder", () => {
  check(
    [
      [
        "deep",
        "{}",
        set(["bid", "lease_duration_blocks"], "2016"),
        '{\n  "bid": {\n    "details": {},\n    "lease_duration_blocks": 2016\n  }\n}',
      ],
      ["by a oneof", "{}", choose("details", "ask"), '{\n  "ask": {\n    "details": {}\n  }\n}'],
    ],
    submit,
  );
});

describe("a value is taken out", () => {
  check([
    [
      "with its line",
      '{\n  // before\n  "plain_number": 1, // own\n  // after\n  "plain_text": "x"\n}',
      take("plain_number"),
      '{\n  // before\n  // after\n  "plain_text": "x"\n}',
    ],
    [
      "the last one with the comma before it",
      '{\n  "plain_number": 1, // kept\n  "plain_text": "x" // own\n  // end\n}',
      take("plain_text"),
      '{\n  "plain_number": 1 // kept\n  // end\n}',
    ],
    [
      "the last one of a style with trailing commas",
      '{\n  "plain_number": 1,\n  "plain_text": "x",\n}',
      take("plain_text"),
      '{\n  "plain_number": 1,\n}',
    ],
    ["the only one", '{\n  "plain_number": 1\n}', take("plain_number"), "{}"],
    [
      "the only one with a comment above",
      '{\n  // kept\n  "plain_number": 1\n}',
      take("plain_number"),
      "{\n  // kept\n}",
    ],
    [
      "first of a line",
      '{ "plain_number": 1, "plain_text": "x" }',
      take("plain_number"),
      '{ "plain_text": "x" }',
    ],
    [
      "last of a line",
      '{ "plain_number": 1, "plain_text": "x" }',
      take("plain_text"),
      '{ "plain_number": 1 }',
    ],
    [
      "with the next one's comment kept",
      '{ "plain_number": 1, /* text */ "plain_text": "x" }',
      take("plain_number"),
      '{ /* text */ "plain_text": "x" }',
    ],
    [
      "with the comment before it kept",
      '{ "plain_number": 1, /* text */ "plain_text": "x" }',
      take("plain_text"),
      '{ "plain_number": 1 /* text */ }',
    ],
    [
      "at the bracket, behind a comment",
      '{ "plain_number": 1, // kept\n  "plain_text": "x" }',
      take("plain_text"),
      '{ "plain_number": 1 // kept\n  }',
    ],
    [
      "from a list",
      "[]".replace("[]", '{ "number_list": [1, 2, 3] }'),
      take("number_list", 1),
      '{ "number_list": [1, 3] }',
    ],
    [
      "from a map",
      '{ "text_map": { "1": "a", "2": "b" } }',
      take("text_map", 0),
      '{ "text_map": { "2": "b" } }',
    ],
    [
      "with a comma on the next line",
      '{\n    "plain_number": 1 // own\n  , "plain_text": "x"\n}',
      take("plain_number"),
      '{\n   "plain_text": "x"\n}',
    ],
    ["by its other name", '{"plainNumber": 1}', take("plain_number"), "{}"],
    ["nothing where it is not set", "{ }", take("plain_number"), "{ }"],
  ]);
});

describe("lists and maps", () => {
  check([
    ["a first item", "{}", add("number_list"), '{\n  "number_list": [\n    0\n  ]\n}'],
    ["a further item in a line", '{ "number_list": [1] }', add("number_list"), '{ "number_list": [1, 0] }'],
    [
      "a further item on a line",
      '{\n  "number_list": [\n    1 // one\n  ]\n}',
      add("number_list"),
      '{\n  "number_list": [\n    1, // one\n    0\n  ]\n}',
    ],
    [
      "an item into an empty list",
      '{\n  "thing_list": []\n}',
      add("thing_list"),
      '{\n  "thing_list": [\n    {}\n  ]\n}',
    ],
    ["an item in place of null", '{ "bytes_list": null }', add("bytes_list"), '{ "bytes_list": [\n  ""\n] }'],
    [
      "an entry under a new key",
      '{ "text_map": { "0": "a" } }',
      add("text_map"),
      '{ "text_map": { "0": "a", "1": "" } }',
    ],
    ["a first entry", "{}", add("flag_map"), '{\n  "flag_map": {\n    "false": 0\n  }\n}'],
    [
      "another key",
      '{ "text_map": { "0": "a" /* a */ } }',
      (text, options) => setMapKey(text, options, ["text_map", 0], "7"),
      '{ "text_map": { "7": "a" /* a */ } }',
    ],
    [
      "an item up, in a line",
      '{ "number_list": [1, 2, 3] }',
      move(["number_list", 2], -1),
      '{ "number_list": [1, 3, 2] }',
    ],
    [
      "an item down, with the comments of the lines",
      '{\n  "number_list": [\n    1, // one\n    2 // two\n  ]\n}',
      move(["number_list", 0], 1),
      '{\n  "number_list": [\n    2, // two\n    1 // one\n  ]\n}',
    ],
    [
      "an item up, with the one comment",
      '{\n  "number_list": [\n    1,\n    2 // two\n  ]\n}',
      move(["number_list", 1], -1),
      '{\n  "number_list": [\n    2, // two\n    1\n  ]\n}',
    ],
    [
      "nowhere from the end",
      '{ "number_list": [1, 2] }',
      move(["number_list", 1], 1),
      '{ "number_list": [1, 2] }',
    ],
  ]);
});

describe("a oneof", () => {
  check([
    ["is chosen", "{}", choose("either_way", "second_way"), '{\n  "second_way": {}\n}'],
    [
      "is switched in place",
      '{ "plain_number": 1, "first_way": "x", /* end */ "old_number": 1 }',
      choose("either_way", "second_way"),
      '{ "plain_number": 1, "second_way": {}, /* end */ "old_number": 1 }',
    ],
    [
      "is switched back to what was there",
      '{ "second_way": {} }',
      choose("either_way", "first_way", '"x"'),
      '{ "first_way": "x" }',
    ],
    [
      "is unset",
      '{ "plain_number": 1, "first_way": "x" }',
      choose("either_way", null),
      '{ "plain_number": 1 }',
    ],
    [
      "keeps the style of names",
      '{ "firstWay": "x" }',
      choose("either_way", "third_way"),
      '{ "thirdWay": "COLOUR_NONE" }',
    ],
  ]);
});

describe("an Any", () => {
  const url = "type.googleapis.com/everything.v1.Strict";
  const type: Operation = (text, options) => setTypeUrl(text, options, ["some_any"], url);
  check([
    ["is made", "{}", type, `{\n  "some_any": {\n    "@type": "${url}"\n  }\n}`],
    ["changes its type", '{ "some_any": { "@type": "x/y" } }', type, `{ "some_any": { "@type": "${url}" } }`],
    [
      "gets a type",
      '{ "some_any": { "strict_name": "x" } }',
      type,
      `{ "some_any": { "@type": "${url}", "strict_name": "x" } }`,
    ],
  ]);
});
