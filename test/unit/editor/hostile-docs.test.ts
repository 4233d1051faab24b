import assert from "node:assert/strict";
import { test } from "node:test";
import { createLanguage } from "../../../lib/editor/language.ts";
import { methodFixture } from "./pool-docs.ts";

test("THREATS 18: a picture in a comment is a link in what the editor says, never a request", () => {
  const fixture = methodFixture("poolrpc.Trader.SubmitOrder");
  const docs = structuredClone(fixture.docs);
  const field = docs.messages["poolrpc.SubmitOrderRequest"]?.fields.bid as { text: string; unit: string };
  Object.assign(field, {
    text: "A ![pixel](https://evil.test/p.png) b ![c][d]",
    unit: "![e](data:image/png;base64,AA)",
  });
  const language = createLanguage({ ...fixture, docs });
  const markdown = language.hover('{"bid": {}}', 3)?.markdown ?? "";
  assert.match(markdown, /A !\\\[pixel\]\(https:\/\/evil\.test\/p\.png\) b !\\\[c\]\[d\]/);
  assert.doesNotMatch(markdown, /!\[/);
  for (const { markdown } of language.complete('{"": 1}', 2)) assert.doesNotMatch(markdown, /!\[/);
});
