import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { redactNotebook } from "../../../lib/notebook/redact-notebook.ts";

const MACAROON = `0201${"ab".repeat(80)}`;
const PREIMAGE = "cd".repeat(32);

test("secrets are taken out of requests and of prose, expressions stay", () => {
  const source = `---\ntitle: T\ndescription: D.\n---\n\nUse ${MACAROON} here.\n\n<Call method="a.B.C">\n\n\`\`\`json\n{ "preimage": "${PREIMAGE}", "other_preimage": "{{init.preimage}}" }\n\`\`\`\n\n</Call>\n`;
  const { source: redacted, removed } = redactNotebook(source);
  assert.equal(
    redacted,
    source.replace(MACAROON, "(a macaroon, removed)").replace(PREIMAGE, "<a secret in preimage, removed>"),
  );
  assert.equal(removed, "a macaroon and a secret in preimage");
  assert.deepEqual(redactNotebook(redacted), { source: redacted, removed: null });
});

test("the shipped notebooks hold nothing that looks like a secret", () => {
  const folder = new URL("../../../content/notebooks/", import.meta.url);
  for (const name of readdirSync(folder).filter((each) => each.endsWith(".mdx"))) {
    const source = readFileSync(new URL(name, folder), "utf8");
    assert.equal(redactNotebook(source).source, source, `${name} stays as it is`);
  }
});
