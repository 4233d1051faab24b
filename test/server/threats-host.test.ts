import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { callHeaders, frame } from "./support/grpc-web.ts";
import { startPlaygroundWithPeer } from "./support/playground.ts";
import { sendRaw } from "./support/raw-http.ts";

const METHOD = "/rpc/poolrpc.Trader/GetInfo";

type HostLines = (port: number) => readonly string[];

const HOSTILE: Readonly<Record<string, HostLines>> = {
  "another name": (port) => [`Host: evil.test:${port}`],
  "a name under localhost": (port) => [`Host: localhost.evil.test:${port}`],
  "a name that ends in localhost": (port) => [`Host: evil.localhost:${port}`],
  "a trailing dot": (port) => [`Host: localhost.:${port}`],
  "a trailing dot after an address": (port) => [`Host: 127.0.0.1.:${port}`],
  "another port": (port) => [`Host: localhost:${port + 1}`],
  "no port": () => ["Host: localhost"],
  "another loopback address": (port) => [`Host: 127.0.0.2:${port}`],
  "a short address": (port) => [`Host: 127.1:${port}`],
  "the wildcard address": (port) => [`Host: 0.0.0.0:${port}`],
  "a mapped address": (port) => [`Host: [::ffff:127.0.0.1]:${port}`],
  "user information": (port) => [`Host: evil@localhost:${port}`],
  "two names in one": (port) => [`Host: localhost:${port}, evil.test:${port}`],
  "no value": () => ["Host:"],
  absent: () => [],
  "twice, the good one first": (port) => [`Host: localhost:${port}`, `Host: evil.test:${port}`],
  "twice, the good one last": (port) => [`Host: evil.test:${port}`, `Host: localhost:${port}`],
  "twice the same": (port) => [`Host: localhost:${port}`, `host: localhost:${port}`],
  "twice, far apart": (port) => [
    `Host: localhost:${port}`,
    ...Array.from({ length: 2_100 }, () => "a:"),
    `Host: evil.test:${port}`,
  ],
};

describe("THREATS 1: hostile Host values", () => {
  let playground: Awaited<ReturnType<typeof startPlaygroundWithPeer>>;

  before(async () => {
    playground = await startPlaygroundWithPeer();
  });
  after(() => playground[Symbol.asyncDispose]());

  /** A call that is right in all but its Host; its Origin is the one that fits the first Host line. */
  function callLines(hostLines: readonly string[], target = METHOD): string[] {
    const host = hostLines[0]?.slice("Host:".length).trim() ?? "";
    const headers = callHeaders(playground, { origin: host === "" ? playground.origin : `http://${host}` });
    return [
      `POST ${target} HTTP/1.1`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      "content-length: 5",
      "connection: close",
      ...hostLines,
    ];
  }

  for (const [name, lines] of Object.entries(HOSTILE)) {
    test(`THREATS 1: ${name}`, async () => {
      const { port, cookie, origin } = playground;
      const call = await sendRaw(port, callLines(lines(port)), frame(new Uint8Array()));
      assert.ok(call.status >= 400 && call.status < 500, `a call got ${call.status}`);
      assert.match(call.head, /content-security-policy: /);

      const page = await sendRaw(port, [
        "GET / HTTP/1.1",
        "accept: text/html",
        "connection: close",
        ...lines(port),
      ]);
      assert.ok(page.status >= 400 && page.status < 500, `a page got ${page.status}`);
      assert.doesNotMatch(page.head, /set-cookie/i);
      assert.doesNotMatch(page.body, /The site/);

      const upgrade = await sendRaw(port, [
        "GET /rpc/poolrpc.ChannelAuctioneer/SubscribeBatchAuction?profile=sandbox HTTP/1.1",
        ...lines(port),
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        "Sec-WebSocket-Protocol: playground.v1",
        `Origin: ${origin}`,
        `Cookie: ${cookie}`,
      ]);
      assert.ok(upgrade.status >= 400 && upgrade.status < 500, `an upgrade got ${upgrade.status}`);
      assert.equal(playground.peer.calls.length, 0);
    });
  }

  test("THREATS 1: a target in absolute form, with a Host that is right", async () => {
    for (const authority of ["evil.test", `localhost:${playground.port}`]) {
      const lines = callLines([`Host: localhost:${playground.port}`], `http://${authority}${METHOD}`);
      const { status } = await sendRaw(playground.port, lines, frame(new Uint8Array()));
      assert.equal(status, 400);
    }
    assert.equal(playground.peer.calls.length, 0);
  });

  test("THREATS 1: HTTP/1.0 without a Host", async () => {
    const { status } = await sendRaw(playground.port, ["GET / HTTP/1.0"]);
    assert.equal(status, 400);
  });

  test("THREATS 1: each allowed Host does reach the daemon", async () => {
    const { port } = playground;
    const before = playground.peer.calls.length;
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]) {
      const { status } = await sendRaw(port, callLines([`Host: ${host}`]), frame(new Uint8Array()));
      assert.equal(status, 200, host);
    }
    assert.equal(playground.peer.calls.length, before + 3);
  });
});
