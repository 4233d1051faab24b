import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { ROOT } from "./pool-api.ts";

/** Compares with the file of that name below `test/golden`; what differs is written beside it as `*-changed.*`. */
export function assertGolden(name: string, content: string): void {
  const golden = join(ROOT, "test/golden", name);
  const changed = join(dirname(golden), basename(golden).replace(/(\.\w+)$/, "-changed$1"));
  if (!existsSync(golden) || readFileSync(golden, "utf8") !== content) {
    mkdirSync(dirname(changed), { recursive: true });
    writeFileSync(changed, content);
    assert.fail(`differs from ${golden}: read ${changed}, and move it there if it is right`);
  }
  rmSync(changed, { force: true });
}

/** JSON with each object or list on a line of its own where it fits, so that a change is a few lines of a diff. */
export function jsonLines(value: unknown, indent = ""): string {
  const flat = JSON.stringify(value);
  if (typeof value !== "object" || value === null || indent.length + flat.length <= 160) return flat;
  const inner = `${indent}  `;
  const [open, close, items] = Array.isArray(value)
    ? ["[", "]", value.map((item) => jsonLines(item, inner))]
    : [
        "{",
        "}",
        Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${jsonLines(item, inner)}`),
      ];
  return `${open}\n${items.map((item) => inner + item).join(",\n")}\n${indent}${close}`;
}
