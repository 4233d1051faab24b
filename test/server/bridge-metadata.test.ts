import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { callWeb, frame } from "./support/grpc-web.ts";
import { startPlayground, startPlaygroundWithPeer } from "./support/playground.ts";
import { reply, startRawPeer } from "./support/raw-peer.ts";

const METHOD = "poolrpc.Trader.GetInfo";

test("metadata of the caller goes upstream; what belongs to the browser does not", async () => {
  await using playground = await startPlaygroundWithPeer();
  await callWeb(playground, METHOD, undefined, {
    "x-note": "a note",
    "x-trace-bin": "AAEC",
    accept: "*/*",
    "accept-language": "de",
    "cache-control": "no-cache",
    "content-language": "de",
    dnt: "1",
    "if-none-match": "x",
    referer: playground.origin,
    "sec-ch-ua": "x",
    "user-agent": "Browser/1",
    "x-playground": "1",
    "x-forwarded-for": "10.0.0.1",
    "x-middleware-subrequest": "x",
    "proxy-authorization": "x",
  });
  const [call] = playground.peer.calls;
  const macaroon = readFileSync(playground.peer.macaroonPath).toString("hex");
  assert.deepEqual(call?.metadata.get("macaroon"), [macaroon], "hex, once");
  assert.deepEqual(call?.metadata.get("x-note"), ["a note"]);
  assert.deepEqual(call?.metadata.get("x-trace-bin"), [Buffer.from([0, 1, 2])]);
  assert.deepEqual(
    call?.metadataNames.filter((name) => !["macaroon", "x-note", "x-trace-bin"].includes(name)),
    ["user-agent"],
  );
  assert.deepEqual(call?.metadata.get("user-agent"), ["pool-playground"]);
});

test("a credential from the page is refused, and the call is not sent", async () => {
  await using playground = await startPlaygroundWithPeer();
  for (const name of ["macaroon", "Macaroon", "authorization", "grpc-metadata-macaroon"]) {
    const result = await callWeb(playground, METHOD, undefined, { [name]: "00" });
    assert.equal(result.reason, "bad-request", name);
    assert.equal(result.code, 3);
  }
  assert.equal(playground.peer.calls.length, 0);
});

test("headers and trailers come back, in their places", async () => {
  await using playground = await startPlaygroundWithPeer();
  const result = await callWeb(playground, METHOD, undefined, {
    "x-peer-headers": "x-one=1,x-bytes-bin=AAEC",
    "x-peer-trailers": "x-two=2,x-more-bin=AwQF",
  });
  assert.equal(result.headers.get("x-one"), "1");
  assert.match(result.headers.get("x-bytes-bin") ?? "", /^AAEC/);
  assert.equal(result.headers.get("x-two"), null);
  const trailer = (name: string) => result.trailers.find((entry) => entry.name === name)?.value;
  assert.equal(trailer("x-two"), "2");
  assert.match(trailer("x-more-bin") ?? "", /^AwQF/);
  assert.equal(result.code, 0);
});

test("a daemon's error passes with its text, its details and no reason of the bridge", async () => {
  await using playground = await startPlaygroundWithPeer();
  const text = 'account not found: "ü" 100 % — \n second line';
  const result = await callWeb(playground, METHOD, undefined, {
    "x-peer-error": "5",
    "x-peer-error-message": encodeURIComponent(text),
    "x-peer-error-details": "why",
  });
  assert.equal(result.code, 5);
  assert.equal(result.message, text);
  assert.equal(result.reason, null);
  assert.ok(
    result.trailers.some(({ name }) => name === "grpc-status-details-bin"),
    'result.trailers.some(({ name }) => name === "grpc-status-details-bin")',
  );
  assert.deepEqual(
    result.trailers.filter(({ name }) => name === "grpc-message").map(({ value }) => value.includes("\n")),
    [false],
    "still percent-encoded on the wire",
  );
});

test("an answer of trailers only has its status in the last frame too", async () => {
  await using peer = await startRawPeer((stream) => {
    stream.respond(
      {
        ":status": 200,
        "content-type": "application/grpc",
        "grpc-status": "16",
        "grpc-message": "no%20entry",
        "x-why": "because",
      },
      { endStream: true },
    );
  });
  await using playground = await startPlayground([peer.profile]);
  const result = await callWeb(playground, METHOD);
  assert.deepEqual([result.http, result.code, result.message], [200, 16, "no entry"]);
  assert.deepEqual(result.messages, []);
  assert.equal(result.trailers.find(({ name }) => name === "x-why")?.value, "because");
});

test("a daemon cannot speak to the browser, nor for the bridge", async () => {
  const hostile = {
    "set-cookie": "a=b",
    "access-control-allow-origin": "*",
    "content-security-policy": "default-src *",
    "content-disposition": "attachment",
    "clear-site-data": '"*"',
    location: "http://evil.test/",
    refresh: "0; url=http://evil.test/",
    link: "<http://evil.test/>; rel=preload",
    "service-worker-allowed": "/",
    "x-playground-reason": "busy",
    "cross-origin-resource-policy": "cross-origin",
    "referrer-policy": "unsafe-url",
    "x-fine": "yes",
  };
  await using peer = await startRawPeer((stream) =>
    reply(stream, [frame(Buffer.from("m"))], { "grpc-status": "0", ...hostile }, hostile),
  );
  await using playground = await startPlayground([peer.profile]);
  const result = await callWeb(playground, METHOD);
  assert.equal(result.code, 0);
  assert.equal(result.headers.get("x-fine"), "yes");
  for (const name of Object.keys(hostile).filter((name) => name !== "x-fine")) {
    assert.notEqual(result.headers.get(name), hostile[name as keyof typeof hostile], name);
    assert.ok(!result.trailers.some((entry) => entry.name === name), name);
  }
  assert.equal(result.headers.get("cross-origin-resource-policy"), "same-origin");
});

test("security headers are on every answer", async () => {
  await using playground = await startPlaygroundWithPeer();
  const { origin, cookie } = playground;
  const answers = [
    (await callWeb(playground, METHOD)).headers,
    ...(await Promise.all(
      ["/", "/api/profiles", "/none", "/rpc/x", "//x"].map(
        async (path) => (await fetch(origin + path)).headers,
      ),
    )),
    (await fetch(`${origin}/api/profiles`, { headers: { cookie, "x-playground": "1" } })).headers,
  ];
  for (const headers of answers) {
    const policy = headers.get("content-security-policy") ?? "";
    for (const part of [
      "default-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      `connect-src 'self' ws://127.0.0.1:${playground.port}`,
    ]) {
      assert.ok(policy.includes(part), `${part} in ${policy}`);
    }
    assert.doesNotMatch(policy, /script-src[^;]*(unsafe|\*|http|blob|data)/);
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    assert.equal(headers.get("referrer-policy"), "no-referrer");
    assert.equal(headers.get("cross-origin-opener-policy"), "same-origin");
    assert.equal(headers.get("cross-origin-resource-policy"), "same-origin");
  }
});

test("the deadline goes upstream as grpc-timeout, the shorter of the page's and the server's", async () => {
  await using peer = await startRawPeer((stream) => reply(stream, [frame(Buffer.from("m"))]));
  await using playground = await startPlayground([peer.profile], { limits: { unaryDeadlineMs: 2_000 } });
  await callWeb(playground, METHOD);
  await callWeb(playground, METHOD, undefined, { "grpc-timeout": "500m" });
  await callWeb(playground, METHOD, undefined, { "grpc-timeout": "10H" });
  assert.deepEqual(
    peer.streams.map(({ headers }) => headers["grpc-timeout"]),
    ["2000m", "500m", "2000m"],
  );
  assert.deepEqual(
    peer.streams.map(({ headers }) => [headers.te, headers["content-type"], headers[":path"]]),
    Array(3).fill(["trailers", "application/grpc+proto", "/poolrpc.Trader/GetInfo"]),
  );
  assert.equal(
    (await callWeb(playground, METHOD, undefined, { "grpc-timeout": "soon" })).reason,
    "bad-request",
  );
});
