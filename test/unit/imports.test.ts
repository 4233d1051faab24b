import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { checkImports, sourceFiles } from "../support/import-table.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("every import of the tree is allowed by the import table", () => {
  assert.ok(sourceFiles(root, "").includes("lib/schema/registry.ts"), "the tree itself is looked at");
  assert.deepEqual(checkImports(root), []);
});

test("imports against the table are found: static, type, several lines, run time, worker, re-export", () => {
  assert.deepEqual(checkImports(join(root, "test/fixtures/imports")), [
    { at: "app/worker.ts:2", reason: "Node (node:path) is not for the browser" },
    { at: "components/run/label.ts:3", reason: "Monaco (monaco-editor) is not for components" },
    { at: "lib/schema/illegal.ts:2", reason: "Node (node:fs) is not for lib/schema" },
    { at: "lib/schema/illegal.ts:3", reason: "React (react) is not for lib/schema" },
    { at: "lib/schema/illegal.ts:4", reason: "lib/schema may not import components" },
    { at: "lib/schema/illegal.ts:8", reason: "lib/schema may not import lib/pages" },
    { at: "lib/schema/illegal.ts:9", reason: "Next (next/link) is not for lib/schema" },
    { at: "lib/schema/illegal.ts:12", reason: "lib/schema may not import bin" },
    { at: "lib/schema/illegal.ts:13", reason: "Monaco (monaco-editor) is not for lib/schema" },
    { at: "lib/schema/illegal.ts:14", reason: "imports what is only known at run time" },
    { at: "lib/schema/illegal.ts:15", reason: "lib/schema may not import app" },
  ]);
});
