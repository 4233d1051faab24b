import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { parseExamples } from "../../lib/editor/example.ts";
import { format } from "../../lib/editor/format.ts";
import { createLanguage } from "../../lib/editor/language.ts";
import { findMethod } from "../../lib/schema/registry.ts";
import { streamKind } from "../../lib/schema/stream-kind.ts";
import { methodFixture } from "./editor/pool-docs.ts";
import { siteMethods } from "./editor/pool-methods.ts";

const folder = new URL("../../content/examples/", import.meta.url);

test("each method has an example, and each example a method", () => {
  const files = readdirSync(folder).map((file) => file.replace(/\.jsonc$/, ""));
  assert.deepEqual(files.sort(), [...siteMethods].sort());
});

describe("an example is valid, safe and laid out", () => {
  for (const name of siteMethods) {
    test(name, () => {
      const fixture = methodFixture(name);
      const examples = parseExamples(readFileSync(new URL(`${name}.jsonc`, folder), "utf8"));
      const method = findMethod(fixture.registry, name);
      const streams = method !== undefined && /client|bidi/.test(streamKind(method));
      assert.ok(examples.length > 0, "the file is empty");
      const titles = examples.map(({ title }) => title);
      assert.deepEqual([...new Set(titles)], titles, "two examples have one title");
      for (const { title, messages } of examples) {
        assert.ok(streams || messages.length === 1, `${title}: ${messages.length} messages`);
        for (const text of messages) {
          const problems = createLanguage(fixture).diagnose(text);
          // What a daemon refuses may be warned of.
          const refused = title.endsWith("(refused)");
          assert.deepEqual(
            problems.filter(({ severity }) => !refused || severity === "error"),
            [],
            title,
          );
          assert.equal(format(text), text);
        }
      }
    });
  }
});
