import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import config from "../../playground.config.ts";
import { sandboxProfile } from "../../server/profiles/sandbox-profile.ts";
import { issueCertificate } from "../support/peer/certificate.ts";
import { startPeer } from "../support/peer/start-peer.ts";
import { callWeb, type WebResult } from "./support/grpc-web.ts";
import { peerAsSandbox, startPlayground, temporaryFolder } from "./support/playground.ts";
import {
  CANARY,
  formsOf,
  type Recorder,
  startPlainRecorder,
  startTlsRecorder,
  writeCredentials,
} from "./support/recording-servers.ts";

const METHOD = "poolrpc.Trader.GetInfo";
const DAY = 86_400_000;

/** Calls a profile whose address is the recorder's and whose `tls.cert` holds `pinned`. */
async function callRecorder(
  recorder: Pick<Recorder, "port">,
  pinned: string,
  host = "localhost",
  connectMs = 10_000,
): Promise<WebResult> {
  using folder = temporaryFolder();
  const files = writeCredentials(folder.path, pinned);
  const address = { host, port: recorder.port };
  const profile = sandboxProfile(
    { daemon: address, auctioneer: address, ...files, network: "regtest" },
    config.sandbox,
  );
  await using playground = await startPlayground([profile], {
    limits: { connectMs, unaryDeadlineMs: 20_000 },
  });
  const result = await callWeb(playground, METHOD);
  assert.equal(result.http, 200);
  assert.equal(result.messages.length, 0);
  return result;
}

function assertNoMacaroon(recorder: Recorder): void {
  const received = recorder.received();
  for (const form of [...formsOf(Buffer.from(CANARY)), "macaroon", "PRI * HTTP/2.0"]) {
    assert.ok(!received.includes(form), `the server received ${JSON.stringify(form)}`);
  }
}

const TLS_ROWS = [
  {
    name: "another certificate than the pinned one (wrong CA)",
    reason: "tls-untrusted",
    served: {},
    pin: () => issueCertificate().cert,
  },
  {
    name: "another certificate with the same subject and names",
    reason: "tls-untrusted",
    served: { commonName: "twin" },
    pin: () => issueCertificate({ commonName: "twin" }).cert,
  },
  {
    name: "expired",
    reason: "tls-expired",
    served: { notBefore: new Date(Date.now() - 20 * DAY), notAfter: new Date(Date.now() - DAY) },
    pin: (served: string) => served,
  },
  {
    name: "not valid yet",
    reason: "tls-expired",
    served: { notBefore: new Date(Date.now() + DAY), notAfter: new Date(Date.now() + 20 * DAY) },
    pin: (served: string) => served,
  },
  {
    name: "another host's name",
    reason: "tls-name",
    served: { names: ["pool.example", "10.0.0.1"] },
    pin: (served: string) => served,
  },
  {
    name: "no names at all",
    reason: "tls-name",
    served: { names: [] },
    pin: (served: string) => served,
  },
];

for (const { name, reason, served, pin } of TLS_ROWS) {
  test(`THREATS 8: ${name}: ${reason}, and nothing is sent`, async () => {
    const recorder = await startTlsRecorder(served);
    try {
      const result = await callRecorder(recorder, pin(recorder.cert));
      assert.equal(result.reason, reason, result.message);
      assert.equal(result.code, 14);
      assert.equal(recorder.connections(), 1, "one try, no fallback");
      assert.equal(recorder.received().length, 0, "not one decrypted byte");
      assertNoMacaroon(recorder);
    } finally {
      recorder.stop();
    }
  });
}

test("THREATS 8: an IP address that the certificate does not name: tls-name; one that it names: no error of TLS", async () => {
  const recorder = await startTlsRecorder({ names: ["localhost"] });
  const named = await startTlsRecorder({ names: ["127.0.0.1"] }, ["http/1.1"]);
  try {
    assert.equal((await callRecorder(recorder, recorder.cert, "127.0.0.1")).reason, "tls-name");
    assert.equal(recorder.received().length, 0);
    assert.equal((await callRecorder(named, named.cert, "127.0.0.1")).reason, "not-grpc");
  } finally {
    recorder.stop();
    named.stop();
  }
});

test("THREATS 8: a changed certificate shows both fingerprints", async () => {
  const recorder = await startTlsRecorder({});
  const pinned = issueCertificate().cert;
  try {
    const { message } = await callRecorder(recorder, pinned);
    assert.ok(message.includes(new X509Certificate(pinned).fingerprint256), message);
    assert.ok(message.includes(new X509Certificate(recorder.cert).fingerprint256), message);
  } finally {
    recorder.stop();
  }
});

const PLAIN_ROWS = {
  "HTTP/1.1": "HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n",
  "HTTP/2 in the clear": Buffer.from("00000c04000000000000030000006400040000ffff", "hex"),
  "lines of text": "220 ready\r\n",
};

for (const [name, greeting] of Object.entries(PLAIN_ROWS)) {
  for (const first of [true, false]) {
    test(`THREATS 8: a port that speaks ${name} ${first ? "at once" : "when spoken to"}: plaintext, and nothing but the hello is sent`, async () => {
      const recorder = await startPlainRecorder((socket) => {
        if (first) socket.write(greeting);
        else socket.once("data", () => socket.write(greeting));
      });
      try {
        const result = await callRecorder(recorder, issueCertificate().cert);
        assert.equal(result.reason, "plaintext", result.message);
        assert.equal(recorder.connections(), 1, "one try, no fallback");
        assertNoMacaroon(recorder);
      } finally {
        recorder.stop();
      }
    });
  }
}

test("THREATS 8: a gRPC server without TLS: plaintext", async () => {
  using folder = temporaryFolder();
  await using peer = await startPeer({ dir: folder.path, plaintext: true });
  await using playground = await startPlayground([peerAsSandbox(peer)]);
  const result = await callWeb(playground, METHOD);
  assert.equal(result.reason, "plaintext", result.message);
  assert.equal(peer.calls.length, 0);
});

test("THREATS 8: a port that hangs up or stays silent: tls-failed", async () => {
  for (const greet of [(socket: { destroy(): void }) => socket.destroy(), () => {}]) {
    const recorder = await startPlainRecorder(greet);
    try {
      const result = await callRecorder(recorder, issueCertificate().cert, "localhost", 1_000);
      assert.equal(result.reason, "tls-failed", result.message);
      assertNoMacaroon(recorder);
    } finally {
      recorder.stop();
    }
  }
});

test("THREATS 8: TLS without HTTP/2: not-grpc, and nothing is sent", async () => {
  const recorder = await startTlsRecorder({}, ["http/1.1"]);
  try {
    const result = await callRecorder(recorder, recorder.cert);
    assert.equal(result.reason, "not-grpc", result.message);
    assertNoMacaroon(recorder);
  } finally {
    recorder.stop();
  }
});

test("THREATS 8: nobody listens: unreachable", async () => {
  const recorder = await startPlainRecorder(() => {});
  recorder.stop();
  const result = await callRecorder(recorder, issueCertificate().cert);
  assert.equal(result.reason, "unreachable", result.message);
  assert.match(result.message, new RegExp(`Sandbox at localhost:${recorder.port}`));
});

test("THREATS 8: a tls.cert that is missing, empty or no certificate: tls-unreadable, and no connection", async () => {
  const recorder = await startTlsRecorder({});
  try {
    for (const pinned of [
      "",
      "no certificate",
      "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    ]) {
      const result = await callRecorder(recorder, pinned);
      assert.equal(result.reason, "tls-unreadable", result.message);
    }
    assert.equal(recorder.connections(), 0);
  } finally {
    recorder.stop();
  }
});

test("THREATS 8: NODE_TLS_REJECT_UNAUTHORIZED=0 changes nothing", async () => {
  const recorder = await startTlsRecorder({});
  const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
  try {
    const result = await callRecorder(recorder, issueCertificate().cert);
    assert.equal(result.reason, "tls-untrusted", result.message);
    assert.equal(recorder.received().length, 0);
  } finally {
    if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
    recorder.stop();
  }
});

test("THREATS 11: a certificate rotated while running fails closed, and recovers once tls.cert is the new one", async () => {
  using folder = temporaryFolder();
  using pinnedFolder = temporaryFolder();
  await using peer = await startPeer({ dir: folder.path });
  const { readFileSync } = await import("node:fs");
  const copy = () => writeFileSync(files.tlsCertPath, readFileSync(peer.tlsCertPath));
  const files = writeCredentials(pinnedFolder.path, "", readFileSync(peer.macaroonPath));
  copy();
  await using playground = await startPlayground([peerAsSandbox({ ...peer, ...files })]);
  assert.equal((await callWeb(playground, METHOD)).code, 0);
  peer.rotateCertificate();
  await peer.restart();
  const calls = peer.calls.length;
  assert.equal((await callWeb(playground, METHOD)).reason, "tls-untrusted");
  assert.equal(peer.calls.length, calls);
  copy();
  assert.equal((await callWeb(playground, METHOD)).code, 0);
});

test("THREATS 11: a macaroon replaced while running is used from the next call on", async () => {
  using folder = temporaryFolder();
  await using peer = await startPeer({ dir: folder.path });
  await using playground = await startPlayground([peerAsSandbox(peer)]);
  assert.equal((await callWeb(playground, METHOD)).code, 0);
  peer.rotateMacaroon();
  assert.equal((await callWeb(playground, METHOD)).code, 0);
  writeFileSync(peer.macaroonPath, "not a macaroon");
  const broken = await callWeb(playground, METHOD);
  assert.equal(broken.reason, "macaroon-unreadable");
  assert.equal(broken.code, 16);
  writeFileSync(peer.macaroonPath, peer.macaroonHex());
  assert.equal((await callWeb(playground, METHOD)).code, 0, "hex text is a macaroon too");
});
