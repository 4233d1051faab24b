import assert from "node:assert/strict";
import { test } from "node:test";
import { insteadOf, standing } from "../../../components/run/profile-standing.ts";
import type { Profile } from "../../../lib/call/profile.ts";

const profile = (id: string, kind: Profile["kind"], ...services: string[]): Profile => ({
  id,
  label: id,
  kind,
  network: "regtest",
  endpoints: [
    { address: "localhost:1", services, tlsCert: "tls.cert", macaroon: null, grant: { kind: "none" } },
  ],
  writes: kind === "sandbox" ? "free" : "locked",
});

const sandbox = profile("sandbox", "sandbox", "a.A");
const first = profile("first", "daemon", "a.A");
const second = profile("second", "daemon", "b.B");
const all = [first, sandbox, second];

test("what a profile does not serve leads to one that does", () => {
  assert.equal(standing(first, "b.B.Get", "read"), "first does not serve b.B.");
  assert.equal(insteadOf(first, all, "b.B.Get"), second);
  assert.equal(insteadOf(second, all, "a.A.Get"), sandbox);
  assert.equal(insteadOf(second, [first, second], "a.A.Get"), first);
  assert.equal(insteadOf(sandbox, all, "c.C.Get"), null);
});

test("a write that is locked leads to the sandbox, and to no other daemon", () => {
  assert.equal(standing(first, "a.A.Put", "write"), "first is read-only here, and this method is a write.");
  assert.equal(insteadOf(first, all, "a.A.Put"), sandbox);
  assert.equal(insteadOf(first, [first, profile("third", "daemon", "a.A")], "a.A.Put"), null);
});
