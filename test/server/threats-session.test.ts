import assert from "node:assert/strict";
import { test } from "node:test";
import { bindOwnPort } from "../support/own-port.ts";
import { openCall } from "./support/call-socket.ts";
import { callHeaders, callWeb, frame, rpcUrl } from "./support/grpc-web.ts";
import { openSession, startPlaygroundWithPeer } from "./support/playground.ts";
import { sendRaw } from "./support/raw-http.ts";

const METHOD = "poolrpc.Trader.GetInfo";

function postToken(origin: string, token: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${origin}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json", origin, ...headers },
    body: JSON.stringify({ token }),
  });
}

async function callStatus(
  server: { readonly origin: string; readonly cookie: string },
  changes: Record<string, string | undefined>,
): Promise<number> {
  const response = await fetch(rpcUrl(server.origin, METHOD), {
    method: "POST",
    headers: callHeaders(server, changes),
    body: new Uint8Array(frame(new Uint8Array())),
  });
  return response.status;
}

test("THREATS 4: no cookie, a wrong one, or one of another port: 401 and nothing sent", async () => {
  await using playground = await startPlaygroundWithPeer();
  const { cookie, port } = playground;
  const value = cookie.slice(cookie.indexOf("=") + 1);
  assert.equal(value.length, 43, "256 bits as base64url");
  for (const wrong of [
    undefined,
    "",
    `playground-${port}=`,
    `playground-${port}=${"A".repeat(43)}`,
    `playground-${port}=${value.slice(0, -1)}`,
    `playground-${port}=${value}x`,
    `playground-${port + 1}=${value}`,
    `playground=${value}`,
    `x=1; xplayground-${port}=${value}`,
    value,
  ]) {
    assert.equal(await callStatus(playground, { cookie: wrong }), 401, `cookie: ${wrong}`);
    await assert.rejects(
      openCall(playground, "poolrpc.ChannelAuctioneer.SubscribeBatchAuction", {
        headers: { origin: playground.origin, ...(wrong === undefined ? {} : { cookie: wrong }) },
      }),
      /401/,
    );
  }
  assert.equal(playground.peer.calls.length, 0);
  assert.equal(await callStatus(playground, { cookie: `a=b; ${cookie}; c=d` }), 200);
});

test("THREATS 4: the cookie of an earlier process opens nothing", async () => {
  const earlier = await bindOwnPort((port) => startPlaygroundWithPeer({ port }));
  const { port, cookie } = earlier;
  await earlier[Symbol.asyncDispose]();
  await using playground = await startPlaygroundWithPeer({ port });
  assert.equal(playground.port, port);
  assert.notEqual(playground.cookie, cookie);
  assert.equal(await callStatus(playground, { cookie }), 401);
  assert.equal(playground.peer.calls.length, 0);
});

test("THREATS 4: a token opens the session once, and not in the next process", async () => {
  const first = await bindOwnPort((port) => startPlaygroundWithPeer({ as: "daemon", port }));
  const token = new URL(first.url).hash.slice("#token=".length);
  assert.equal(token.length, 43, "256 bits as base64url");
  assert.notEqual(first.cookie, "");
  const replayed = await postToken(first.origin, token);
  assert.equal(replayed.status, 401);
  assert.equal(replayed.headers.get("set-cookie"), null);
  assert.equal((await callWeb(first, METHOD, undefined, { "x-playground-profile": "poold" })).code, 0);
  const { port } = first;
  await first[Symbol.asyncDispose]();

  await using next = await startPlaygroundWithPeer({ as: "daemon", port });
  assert.equal((await postToken(next.origin, token)).status, 401);
});

test("THREATS 4: wrong tokens are refused and do not use up the right one", async () => {
  await using playground = await startPlaygroundWithPeer({ as: "daemon" });
  for (const token of ["", "A".repeat(43)])
    assert.equal((await postToken(playground.origin, token)).status, 401);
  for (const token of [null, 1, ["x"], "x".repeat(5_000)]) {
    const { status } = await postToken(playground.origin, token);
    assert.ok(status === 400 || status === 413, `${status}`);
  }
});

test("THREATS 4: the exchange is for the server's own pages", async () => {
  await using playground = await startPlaygroundWithPeer({ as: "daemon" });
  const { origin } = playground;
  for (const headers of [
    { origin: "http://evil.test" },
    { origin: "null" },
    { origin: origin.replace("127.0.0.1", "localhost") },
    { "content-type": "text/plain" },
  ]) {
    const { status } = await postToken(origin, "x", headers);
    assert.ok(status === 403 || status === 415, `${JSON.stringify(headers)}: ${status}`);
  }
});

test("THREATS 4: with a real daemon no page hands out the cookie", async () => {
  await using playground = await startPlaygroundWithPeer({ as: "daemon" });
  const page = await fetch(playground.origin, { headers: { accept: "text/html", "sec-fetch-site": "none" } });
  assert.equal(page.status, 200);
  assert.equal(page.headers.get("set-cookie"), null);
});

test("THREATS 4: with the sandbox alone a page that the user opens gives the cookie, one that another site opens does not", async () => {
  await using playground = await startPlaygroundWithPeer();
  assert.equal(new URL(playground.url).hash, "");
  // `fetch` would set its own fetch metadata.
  const cookieFor = async (headers: Record<string, string>) => {
    const sent = Object.entries({ host: new URL(playground.origin).host, accept: "text/html", ...headers });
    const lines = sent.map(([name, value]) => `${name}: ${value}`);
    const { head } = await sendRaw(playground.port, ["GET / HTTP/1.1", ...lines, "connection: close"]);
    return /^set-cookie: (.*)$/im.exec(head)?.[1]?.trim() ?? null;
  };
  const opened = { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
  for (const site of ["none", "same-origin"]) {
    const cookie = await cookieFor({ ...opened, "sec-fetch-site": site });
    assert.match(cookie ?? "", /^playground-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  }
  for (const site of ["cross-site", "same-site"]) {
    assert.equal(await cookieFor({ ...opened, "sec-fetch-site": site }), null, site);
  }
  assert.equal(
    await cookieFor({
      "sec-fetch-site": "same-origin",
      "sec-fetch-mode": "navigate",
      "sec-fetch-dest": "iframe",
    }),
    null,
    "a frame",
  );
  assert.equal(
    await cookieFor({ "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty" }),
    null,
    "a script's fetch",
  );
});

test("THREATS 4: an access token is needed beyond loopback, and opens the session more than once", async () => {
  await assert.rejects(startPlaygroundWithPeer({ host: "127.0.0.1" }), /--access-token/);
  await assert.rejects(startPlaygroundWithPeer({ accessToken: "short" }), /16 characters/);
  const accessToken = "a token of the user's own";
  await using playground = await startPlaygroundWithPeer({ host: "127.0.0.1", accessToken });
  assert.ok(
    !playground.url.includes(encodeURI(accessToken)),
    "!playground.url.includes(encodeURI(accessToken))",
  );
  for (let round = 0; round < 2; round++) {
    assert.equal((await postToken(playground.origin, accessToken)).status, 204);
  }
  assert.equal((await postToken(playground.origin, `${accessToken}x`)).status, 401);
});

test("THREATS 4: the list of profiles needs the session and a page of the server", async () => {
  await using playground = await startPlaygroundWithPeer();
  const { origin, cookie } = playground;
  const status = async (headers: Record<string, string>) =>
    (await fetch(`${origin}/api/profiles`, { headers })).status;
  assert.equal(await status({ "x-playground": "1" }), 401);
  assert.equal(await status({ cookie }), 403);
  assert.equal(await status({ cookie, "x-playground": "1", origin: "http://evil.test" }), 403);
  assert.equal(await status({ cookie, "x-playground": "1", "sec-fetch-site": "cross-site" }), 403);
  assert.equal(await status({ cookie, "sec-fetch-site": "same-site" }), 403);
  assert.equal(await status({ cookie, "sec-fetch-site": "same-origin" }), 200);
  const list = await (
    await fetch(`${origin}/api/profiles`, { headers: { cookie, "x-playground": "1" } })
  ).json();
  assert.equal(list.selected, "sandbox");
  assert.equal(list.profiles[0].writes, "free");
});

test("THREATS 4: a page's own cookie is what openSession gets", async () => {
  await using playground = await startPlaygroundWithPeer();
  assert.equal(await openSession(playground), playground.cookie);
});
