import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./pool-api.ts";

/** A project in a folder of its own that goes away with the test. */
export interface TestProject {
  readonly root: string;
  /** Changes a file; one that stays as it was is a mistake of the test. */
  edit(path: string, change: (text: string) => string): void;
  [Symbol.dispose](): void;
}

/** A project of these files and folders, by their paths in it: those of this project at the paths given. */
export function projectOf(paths: Readonly<Record<string, string>>): TestProject {
  const root = mkdtempSync(join(tmpdir(), "playground-project-"));
  for (const [to, from] of Object.entries(paths))
    cpSync(join(ROOT, from), join(root, to), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
  return {
    root,
    edit: (path, change) => {
      const file = join(root, path);
      const before = readFileSync(file, "utf8");
      const after = change(before);
      assert.notEqual(after, before, `${path} is edited`);
      writeFileSync(file, after);
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** A site with Pool and, beside it, the shop of `test/fixtures/shop`. */
export function twoApis(): TestProject {
  return projectOf({
    proto: "proto",
    "playground.config.ts": "test/fixtures/two-apis/playground.config.ts",
    shop: "test/fixtures/shop",
    "shop/permissions.yaml": "test/fixtures/two-apis/permissions.yaml",
    "package.json": "package.json",
  });
}
