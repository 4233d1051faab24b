import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { openCall } from "./support/call-socket.ts";
import { callWeb } from "./support/grpc-web.ts";
import { startPlaygroundWithPeer } from "./support/playground.ts";
import { sendRaw } from "./support/raw-http.ts";
import { canaryMacaroon, formsOf } from "./support/recording-servers.ts";
import { askConfirmation, confirmed, SUBMIT, switchWrites } from "./support/writes.ts";

const METHOD = "poolrpc.Trader.GetInfo";

/** What a caller may send along, and must never be told again by the server. */
const PREIMAGE = "5ca1ab1e5ca1ab1e5ca1ab1e5ca1ab1e";

/** Everything that a test hears from a server, to be searched at its end. */
class Ear {
  readonly #heard: string[] = [];

  hear(...things: readonly unknown[]): void {
    for (const thing of things) {
      this.#heard.push(Buffer.isBuffer(thing) ? thing.toString("latin1") : (JSON.stringify(thing) ?? ""));
    }
  }

  assertSilent(secrets: Readonly<Record<string, Uint8Array>>): void {
    const all = this.#heard.join("\n");
    assert.ok(all.length > 1_000, "the test heard something");
    for (const [name, secret] of Object.entries(secrets)) {
      for (const form of formsOf(secret)) assert.ok(!all.includes(form), `${name} was told`);
    }
  }
}

test("THREATS 10: the macaroon, the session, confirmations and what a caller adds are in no answer and no log", async () => {
  const ear = new Ear();
  const written: string[] = [];
  const streams = [process.stdout, process.stderr];
  const writes = streams.map((stream) => stream.write);
  for (const stream of streams) {
    stream.write = ((text: string | Uint8Array) => {
      written.push(Buffer.from(text as string).toString("latin1"));
      return true;
    }) as typeof stream.write;
  }
  let secrets: Record<string, Uint8Array> = {};
  try {
    await using playground = await startPlaygroundWithPeer({ as: "daemon" });
    const { origin, cookie, peer, port } = playground;
    const good = readFileSync(peer.macaroonPath);
    const token = new URL(playground.url).hash.slice("#token=".length);
    secrets = {
      "the macaroon": good,
      "the canary macaroon": canaryMacaroon(),
      "the canary's identifier": Buffer.from("CANARY-c0ffee"),
      "the session": Buffer.from(cookie.slice(cookie.indexOf("=") + 1)),
      "the one-time token": Buffer.from(token),
      "the preimage": Buffer.from(PREIMAGE),
    };
    const profile = { "x-playground-profile": "poold" };
    const call = async (changes: Record<string, string | undefined> = {}, method = METHOD) => {
      const { headers, body, message, trailers } = await callWeb(playground, method, undefined, {
        ...profile,
        ...changes,
      });
      ear.hear([...headers], body, message, trailers);
    };

    // Answers that succeed, that the daemon refuses, and that the bridge refuses for every reason it has.
    await call();
    await call({ "x-peer-echo": "1" });
    await call({ "x-peer-error": "2", "x-peer-error-message": "no" });
    await call({ "x-peer-hang": "1", "grpc-timeout": "50m" });
    await call({ macaroon: PREIMAGE });
    await call({ authorization: `LSAT AAAA:${PREIMAGE}` });
    await call({ authorization: `L402 AAAA:${PREIMAGE}` });
    await call({ "x-note": `${PREIMAGE}\u00e9` });
    await call({ "grpc-timeout": PREIMAGE });
    await call({ "x-playground-profile": PREIMAGE });
    await call({}, `poolrpc.Trader.Nope`);
    await call({}, SUBMIT);
    await switchWrites(playground, true);
    const empty = new Uint8Array();
    const [used, unused, locked] = await Promise.all([1, 2, 3].map(() => confirmed(playground, empty)));
    for (const [name, nonce] of Object.entries({ used, unused, locked })) {
      secrets[`the ${name} confirmation`] = Buffer.from(nonce ?? "", "base64url");
    }
    for (const nonce of [used, used, unused?.toLowerCase(), PREIMAGE]) {
      await call({ "x-playground-confirmation": nonce, "x-peer-echo": "1" }, SUBMIT);
    }
    const socket = await openCall(playground, SUBMIT, { profile: "poold" });
    socket.send({ kind: "start", metadata: [], deadlineMs: 1_000 });
    socket.send({ kind: "confirm", nonce: unused ?? "" });
    socket.sendMessage(Buffer.from("0a00", "hex"));
    ear.hear(...(await socket.rest()));
    ear.hear(await switchWrites(playground, false), await askConfirmation(playground, empty));
    await call({ "x-playground-confirmation": locked }, SUBMIT);
    assert.equal(peer.calls.at(-1)?.metadataNames.includes("x-playground-confirmation"), false);
    for (const bytes of [
      canaryMacaroon(),
      Buffer.from(canaryMacaroon().toString("hex")),
      canaryMacaroon().subarray(0, 40),
      "",
    ]) {
      writeFileSync(peer.macaroonPath, bytes);
      await call();
    }
    writeFileSync(peer.macaroonPath, good);
    writeFileSync(peer.tlsCertPath, canaryMacaroon());
    await call();
    peer.rotateCertificate();
    await call();
    await peer.restart();
    await call();
    await peer.stop();
    await call();

    for (const [method, id] of [
      [METHOD, "poold"],
      ["poolrpc.Trader.SubmitOrder", "poold"],
      [METHOD, PREIMAGE],
    ] as const) {
      const socket = await openCall(playground, method, { profile: id });
      socket.send({ kind: "start", metadata: [{ name: "macaroon", value: PREIMAGE }], deadlineMs: null });
      ear.hear(...(await socket.rest()));
    }

    for (const path of ["/", "/api/profiles", "/api/session", "/rpc/x", "/none", `/${PREIMAGE}`]) {
      for (const method of ["GET", "POST"]) {
        const response = await fetch(origin + path, {
          method,
          headers: { cookie, origin, "x-playground": "1", "content-type": "application/json" },
          ...(method === "POST" ? { body: JSON.stringify({ token }) } : {}),
        });
        ear.hear([...response.headers], await response.text());
      }
    }
    for (const lines of [
      [`GET /${PREIMAGE} NONSENSE`],
      ["GET / HTTP/1.1", `host: ${PREIMAGE}`, "connection: close"],
      ["GET / HTTP/1.1", `host: 127.0.0.1:${port}`, `x: ${PREIMAGE.repeat(1_000)}`],
      [
        "GET / HTTP/1.1",
        `host: 127.0.0.1:${port}`,
        "upgrade: websocket",
        "connection: upgrade",
        `cookie: ${cookie}`,
      ],
    ]) {
      ear.hear(await sendRaw(port, lines));
    }
    ear.hear(playground.log);
  } finally {
    streams.forEach((stream, index) => {
      stream.write = writes[index] as typeof stream.write;
    });
  }
  ear.hear(written);
  ear.assertSilent(secrets);
});

test("THREATS 10: only the session's own exchange gives the cookie, and the list of profiles holds no credential", async () => {
  await using playground = await startPlaygroundWithPeer({ as: "daemon" });
  const { origin, cookie, peer } = playground;
  const list = await (
    await fetch(`${origin}/api/profiles`, { headers: { cookie, "x-playground": "1" } })
  ).text();
  for (const form of formsOf(readFileSync(peer.macaroonPath)))
    assert.ok(!list.includes(form), "!list.includes(form)");
  assert.ok(list.includes("pool.macaroon"), "the file's name is there, its contents are not");
});

test("THREATS 10: a site that fails tells the browser nothing of why", async () => {
  await using playground = await startPlaygroundWithPeer({
    site: async (req, res) => {
      if (req.url === "/broken") throw new Error("broken at /home/somebody/secret");
      res.end();
    },
  });
  const response = await fetch(`${playground.origin}/broken`);
  assert.equal(response.status, 500);
  assert.doesNotMatch(await response.text(), /secret/);
  assert.deepEqual(playground.log, ["GET /broken failed: broken at /home/somebody/secret"]);
});

test("THREATS 10: a daemon's macaroon is not sent to the auctioneer", async () => {
  await using playground = await startPlaygroundWithPeer({ as: "daemon" });
  const call = await openCall(playground, "poolrpc.ChannelAuctioneer.Terms", { profile: "poold" });
  call.send({ kind: "start", metadata: [], deadlineMs: 5_000 });
  call.sendMessage(new Uint8Array());
  call.send({ kind: "half-close" });
  await call.rest();
  const seen = playground.peer.calls.find(({ method }) => method === "poolrpc.ChannelAuctioneer.Terms");
  assert.ok(seen !== undefined, "seen !== undefined");
  assert.ok(!seen.metadataNames.includes("macaroon"), '!seen.metadataNames.includes("macaroon")');
});
