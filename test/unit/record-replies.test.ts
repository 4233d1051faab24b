import assert from "node:assert/strict";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { recordReplies } from "../../bin/steps/record-replies.ts";
import { loadPoolApi, ROOT } from "../support/pool-api.ts";

const FILE = "content/replies/pool.json";
const { reference } = await loadPoolApi();

test("every unary method of the daemon has a recorded reply, but for what a sandbox has no use for", () => {
  const methods = reference.services.find(({ name }) => name === "poolrpc.Trader")?.methods ?? [];
  assert.ok(methods.length === 30, "the daemon's methods were not found");
  assert.deepEqual(
    methods.map(({ name }) => name).filter((name) => reference.replies[name] === undefined),
    ["poolrpc.Trader.RecoverAccounts"],
  );
});

test("no recorded reply says that an order was refused", () => {
  for (const [name, { replies }] of Object.entries(reference.replies)) {
    assert.ok(!replies.flat().some((line) => line.includes('"invalid_order"')), name);
  }
});

test("what opens something is hidden, though a sandbox's tokens open nothing", () => {
  const lines = reference.replies["poolrpc.Trader.GetLsatTokens"]?.replies.flat() ?? [];
  for (const secret of ["base_macaroon", "payment_preimage"]) {
    const found = lines.filter((line) => line.includes(`"${secret}"`));
    assert.ok(found.length > 0, `the reply has ${secret}`);
    for (const line of found) assert.match(line, /: "\(hidden\)",?$/);
  }
});

test("replies are recorded twice with the same bytes, and not again while nothing has changed", async () => {
  const root = mkdtempSync(join(tmpdir(), "playground-record-"));
  try {
    cpSync(join(ROOT, "content/examples"), join(root, "content/examples"), { recursive: true });
    for (const file of ["proto/poolrpc/permissions.yaml", "proto/poolrpc/safety.yaml"]) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      copyFileSync(join(ROOT, file), join(root, file));
    }
    const recorded = async () => {
      const changed = await recordReplies({ root, file: FILE });
      return { changed, text: readFileSync(join(root, FILE), "utf8") };
    };
    const first = await recorded();
    assert.equal(first.changed, true);
    assert.equal((await recorded()).changed, false);
    rmSync(join(root, FILE));
    assert.equal((await recorded()).text, first.text);
  } finally {
    rmSync(root, { recursive: true });
  }
});
