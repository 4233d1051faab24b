import assert from "node:assert/strict";
import { test } from "node:test";
import { celLanguage } from "../../../lib/notebook/cel-language.ts";
import { captureTypes } from "../../../lib/notebook/check-notebook.ts";
import type { ExpressionContext } from "../../../lib/notebook/expression-language.ts";
import { toNotebook } from "../../../lib/notebook/parse-notebook.ts";
import type { Value } from "../../../lib/notebook/value.ts";
import { apis } from "./apis.ts";

const NOTEBOOK = toNotebook(`---
title: T
description: D.
---

<Input as="amount" label="How much" type="int" value="1000" />

<Call as="accounts" method="poolrpc.Trader.ListAccounts">

\`\`\`json
{}
\`\`\`

</Call>

<Expression as="first">

\`\`\`cel
accounts.accounts[0]
\`\`\`

</Expression>
`);

function context(values: readonly (readonly [string, Value])[] = []): ExpressionContext {
  return { scope: captureTypes(NOTEBOOK, apis), registry: apis.registry, values: new Map(values) };
}

/** The labels that are offered at the `|`, and what they take the place of. */
function offered(marked: string): readonly string[] {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  const items = celLanguage(null, context).complete(text, offset);
  const [first] = items;
  if (first !== undefined) assert.equal(first.offset + first.length, offset, "it ends at the cursor");
  return items.map(({ label }) => label);
}

test("names of cells come first where a name can stand", () => {
  const items = celLanguage(null, context).complete("", 0);
  assert.deepEqual(
    items.slice(0, 3).map(({ label, detail }) => `${label}: ${detail}`),
    ["amount: int", "accounts: poolrpc.ListAccountsResponse", "first: poolrpc.Account"],
  );
  assert.ok(
    items.some(({ label }) => label === "poolrpc"),
    "enums are found by their package",
  );
  assert.deepEqual(offered("1 + am|").slice(0, 1), ["amount"]);
});

test("fields of a message follow its dot, through lists, calls and the names of macros", () => {
  for (const marked of [
    "first.|",
    "accounts.accounts[0].|",
    "accounts.accounts[size([1]) - 1].va|",
    "accounts.accounts.exists(a, a.|",
    "accounts.accounts.filter(a, a.value > 2u).all(b, has(b.|",
    "accounts.accounts.filter(a, a.value > 2u)[0].|",
    '"first." == first.|',
  ]) {
    const labels = offered(marked);
    assert.ok(labels.includes("trader_key"), `${marked} offers the account's fields, not ${labels}`);
  }
  assert.deepEqual(offered("amount.|"), []);
});

test("a list offers what can be asked of lists, an enum its values", () => {
  assert.deepEqual(offered("accounts.accounts.|"), ["size", "exists", "all", "filter", "map"]);
  assert.ok(offered("poolrpc.|").includes("AccountState"), "enums of the package");
  assert.ok(offered("first.state == poolrpc.AccountState.|").includes("OPEN"), "values of the enum");
  assert.equal(offered("first.state == |")[0], "poolrpc.AccountState.PENDING_OPEN");
  assert.equal(offered("accounts.accounts.exists(a, a.state != |")[0], "poolrpc.AccountState.PENDING_OPEN");
});

test("nothing is offered within strings and comments", () => {
  assert.deepEqual(offered('"am|'), []);
  assert.deepEqual(offered("// am|"), []);
  assert.ok(offered('"a" + am|').length > 0, "after a string");
});

test("what a name is, and its value once there is one, stands at the name", () => {
  const language = celLanguage(null, () => context([["amount", { kind: "int", value: 7n }]]));
  assert.equal(language.hover("1 + amount", 6)?.markdown, "`amount`: int\n\n```\n7\n```");
  assert.deepEqual(language.hover("first.state", 8), {
    offset: 6,
    length: 5,
    markdown: "`first.state`: poolrpc.AccountState",
  });
  assert.match(
    language.hover("first.state == poolrpc.AccountState.OPEN", 38)?.markdown ?? "",
    /`poolrpc\.AccountState\.OPEN`: int \d/,
  );
  assert.equal(language.hover('"amount"', 4), null);
});

test("problems of an expression stand where they are", () => {
  const found = (text: string, expected: "bool" | null = null) =>
    celLanguage(expected, context)
      .diagnose(text)
      .map(({ offset, length, message }) => `${offset}+${length} ${message}`);
  assert.deepEqual(found("amount > 3"), []);
  assert.deepEqual(found("amout > 3"), ["0+5 no cell gives `amout`; did you mean `amount`?"]);
  assert.deepEqual(found("first.valu == 1u"), [
    "6+4 poolrpc.Account has no field `valu`; did you mean `value`?",
  ]);
  assert.deepEqual(found("amount", "bool"), ["0+6 a condition is true or false, and this is an int"]);
  assert.equal(found("amount >").length, 1);
});
