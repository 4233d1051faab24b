import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fromHex, privateKey, toHex } from "../../sandbox/ledger/keys.ts";
import { Refusal } from "../../sandbox/ledger/refusal.ts";
import type { Ticket } from "../../sandbox/ledger/ticket.ts";
import {
  decodeTicket,
  derSignature,
  encodeTicket,
  offerDigest,
  orderDigest,
  signTicket,
} from "../../sandbox/ledger/ticket-codec.ts";
import { offerProblem, orderProblem } from "../../sandbox/ledger/ticket-verification.ts";
import { sandboxTickets } from "../fixtures/vectors/sandbox-tickets.ts";
import type { TicketVector, Vectors } from "../fixtures/vectors/vectors.ts";
import { ROOT } from "../support/start-site.ts";

const FOLDER = "test/fixtures/vectors";
const read = (name: string) => JSON.parse(readFileSync(join(ROOT, FOLDER, name), "utf8"));
const vectors: Vectors = read("vectors.json");

describe("a ticket that Pool made", () => {
  for (const [n, vector] of vectors.tickets.entries()) {
    test(`${n}: ${vector.state}, version ${vector.version}`, () => {
      const ticket = decodeTicket(vector.text);
      assert.deepEqual(shown(ticket), wanted(vector));
      assert.equal(encodeTicket(ticket), vector.text);
      assert.equal(toHex(offerDigest(ticket)), vector.offerDigest);
      if (ticket.order !== undefined && vector.orderDigest !== undefined)
        assert.equal(toHex(orderDigest(ticket, ticket.order.bidNonce)), vector.orderDigest);
      if (vector.signature !== "" && n < 99) {
        const key = privateKey("vector provider", vector.capacity === `${2n ** 62n}` ? 99 : n);
        assert.equal(toHex(derSignature(signTicket(fromHex(vector.offerDigest), key))), vector.signature);
      }
    });
  }

  test("in every state, with both versions", () => {
    const seen = new Set(vectors.tickets.map(({ state, version }) => `${state} ${version}`));
    assert.equal(seen.size, 7 * 2);
  });
});

describe("a ticket of the sandbox, as Pool reads it", () => {
  test("Pool has read the tickets that the sandbox makes now", () => {
    const made = sandboxTickets();
    const again = `write them and the vectors anew, as ${FOLDER}/README.md says`;
    assert.deepEqual(read("sandbox-tickets.json"), made, again);
    assert.deepEqual(
      vectors.sandboxTickets.map(({ given }) => given),
      made,
      again,
    );
  });

  test("it finds in them what the sandbox put in, and writes the same text", () => {
    for (const vector of vectors.sandboxTickets) {
      assert.deepEqual(shown(decodeTicket(vector.given)), wanted(vector));
      assert.equal(vector.text, vector.given);
    }
  });

  test("every signature is good", () => {
    for (const { offerSigned, orderSigned, signature, order, given } of vectors.sandboxTickets) {
      assert.equal(offerSigned, signature !== "", given);
      if (order !== undefined) assert.equal(orderSigned, order.signature !== "", given);
    }
  });

  test("in every state", () => {
    assert.deepEqual(new Set(vectors.sandboxTickets.map(({ state }) => state)), STATES);
  });
});

test("what is no ticket is refused in Pool's words, and what is one is read as Pool reads it", () => {
  const ours = vectors.brokenTickets.map(({ text }) => {
    try {
      return { text, error: "", again: encodeTicket(decodeTicket(text)) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { text, error: error.message };
    }
  });
  assert.deepEqual(ours, vectors.brokenTickets);
});

test("signatures are verified as Pool verifies them", () => {
  const ours = vectors.verifications.map(({ text }) => {
    const ticket = decodeTicket(text);
    return { offer: offerProblem(ticket) ?? "", order: orderProblem(ticket) ?? "", text };
  });
  assert.deepEqual(
    ours,
    vectors.verifications.map(({ text, offer, order }) => ({ offer, order, text })),
  );
});

const STATES = new Set([
  "created",
  "offered",
  "registered",
  "ordered",
  "expecting channel",
  "completed",
  "canceled",
]);

function shown({ id, version, state, offer, recipient, order, pendingChannelId }: Ticket) {
  return {
    id: toHex(id),
    version,
    state,
    capacity: `${offer.capacity}`,
    push: `${offer.pushAmount}`,
    blocks: offer.leaseDuration,
    signKey: toHex(offer.signPubkey),
    signature: toHex(derSignature(offer.signature)),
    auto: offer.auto,
    unannounced: offer.unannounced,
    zeroConf: offer.zeroConf,
    recipient: recipient && {
      node: toHex(recipient.nodeKey),
      multiSig: toHex(recipient.multiSigKey),
      index: recipient.keyIndex,
    },
    order: order && { nonce: toHex(order.bidNonce), signature: toHex(derSignature(order.signature)) },
    channel: pendingChannelId && toHex(pendingChannelId),
  };
}

function wanted(vector: TicketVector) {
  const { id, version, state, capacity, push, blocks, signKey, signature } = vector;
  const { auto, unannounced, zeroConf, recipient, order, channel } = vector;
  return {
    ...{ id, version, state, capacity, push, blocks, signKey, signature },
    ...{ auto, unannounced, zeroConf, recipient, order, channel },
  };
}
