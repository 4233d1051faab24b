import assert from "node:assert/strict";
import { test } from "node:test";
import { macaroonStanding } from "../../../components/safety/macaroon-standing.ts";
import { singlePress } from "../../../components/safety/single-press.ts";
import type { MacaroonGrant, Profile } from "../../../lib/call/profile.ts";

const FILE = "~/.pool/regtest/pool.macaroon";
const METHOD = "poolrpc.Trader.SubmitOrder";

function standing(grant: MacaroonGrant, needed: readonly string[] | null, method = METHOD) {
  const daemon = { address: "localhost:1", tlsCert: "", macaroon: FILE, grant };
  const auctioneer = {
    address: "localhost:2",
    tlsCert: "",
    macaroon: null,
    grant: { kind: "none" } as const,
  };
  const profile: Profile = {
    id: "poold",
    label: "poold",
    kind: "daemon",
    network: "regtest",
    writes: "locked",
    endpoints: [
      { ...daemon, services: ["poolrpc.Trader"] },
      { ...auctioneer, services: ["poolrpc.HashMail"] },
    ],
  };
  return macaroonStanding(profile, method, needed, Date.parse("2030-06-01T00:00:00Z"));
}

const known = (permissions: string[], caveats: string[] = []): MacaroonGrant => ({
  kind: "known",
  permissions,
  caveats,
});

test("a macaroon permits, lacks, has expired, cannot be read, or does not say", () => {
  const order = ["order:read", "order:write"];
  assert.deepEqual(standing(known(order), ["order:write"]), { kind: "permits", file: FILE });
  assert.deepEqual(standing(known(["order:read"]), order), {
    kind: "lacks",
    file: FILE,
    lacking: ["order:write"],
  });
  assert.deepEqual(standing(known(order, ["time-before 2030-01-01T00:00:00Z"]), order), {
    kind: "expired",
    file: FILE,
    at: new Date("2030-01-01T00:00:00Z"),
  });
  assert.equal(standing(known(order, ["time-before 2031-01-01T00:00:00Z"]), order)?.kind, "permits");
  assert.equal(standing({ kind: "opaque", caveats: [] }, order)?.kind, "opaque");
  assert.equal(
    standing({ kind: "opaque", caveats: ["time-before 2030-01-01T00:00:00Z"] }, order)?.kind,
    "expired",
  );
  assert.deepEqual(standing({ kind: "unreadable", why: "it is empty" }, order), {
    kind: "unreadable",
    file: FILE,
    why: "it is empty",
  });
});

test("nothing is said where no macaroon is sent, or the service is not served", () => {
  assert.equal(standing(known([]), [], "poolrpc.HashMail.RecvStream"), null);
  assert.equal(standing(known([]), [], "poolrpc.Other.Call"), null);
});

test("presses that follow each other at once count as one, however long that goes on", () => {
  let now = 0;
  const press = singlePress(() => now);
  const counted: boolean[] = [];
  for (const at of [0, 100, 600, 1_200, 1_899, 2_700]) {
    now = at;
    counted.push(press());
  }
  assert.deepEqual(counted, [true, false, false, false, false, true]);
});
