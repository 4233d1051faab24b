import assert from "node:assert/strict";
import { test } from "node:test";
import { createLanguage } from "../../../lib/editor/language.ts";
import { captureTypes } from "../../../lib/notebook/check-notebook.ts";
import { toNotebook } from "../../../lib/notebook/parse-notebook.ts";
import { placeholderLanguage } from "../../../lib/notebook/placeholder-language.ts";
import type { Value } from "../../../lib/notebook/value.ts";
import { methodFixture } from "../editor/pool-docs.ts";
import { apis } from "./apis.ts";

const scope = captureTypes(
  toNotebook(`---
title: T
description: D.
---

<Input as="amount" label="How much" type="int" value="1000" />

<Input as="words" label="What" type="text" value="x" />

<Call as="account" method="poolrpc.Trader.InitAccount">

\`\`\`json
{}
\`\`\`

</Call>
`),
  apis,
);

function language(values: readonly (readonly [string, Value])[] = []) {
  return placeholderLanguage(createLanguage(methodFixture("poolrpc.Trader.SubmitOrder")), "hex", () => ({
    scope,
    registry: apis.registry,
    values: new Map(values),
  }));
}

function offered(marked: string) {
  const offset = marked.indexOf("|");
  return language().complete(marked.replace("|", ""), offset);
}

/** The text after the item with this label was chosen. */
function chosen(marked: string, label: string): string {
  const text = marked.replace("|", "");
  const item = offered(marked).find((each) => each.label === label);
  assert.ok(item !== undefined, `${label} is offered at ${marked}`);
  return text.slice(0, item.offset) + item.insert + text.slice(item.offset + item.length);
}

test("a value of a cell fits where its type does", () => {
  const fits = '{ "bid": { "details": { "trader_key": "{{account.trader_key}}", "amt": "{{amount}}" } } }';
  const errors = (text: string) =>
    language()
      .diagnose(text)
      .filter(({ severity }) => severity === "error");
  assert.deepEqual(errors(fits), []);
  assert.deepEqual(errors(fits.replace("{{amount}}", "{{words}}")), [], "any text may be one that fits");
  const wrong = fits.replace("{{amount}}", "{{account}}");
  const [problem] = errors(wrong);
  assert.equal(problem?.offset, wrong.indexOf('"{{account}}"'));
});

test("the request's own language answers beside placeholders", () => {
  const labels = offered('{ "bid": { "details": { "trader_key": "{{account.trader_key}}", "|" } } }').map(
    ({ label }) => label,
  );
  assert.ok(labels.includes("amt"), `fields are offered: ${labels}`);
  const text = '{ "bid": { "details": { "amt": "{{amount}}", "nothing": 1 } } }';
  const [unknown] = language().diagnose(text);
  assert.equal(unknown?.offset, text.indexOf('"nothing"'));
});

test("captures and their fields are offered within braces, which are closed", () => {
  assert.equal(chosen('{ "a": "{{|" }', "amount"), '{ "a": "{{amount}}" }');
  assert.equal(chosen('{ "a": "{{am|}}" }', "amount"), '{ "a": "{{amount}}" }');
  assert.equal(chosen('{ "a": "{{account.tr|" }', "trader_key"), '{ "a": "{{account.trader_key}}" }');
  assert.equal(
    chosen('{ "a": "of {{words}} and {{a|}}" }', "amount"),
    '{ "a": "of {{words}} and {{amount}}" }',
  );
  assert.equal(
    offered('{ "a": "{{amount}} |" }').some(({ label }) => label === "amount"),
    false,
  );
  assert.ok(language().asksAfter?.("{", '{ "a": "{{" }', 10) === true, "the second brace asks");
  assert.ok(language().asksAfter?.("{", "{", 1) === false, "a brace of the JSON does not");
});

test("what is wrong in an expression stands at its place", () => {
  const text = '{ "bid": { "details": { "amt": "{{ amont }}" } } }';
  const problems = language().diagnose(text);
  assert.deepEqual(
    problems.map(({ offset, message }) => [offset, message]),
    [[text.indexOf("amont"), "no cell gives `amont`; did you mean `amount`?"]],
  );
});

test("type and value of an expression are told at it", () => {
  const text = '{ "bid": { "details": { "amt": "{{amount}}" } } }';
  const ran = language([["amount", { kind: "int", value: 9_007_199_254_740_993n }]]);
  assert.equal(
    ran.hover(text, text.indexOf("amount") + 2)?.markdown,
    "`amount`: int\n\n```\n9007199254740993\n```",
  );
  assert.deepEqual(ran.hints(text), [{ offset: text.indexOf("}}") + 3, text: "= 9007199254740993" }]);
  assert.deepEqual(language().hints(text), []);
  assert.ok(ran.hover(text, text.indexOf("details") + 2) !== null, "fields are explained as ever");
});
