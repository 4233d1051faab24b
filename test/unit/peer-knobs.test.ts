import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import { fromBinary } from "@bufbuild/protobuf";
import {
  type ChannelOptions,
  Client,
  credentials,
  Metadata,
  type ServiceError,
  type StatusObject,
  status,
} from "@grpc/grpc-js";
import { ServerAuctionMessageSchema } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { CipherBoxSchema } from "../../gen/auctioneerrpc/hashmail_pb.ts";
import { issueCertificate } from "../support/peer/certificate.ts";
import { type Peer, startPeer } from "../support/peer/start-peer.ts";

const bytes = (buffer: Buffer) => buffer;
const UNLIMITED: ChannelOptions = { "grpc.max_receive_message_length": -1 };

function connect(peer: Peer, port: number): Client {
  return new Client(`localhost:${port}`, credentials.createSsl(readFileSync(peer.tlsCertPath)), UNLIMITED);
}

interface Outcome {
  readonly headers: Metadata;
  readonly reply: Buffer | undefined;
  readonly error: ServiceError | null;
  readonly status: StatusObject;
}

/** One GetInfo with these `x-peer-` wishes. */
function getInfo(peer: Peer, wishes: Readonly<Record<string, string>>): Promise<Outcome> {
  const metadata = new Metadata();
  metadata.set("macaroon", readFileSync(peer.macaroonPath).toString("hex"));
  for (const [name, value] of Object.entries(wishes)) {
    metadata.set(name, name.endsWith("-bin") ? Buffer.from(value) : value);
  }
  const client = connect(peer, peer.port);
  return new Promise((resolve) => {
    let headers = new Metadata();
    let reply: Buffer | undefined;
    let error: ServiceError | null = null;
    const call = client.makeUnaryRequest(
      "/poolrpc.Trader/GetInfo",
      bytes,
      bytes,
      Buffer.alloc(0),
      metadata,
      (cause, value) => {
        error = cause;
        reply = value;
      },
    );
    call.on("metadata", (received) => {
      headers = received;
    });
    call.on("status", (ended) => {
      // The callback of the reply runs after this event.
      setImmediate(() => {
        client.close();
        resolve({ headers, reply, error, status: ended });
      });
    });
  });
}

describe("the peer's knobs", () => {
  const dir = mkdtempSync(join(tmpdir(), "peer-knobs-"));
  let peer: Peer;
  before(async () => {
    peer = await startPeer({ dir });
  });
  after(async () => {
    await peer.stop();
    rmSync(dir, { recursive: true });
  });

  test("headers, trailers and the echo of what it received, binary ones too", async () => {
    const outcome = await getInfo(peer, {
      "x-peer-headers": `x-one=1,x-two-bin=${Buffer.from([0, 255]).toString("base64")}`,
      "x-peer-trailers": `x-three=3,x-four-bin=${Buffer.from([7]).toString("base64")}`,
      "x-peer-echo": "1",
      "x-mine-bin": "raw",
    });
    assert.equal(outcome.error, null);
    assert.deepEqual(outcome.headers.get("x-one"), ["1"]);
    assert.deepEqual(outcome.headers.get("x-two-bin"), [Buffer.from([0, 255])]);
    assert.deepEqual(outcome.headers.get("x-echo-x-mine-bin"), [Buffer.from("raw")]);
    assert.deepEqual(outcome.headers.get("x-echo-macaroon"), []);
    assert.deepEqual(outcome.status.metadata.get("x-three"), ["3"]);
    assert.deepEqual(outcome.status.metadata.get("x-four-bin"), [Buffer.from([7])]);
  });

  test("an error with a percent-encoded text and rich details", async () => {
    const { status: ended } = await getInfo(peer, {
      "x-peer-error": String(status.FAILED_PRECONDITION),
      "x-peer-error-message": encodeURIComponent("not 100 % – later"),
      "x-peer-error-details": "why",
    });
    assert.equal(ended.code, status.FAILED_PRECONDITION);
    assert.equal(ended.details, "not 100 % – later");
    const [rich] = ended.metadata.get("grpc-status-details-bin");
    assert.ok(Buffer.isBuffer(rich), "Buffer.isBuffer(rich)");
    assert.equal(rich[0], 0x08);
    assert.equal(rich[1], status.FAILED_PRECONDITION);
    assert.ok(
      rich.includes("type.googleapis.com/google.protobuf.StringValue"),
      'rich.includes("type.googleapis.com/google.protobuf.StringValue")',
    );
    assert.ok(rich.includes("why"), 'rich.includes("why")');
  });

  for (const size of [200, 260, 5_000_000]) {
    test(`a reply of exactly ${size} bytes`, async () => {
      assert.equal((await getInfo(peer, { "x-peer-reply-bytes": String(size) })).reply?.length, size);
    });
  }

  test("a delayed answer", async () => {
    const begun = performance.now();
    await getInfo(peer, { "x-peer-delay-ms": "200" });
    assert.ok(performance.now() - begun >= 195, "performance.now() - begun >= 195");
  });

  test("a call that hangs ends with its caller", async () => {
    const client = connect(peer, peer.port);
    const metadata = new Metadata();
    metadata.set("macaroon", peer.macaroonHex());
    metadata.set("x-peer-hang", "1");
    const call = client.makeUnaryRequest(
      "/poolrpc.Trader/AuctionFee",
      bytes,
      bytes,
      Buffer.alloc(0),
      metadata,
      () => {},
    );
    await peer.waitFor(({ method }) => method === "poolrpc.Trader.AuctionFee");
    call.cancel();
    const seen = await peer.waitFor(
      ({ method, cancelled }) => method === "poolrpc.Trader.AuctionFee" && cancelled,
    );
    assert.equal(seen.sent, 0);
    client.close();
  });

  test("a flood keeps its order and waits for a slow reader", async () => {
    const client = connect(peer, peer.auctioneerPort);
    const metadata = new Metadata();
    metadata.set("x-peer-messages", "4000");
    metadata.set("x-peer-reply-bytes", "4096");
    const call = client.makeServerStreamRequest(
      "/poolrpc.HashMail/RecvStream",
      bytes,
      bytes,
      Buffer.alloc(0),
      metadata,
    );
    const flood = await peer.waitFor(({ method }) => method === "poolrpc.HashMail.RecvStream");
    let index = 0;
    for await (const message of call) {
      assert.equal((message as Buffer).length, 4_096);
      if (index === 0) {
        await new Promise((resolve) => setTimeout(resolve, 300));
        assert.ok(flood.sent < 4_000, "everything was sent to a reader that had not read");
      }
      const text = Buffer.from(fromBinary(CipherBoxSchema, message as Buffer).msg).toString();
      assert.equal(Number.parseInt(text, 10), index);
      index += 1;
    }
    assert.equal(index, 4_000);
    client.close();
  });

  test("an error after two messages", async () => {
    const client = connect(peer, peer.auctioneerPort);
    const metadata = new Metadata();
    for (const [name, value] of [
      ["messages", "5"],
      ["error", String(status.ABORTED)],
      ["error-after", "2"],
    ] as const) {
      metadata.set(`x-peer-${name}`, value);
    }
    const path = "/poolrpc.HashMail/RecvStream";
    const call = client.makeServerStreamRequest(path, bytes, bytes, Buffer.alloc(0), metadata);
    let count = 0;
    call.on("data", () => {
      count += 1;
    });
    call.on("error", () => {});
    const ended = await new Promise<StatusObject>((resolve) => call.on("status", resolve));
    assert.deepEqual([count, ended.code], [2, status.ABORTED]);
    client.close();
  });

  test("the handshake of SubscribeBatchAuction, both ways on one stream", async () => {
    const client = connect(peer, peer.auctioneerPort);
    const path = "/poolrpc.ChannelAuctioneer/SubscribeBatchAuction";
    const call = client.makeBidiStreamRequest(path, bytes, bytes);
    const replies = call[Symbol.asyncIterator]();
    const next = async () =>
      fromBinary(ServerAuctionMessageSchema, (await replies.next()).value as Buffer).msg;
    const key = Buffer.alloc(33, 2);
    const nonce = Buffer.alloc(32, 9);
    const hash = createHash("sha256").update(key).update(nonce).digest();
    // commit { commit_hash }, then subscribe { trader_key, commit_nonce, auth_sig }, written by hand.
    call.write(Buffer.concat([Buffer.from([0x0a, 34, 0x0a, 32]), hash]));
    const challenge = await next();
    assert.ok(
      challenge.case === "challenge" && hash.equals(challenge.value.commitHash),
      'challenge.case === "challenge" && hash.equals(challenge.value.commitHash)',
    );
    const subscription = Buffer.concat([
      Buffer.from([0x0a, 33]),
      key,
      Buffer.from([0x12, 32]),
      nonce,
      Buffer.from([0x1a, 1, 1]),
    ]);
    call.write(Buffer.concat([Buffer.from([0x12, subscription.length]), subscription]));
    const success = await next();
    assert.ok(
      success.case === "success" && key.equals(success.value.traderKey),
      'success.case === "success" && key.equals(success.value.traderKey)',
    );
    call.end();
    assert.equal((await replies.next()).done, true);
    client.close();
  });

  test("comes back on its ports with another certificate after a restart", async () => {
    const before = new X509Certificate(readFileSync(peer.tlsCertPath)).fingerprint256;
    peer.rotateCertificate();
    await peer.restart();
    assert.notEqual(new X509Certificate(readFileSync(peer.tlsCertPath)).fingerprint256, before);
    assert.equal((await getInfo(peer, {})).error, null);
  });

  test("runs alone and prints one line for each event", async () => {
    const own = mkdtempSync(join(tmpdir(), "peer-main-"));
    const child = spawn(process.execPath, ["--import", "tsx", "test/support/peer/main.ts", "--dir", own], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      const next = async () => JSON.parse((await lines.next()).value as string) as Record<string, unknown>;
      const ready = (await next()) as unknown as Peer & { readonly kind: string };
      assert.equal(ready.kind, "ready");
      await getInfo(ready, {});
      const kinds = [await next(), await next(), await next()].map(({ kind, method }) => [kind, method]);
      assert.deepEqual(
        kinds,
        ["start", "message", "end"].map((kind) => [kind, "poolrpc.Trader.GetInfo"]),
      );
    } finally {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await gone;
      rmSync(own, { recursive: true });
    }
  });
});

test("a certificate has the names and times that were asked for", () => {
  const made = issueCertificate({
    names: ["elsewhere.test", "10.1.2.3", "::1"],
    notBefore: new Date("2020-01-01T00:00:00Z"),
    notAfter: new Date("2020-02-01T00:00:00Z"),
  });
  const read = new X509Certificate(made.cert);
  assert.equal(read.checkHost("elsewhere.test"), "elsewhere.test");
  assert.equal(read.checkHost("localhost"), undefined);
  assert.equal(read.checkIP("10.1.2.3"), "10.1.2.3");
  assert.equal(read.checkIP("::1"), "::1");
  assert.equal(new Date(read.validTo).toISOString(), "2020-02-01T00:00:00.000Z");
  assert.ok(read.verify(read.publicKey), "read.verify(read.publicKey)");
  assert.ok(read.ca, "read.ca");
});
