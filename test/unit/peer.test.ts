import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { HashMail } from "../../gen/auctioneerrpc/hashmail_pb.ts";
import { Trader } from "../../gen/poolrpc/trader_pb.ts";
import { type Peer, startPeer } from "../support/peer/start-peer.ts";
import { PEER_HEIGHT, PEER_VERSION } from "../support/peer/trader.ts";

function transportTo(peer: Peer, port = peer.port, names = "127.0.0.1") {
  return createGrpcTransport({
    baseUrl: `https://${names}:${port}`,
    nodeOptions: { ca: readFileSync(peer.tlsCertPath) },
  });
}

function macaroonOf(peer: Peer): { readonly headers: { readonly macaroon: string } } {
  return { headers: { macaroon: readFileSync(peer.macaroonPath).toString("hex") } };
}

async function failure(run: Promise<unknown>): Promise<{ readonly code: Code; readonly message: string }> {
  const error = await run.then(
    () => assert.fail("the call did not fail"),
    (cause: unknown) => ConnectError.from(cause),
  );
  return { code: error.code, message: error.rawMessage };
}

describe("the peer", () => {
  const dir = mkdtempSync(join(tmpdir(), "peer-"));
  let peer: Peer;
  before(async () => {
    peer = await startPeer({ dir });
  });
  after(async () => {
    await peer.stop();
    rmSync(dir, { recursive: true });
  });

  test("answers GetInfo over TLS that its own certificate verifies, by address and by name", async () => {
    for (const name of ["127.0.0.1", "localhost"]) {
      const info = await createClient(Trader, transportTo(peer, peer.port, name)).getInfo(
        {},
        macaroonOf(peer),
      );
      assert.equal(info.version, PEER_VERSION);
      assert.equal(info.currentBlockHeight, PEER_HEIGHT);
    }
  });

  test("quotes by the request", async () => {
    const trader = createClient(Trader, transportTo(peer));
    const quote = (accountValue: bigint, confTarget: number) =>
      trader.quoteAccount(
        { accountValue, fees: { case: "confTarget", value: confTarget } },
        macaroonOf(peer),
      );
    const [slow, fast, large] = [
      await quote(1_000_000n, 12),
      await quote(1_000_000n, 2),
      await quote(90_000_000n, 12),
    ];
    assert.ok(
      fast.minerFeeRateSatPerKw > slow.minerFeeRateSatPerKw,
      "fast.minerFeeRateSatPerKw > slow.minerFeeRateSatPerKw",
    );
    assert.equal(large.minerFeeRateSatPerKw, slow.minerFeeRateSatPerKw);
    assert.ok(large.minerFeeTotal > slow.minerFeeTotal, "large.minerFeeTotal > slow.minerFeeTotal");
  });

  const refusals = [
    [undefined, "expected 1 macaroon, got 0"],
    ["zz", "encoding/hex: invalid byte: U+007A 'z'"],
    ["", "empty macaroon data"],
    ["00ff", "cannot determine data format of binary-encoded macaroon"],
  ] as const;
  for (const [macaroon, message] of refusals) {
    test(`refuses the macaroon ${JSON.stringify(macaroon)}`, async () => {
      const trader = createClient(Trader, transportTo(peer));
      const options = macaroon === undefined ? {} : { headers: { macaroon } };
      assert.deepEqual(await failure(trader.getInfo({}, options)), { code: Code.Unknown, message });
    });
  }

  test("refuses a macaroon of another key and one with a caveat", async () => {
    const trader = createClient(Trader, transportTo(peer));
    const stale = macaroonOf(peer);
    peer.rotateMacaroon();
    for (const macaroon of [stale.headers.macaroon, peer.macaroonHex(["until yesterday"])]) {
      const { code, message } = await failure(trader.getInfo({}, { headers: { macaroon } }));
      assert.equal(code, Code.Unknown);
      assert.match(message, /^verification failed: /);
    }
    await trader.getInfo({}, macaroonOf(peer));
  });

  test("mail comes one by one and the peer sees the cancel", async () => {
    const mail = createClient(HashMail, transportTo(peer, peer.auctioneerPort));
    const abort = new AbortController();
    const texts: string[] = [];
    let last = 0;
    const begun = performance.now();
    const reading = (async () => {
      for await (const box of mail.recvStream({ streamId: Buffer.from("any") }, { signal: abort.signal })) {
        texts.push(Buffer.from(box.msg).toString());
        last = performance.now();
        if (texts.length === 3) abort.abort();
      }
    })();
    assert.equal((await failure(reading)).code, Code.Canceled);
    assert.deepEqual(texts, ["peer letter 1", "peer letter 2", "peer letter 3"]);
    assert.ok(last - begun >= 590, "the messages came at once, without the two pauses of 300 ms");
    const call = await peer.waitFor(
      ({ method, cancelled }) => method === "poolrpc.HashMail.RecvStream" && cancelled,
    );
    assert.equal(call.code, null);
    assert.ok(!call.metadataNames.includes("macaroon"), '!call.metadataNames.includes("macaroon")');
  });

  test("a method it does not serve is UNIMPLEMENTED", async () => {
    const trader = createClient(Trader, transportTo(peer));
    assert.equal((await failure(trader.leases({}, macaroonOf(peer)))).code, Code.Unimplemented);
  });
});
