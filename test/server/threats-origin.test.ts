import assert from "node:assert/strict";
import { test } from "node:test";
import { openCall } from "./support/call-socket.ts";
import { callHeaders, frame, rpcUrl } from "./support/grpc-web.ts";
import { startPlaygroundWithPeer } from "./support/playground.ts";

const METHOD = "poolrpc.Trader.GetInfo";

test("THREATS 3: a call with the cookie but without the page's origin, header or content type: 4xx and nothing sent", async () => {
  await using playground = await startPlaygroundWithPeer();
  const { origin, port } = playground;
  const rows: [Record<string, string | undefined>, number][] = [
    [{ origin: undefined }, 403],
    [{ origin: "null" }, 403],
    [{ origin: "http://evil.test" }, 403],
    [{ origin: `https://127.0.0.1:${port}` }, 403],
    [{ origin: `http://localhost:${port}` }, 403],
    [{ origin: `http://127.0.0.1:${port + 1}` }, 403],
    [{ origin: `${origin}/` }, 403],
    [{ origin: origin.toUpperCase() }, 403],
    [{ "x-playground-profile": undefined }, 400],
    [{ "content-type": undefined }, 415],
    [{ "content-type": "text/plain" }, 415],
    [{ "content-type": "application/x-www-form-urlencoded" }, 415],
    [{ "content-type": "multipart/form-data" }, 415],
    [{ "content-type": "application/grpc-web-text" }, 415],
    [{ "content-type": "text/plain; application/grpc-web+proto" }, 415],
    [{ "content-type": "application/json" }, 415],
  ];
  for (const [changes, expected] of rows) {
    const response = await fetch(rpcUrl(origin, METHOD), {
      method: "POST",
      headers: callHeaders(playground, changes),
      body: new Blob([new Uint8Array(frame(new Uint8Array()))]),
    });
    assert.equal(response.status, expected, JSON.stringify(changes));
    assert.match(response.headers.get("content-type") ?? "", /json/);
    assert.deepEqual(Object.keys(await response.json()), ["code", "message"]);
  }
  assert.equal(playground.peer.calls.length, 0);
});

test("THREATS 3: a WebSocket of another origin is refused before it opens", async () => {
  await using playground = await startPlaygroundWithPeer();
  const { cookie, port } = playground;
  const method = "poolrpc.ChannelAuctioneer.SubscribeBatchAuction";
  for (const origin of ["http://evil.test", "null", `http://localhost:${port}`, `ws://127.0.0.1:${port}`]) {
    await assert.rejects(openCall(playground, method, { headers: { cookie, origin } }), /403/, origin);
  }
  await assert.rejects(openCall(playground, method, { headers: { cookie } }), /403/);
  await assert.rejects(openCall(playground, method, { protocol: "other.v1" }), /400/);
  assert.equal(playground.peer.calls.length, 0);
});

test("THREATS 3: no CORS header on any answer, and OPTIONS is refused everywhere", async () => {
  await using playground = await startPlaygroundWithPeer();
  const { origin } = playground;
  for (const path of ["/", "/api/session", "/api/profiles", "/rpc/poolrpc.Trader/GetInfo", "/none", "*"]) {
    for (const method of ["OPTIONS", "GET", "POST", "PUT", "DELETE", "PATCH"]) {
      const response = await fetch(path === "*" ? `${origin}/*` : `${origin}${path}`, {
        method,
        headers: {
          origin: "http://evil.test",
          "access-control-request-method": "POST",
          "access-control-request-headers": "x-playground-profile",
          "access-control-request-private-network": "true",
        },
      });
      const cors = [...response.headers.keys()].filter((name) => name.startsWith("access-control-"));
      assert.deepEqual(cors, [], `${method} ${path}`);
      if (method === "OPTIONS") assert.equal(response.status, 405, path);
      await response.arrayBuffer();
    }
  }
  assert.equal(playground.peer.calls.length, 0);
});

test("THREATS 3: other verbs and form posts reach neither the bridge nor the site", async () => {
  let visits = 0;
  await using playground = await startPlaygroundWithPeer({
    site: async (_req, res) => {
      visits++;
      res.end();
    },
  });
  visits = 0;
  const { origin, cookie } = playground;
  for (const method of ["GET", "HEAD", "PUT", "DELETE", "PATCH"]) {
    const response = await fetch(rpcUrl(origin, METHOD), { method, headers: { cookie, origin } });
    assert.equal(response.status, 405);
    if (method !== "HEAD") assert.equal(response.headers.get("allow"), "POST");
  }
  for (const headers of [{ "next-action": "0".repeat(40) }, { "content-type": "text/plain" }]) {
    const response = await fetch(`${origin}/`, {
      method: "POST",
      headers: { cookie, origin, ...headers },
      body: "x",
    });
    assert.equal(response.status, 405);
  }
  assert.equal(visits, 0);
  assert.equal(playground.peer.calls.length, 0);
});
