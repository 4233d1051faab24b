import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { allFields } from "../../../lib/editor/all-fields.ts";
import { format } from "../../../lib/editor/format.ts";
import { createLanguage } from "../../../lib/editor/language.ts";
import { findHazards } from "../../../lib/schema/hazards.ts";
import { readRequest } from "../../../lib/schema/request-text.ts";
import { methodFixture } from "./pool-docs.ts";
import { poolMethods } from "./pool-methods.ts";

describe("a request with all fields is valid, laid out and no hazard", () => {
  for (const name of poolMethods) {
    test(name, () => {
      const fixture = methodFixture(name);
      const text = allFields(fixture.desc, fixture.docs);
      assert.deepEqual(createLanguage(fixture).diagnose(text), []);
      assert.equal(format(text), text);
      const reading = readRequest(text, fixture.desc, { bytes: "hex", registry: fixture.registry });
      assert.ok(reading.kind === "ok", "the text is not read");
      const needed = (type: string) => fixture.docs.messages[type]?.needed ?? [];
      assert.deepEqual(findHazards(fixture.desc, reading.message, needed), []);
      // Every field of the request itself is there, or named as the other choice of a oneof.
      for (const field of fixture.desc.fields) {
        assert.match(
          text,
          new RegExp(`"${field.name}"|// or .*\\b${field.name}\\b`),
          `${field.name} is missing`,
        );
      }
    });
  }
});

test("members of a oneof, values of an enum and units are told", () => {
  const { desc, docs } = methodFixture("poolrpc.Trader.SubmitOrder");
  const text = allFields(desc, docs);
  assert.match(text, /^ {2}\/\/ or bid\n {2}"ask": \{\n {4}"details": \{$/m);
  assert.match(
    text,
    /"auction_type": "AUCTION_TYPE_BTC_INBOUND_LIQUIDITY", \/\/ or AUCTION_TYPE_BTC_OUTBOUND/,
  );
  assert.match(text, /"amt": 0, \/\/ sat/);
});
