import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";

import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { watchPaths } from "../../bin/steps/watch-paths.ts";

test("changes are told once they are quiet: written, replaced twice, in a new folder, a single file", async (t) => {
  const root = mkdtempSync(join(tmpdir(), "playground-watch-"));
  const write = (path: string) => writeFileSync(join(root, path), `${Math.random()}`);
  const replace = (path: string) => {
    write(`${path}~`);
    renameSync(join(root, `${path}~`), join(root, path));
  };
  mkdirSync(join(root, "room/inner"), { recursive: true });
  for (const file of ["room/a.ts", "room/inner/b.ts", "one.yaml", "other.yaml"]) write(file);
  const changes = new EventEmitter();
  const end = watchPaths(root, ["room", "one.yaml", "none"], (files) => changes.emit("change", files));
  t.after(() => {
    end();
    rmSync(root, { recursive: true });
  });
  const afterDoing = async (work: () => void) => {
    const change = once(changes, "change");
    work();
    return (await change)[0] as readonly string[];
  };

  assert.deepEqual(await afterDoing(() => ["room/a.ts", "room/inner/b.ts"].forEach(write)), [
    "room/a.ts",
    "room/inner/b.ts",
  ]);
  for (const _ of [1, 2]) {
    assert.deepEqual(await afterDoing(() => replace("room/inner/b.ts")), ["room/inner/b.ts"]);
  }
  // Neither another file beside a single one nor what an editor keeps for itself is a change.
  const quiet = ["other.yaml", "room/.a.ts.swp", "room/4913"];
  assert.deepEqual(await afterDoing(() => [...quiet, "one.yaml"].forEach(write)), ["one.yaml"]);
  assert.deepEqual(
    await afterDoing(() => {
      mkdirSync(join(root, "room/new"));
      write("room/a.ts");
    }),
    ["room/a.ts"],
  );
  assert.deepEqual(await afterDoing(() => write("room/new/c.ts")), ["room/new/c.ts"]);
  assert.deepEqual(await afterDoing(() => rmSync(join(root, "room/a.ts"))), ["room/a.ts"]);
});
