import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createLanguage } from "../../../lib/editor/language.ts";
import { methodFixture } from "./pool-docs.ts";

describe("requests that stop a daemon are warned of, where they are", () => {
  const rows: [method: string, marked: string][] = [
    ["poolrpc.Trader.SubmitOrder", '{«"bid"»: {}}'],
    ["poolrpc.Trader.SubmitOrder", '{"initiator": "me", «"ask"»: {"version": 5}}'],
    ["poolrpc.Trader.OfferSidecar", '{«"bid"»: {"details": null}}'],
  ];
  for (const [method, marked] of rows) {
    test(`${method} ${marked}`, () => {
      const text = marked.replace("«", "").replace("»", "");
      const [problem, ...others] = createLanguage(methodFixture(method)).diagnose(text);
      assert.deepEqual(others, []);
      assert.ok(
        problem?.code === "hazard" && problem.severity === "warning",
        'problem?.code === "hazard" && problem.severity === "warning"',
      );
      assert.match(problem.message, /crashes on "(bid|ask)" without "details"/);
      const end = problem.offset + problem.length;
      assert.equal(
        `${text.slice(0, problem.offset)}«${text.slice(problem.offset, end)}»${text.slice(end)}`,
        marked,
      );
    });
  }
});

describe("and others are not", () => {
  const rows: [method: string, text: string][] = [
    ["poolrpc.Trader.SubmitOrder", "{}"],
    ["poolrpc.Trader.SubmitOrder", '{"bid": {"details": {}}}'],
    ["poolrpc.Trader.OfferSidecar", "{}"],
    ["poolrpc.ChannelAuctioneer.SubmitOrder", '{"bid": {}}'],
  ];
  for (const [method, text] of rows) {
    test(`${method} ${text}`, () =>
      assert.deepEqual(createLanguage(methodFixture(method)).diagnose(text), []));
  }
});

test("problems come before hazards: a request that cannot be read is not judged", () => {
  const problems = createLanguage(methodFixture("poolrpc.Trader.SubmitOrder")).diagnose(
    '{"bid": {}, "x": 1}',
  );
  assert.deepEqual(
    problems.map((each) => each.code),
    ["unknown-field"],
  );
});
