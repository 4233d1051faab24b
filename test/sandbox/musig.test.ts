import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { combineParts, createNonces, joinKeys, signPartly } from "../../sandbox/auctioneer/musig.ts";
import { privateKey, publicKey, sha256 } from "../../sandbox/ledger/keys.ts";

for (const version of [1, 2] as const) {
  test(`two parts of draft ${version} make a signature of the joint key, whatever the parities`, () => {
    for (let n = 0; n < 40; n += 1) {
      const secrets = [privateKey("one", n), privateKey("other", n)];
      const keys = [publicKey("one", n), publicKey("other", n)];
      const joint = joinKeys(version, keys, sha256(`root ${n}`));
      const message = sha256(`message ${n}`);
      const nonces = [createNonces(randomBytes(64)), createNonces(randomBytes(64))] as const;
      const parts = secrets.map((secret, at) =>
        signPartly(
          joint,
          secret,
          at === 0 ? nonces[0] : nonces[1],
          (at === 0 ? nonces[1] : nonces[0]).bytes,
          message,
        ),
      );
      const bytes = nonces.map((pair) => pair.bytes);
      const whole = combineParts(joint, bytes, parts, message);
      assert.equal(whole?.length, 64, `pair ${n}`);
      const wrong = combineParts(joint, bytes, [...parts].reverse(), sha256("another message"));
      assert.equal(wrong, undefined);
    }
  });
}
