import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { MacaroonGrant, ProfileList } from "../../lib/call/profile.ts";
import { bakeMacaroon, READ_PERMISSIONS } from "../../sandbox/macaroon/bake.ts";
import { startPlaygroundWithPeer } from "./support/playground.ts";

test("the profiles say what their macaroons permit, and say it anew when the file changes", async () => {
  await using playground = await startPlaygroundWithPeer();
  const { macaroonPath } = playground.peer;
  const list = async () => {
    const response = await fetch(`${playground.origin}/api/profiles`, {
      headers: { cookie: playground.cookie, "x-playground": "1" },
    });
    return response.text();
  };
  const grants = async (): Promise<readonly MacaroonGrant[]> =>
    (JSON.parse(await list()) as ProfileList).profiles[0]?.endpoints.map(({ grant }) => grant) ?? [];
  assert.deepEqual(await grants(), [{ kind: "opaque", caveats: [] }, { kind: "none" }]);

  const rootKey = Buffer.from("a root key that nobody may see !");
  const caveat = "time-before 2030-01-01T00:00:00Z";
  const baked = Buffer.from(bakeMacaroon(rootKey, READ_PERMISSIONS, [caveat]));
  writeFileSync(macaroonPath, baked.toString("hex"));
  assert.deepEqual((await grants())[0], {
    kind: "known",
    permissions: ["account:read", "auction:read", "auth:read", "order:read"],
    caveats: [caveat],
  });
  const told = await list();
  const identifier = baked.subarray(9, 9 + 30);
  for (const secret of [baked, baked.subarray(-32), identifier, rootKey]) {
    assert.ok(!told.includes(secret.toString("hex")), told);
    assert.ok(!told.includes(secret.toString("base64")), told);
  }

  writeFileSync(macaroonPath, baked.subarray(0, 80));
  assert.deepEqual((await grants())[0], {
    kind: "unreadable",
    why: "it holds no macaroon, neither binary nor as hex or base64",
  });
  rmSync(join(macaroonPath));
  assert.deepEqual((await grants())[0], { kind: "unreadable", why: "there is no such file" });
});
