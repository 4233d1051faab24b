import assert from "node:assert/strict";
import { test } from "node:test";
import { create, toBinary } from "@bufbuild/protobuf";
import { type Bid, BidSchema, ListOrdersResponseSchema } from "../../../gen/poolrpc/trader_pb.ts";
import { writeReply } from "../../../lib/schema/reply-text.ts";
import { readRequest } from "../../../lib/schema/request-text.ts";
import { randomFrom } from "../../support/random.ts";
import { poolMessages, poolRegistry } from "./pool-registry.ts";
import { randomMessage } from "./random-message.ts";

test("Pool has 142 messages", () => {
  assert.equal(poolMessages.length, 142);
});

for (const bytes of ["hex", "base64"] as const) {
  test(`message → text → message is the same, bytes in ${bytes}`, () => {
    const random = randomFrom(bytes === "hex" ? 20 : 21);
    for (let round = 0; round < 20; round++) {
      for (const desc of poolMessages) {
        const wire = toBinary(desc, randomMessage(desc, random));
        const emitDefaults = random() < 0.5;
        const options = { bytes, registry: poolRegistry, emitDefaults };
        const written = writeReply(desc, wire, options);
        assert.equal(written.kind, "ok");
        const text = written.kind === "ok" ? written.text : "";
        assert.doesNotThrow(() => JSON.parse(text), text);
        const read = readRequest(text, desc, options);
        assert.equal(
          read.kind,
          "ok",
          `${desc.typeName}\n${text}\n${read.kind === "problems" ? JSON.stringify(read.problems) : ""}`,
        );
        if (read.kind === "ok") assert.deepEqual(read.wire, wire, text);
      }
    }
  });
}

test("10,000 orders are written in seconds", () => {
  const random = randomFrom(3);
  const bids = Array.from({ length: 10_000 }, () => randomMessage(BidSchema, random) as Bid);
  const reply = create(ListOrdersResponseSchema, { bids });
  const wire = toBinary(ListOrdersResponseSchema, reply);
  const start = performance.now();
  const written = writeReply(ListOrdersResponseSchema, wire, { bytes: "hex", registry: poolRegistry });
  const took = performance.now() - start;
  assert.ok(
    written.kind === "ok" && written.text.length > 1e6,
    'written.kind === "ok" && written.text.length > 1e6',
  );
  assert.ok(took < 10_000, `${took} ms`);
});
