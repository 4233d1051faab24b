import assert from "node:assert/strict";
import { test } from "node:test";
import { filterGroups } from "../../../components/shell/filter-groups.ts";

const item = (title: string, href: string) => ({ title, href, access: null });
const groups = [
  { title: "Start", items: [item("What Pool is", "/")] },
  {
    title: "Trader · Orders",
    items: [
      item("QuoteOrder", "/reference/poolrpc.Trader/QuoteOrder"),
      item("SubmitOrder", "/reference/poolrpc.Trader/SubmitOrder"),
    ],
  },
  { title: "HashMail", items: [item("SendStream", "/reference/poolrpc.HashMail/SendStream")] },
];

for (const [filter, titles] of [
  ["", ["What Pool is", "QuoteOrder", "SubmitOrder", "SendStream"]],
  ["submit", ["SubmitOrder"]],
  ["trader.submit", ["SubmitOrder"]],
  ["poolrpc.Trader.QuoteOrder", ["QuoteOrder"]],
  ["order quote", ["QuoteOrder"]],
  ["hashmail", ["SendStream"]],
  ["reference", []],
  ["zzzz", []],
] as const) {
  test(`pages that the filter ${JSON.stringify(filter)} leaves`, () => {
    const left = filterGroups(groups, filter);
    assert.deepEqual(
      left.flatMap(({ items }) => items.map(({ title }) => title)),
      titles,
    );
    assert.ok(
      left.every(({ items }) => items.length > 0),
      "left.every(({ items }) => items.length > 0)",
    );
  });
}
