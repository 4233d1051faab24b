import assert from "node:assert/strict";
import { test } from "node:test";
import { definitions, lintDocs } from "../../../lib/reference/doc-lint.ts";
import { parseDoc } from "../../../lib/reference/parse-doc.ts";
import type { Reference } from "../../../lib/reference/reference.ts";
import { loadPoolApi } from "../../support/pool-api.ts";

const { reference } = await loadPoolApi();

test("every definition of the pool API is documented, every number has its unit, and every name that a text refers to exists", () => {
  // 3 services, 48 methods, 142 messages, 452 fields and 18 enums, with 22 oneofs and their values beside.
  assert.ok(
    definitions(reference).length > 3 + 48 + 142 + 452 + 18,
    "definitions(reference).length > 3 + 48 + 142 + 452 + 18",
  );
  assert.deepEqual(
    lintDocs(reference).map(({ name, problem }) => `${name} ${problem}`),
    [],
  );
});

const NO_UNIT = "is a number and has no unit";

const rows = [
  { text: "", problem: "has no description" },
  { text: "The rate, fixed.", problem: "repeats its name" },
  { text: "The fixed rates of the order.", problem: "repeats its name" },
  {
    text: "The price for each block.\nUnit: sat.\n\nMore.",
    problem: "has a tag line that is not at the end",
  },
  {
    text: "The price for each block, see [poolrpc.Order.nothing][].",
    problem: "refers to poolrpc.Order.nothing, which does not exist",
  },
  { text: "The price for each block, see [amt][poolrpc.Order.amt].\nUnit: sat.", problem: null },
  { text: "The price for each block, see [amt][poolrpc.Order.amt].", problem: NO_UNIT },
];

for (const { text, problem } of rows) {
  test(`"${text.replaceAll("\n", "⏎")}" ${problem ?? "is a description"}`, () => {
    const problems = lintDocs(withFieldDoc("poolrpc.Order.rate_fixed", text));
    assert.deepEqual(
      problems.filter(
        (found) =>
          found.name === "poolrpc.Order.rate_fixed" && (problem === NO_UNIT || found.problem !== NO_UNIT),
      ),
      problem === null ? [] : [{ name: "poolrpc.Order.rate_fixed", problem }],
    );
  });
}

function withFieldDoc(name: string, text: string): Reference {
  return {
    ...reference,
    messages: reference.messages.map((message) => ({
      ...message,
      fields: message.fields.map((field) =>
        field.name === name ? { ...field, doc: parseDoc(text) } : field,
      ),
    })),
  };
}
