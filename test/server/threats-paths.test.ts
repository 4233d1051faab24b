import assert from "node:assert/strict";
import type { IncomingHttpHeaders } from "node:http";
import { after, before, beforeEach, describe, test } from "node:test";
import { callHeaders, frame } from "./support/grpc-web.ts";
import { startPlaygroundWithPeer } from "./support/playground.ts";
import { sendRaw } from "./support/raw-http.ts";

const RPC = "rpc/poolrpc.Trader/GetInfo";

const ROUTES = [
  "/",
  "/reference/poolrpc.Trader/GetInfo",
  "/api/session",
  "/api/profiles",
  `/${RPC}`,
  "/none",
];

/** Ways to write a route that another reader of it could take for the route itself. */
const SPELLINGS: Readonly<Record<string, (route: string) => string>> = {
  "as it is": (route) => route,
  ".rsc": (route) => `${route}.rsc`,
  "_rsc query": (route) => `${route}?_rsc=abc`,
  ".segments": (route) => `${route}.segments/_tree.segment.rsc`,
  "_next/data": (route) => `/_next/data/build${route}.json`,
  "trailing slash": (route) => `${route}/`,
  "double slash": (route) => `/${route}`,
  "inner double slash": (route) => route.replaceAll("/", "//"),
  "encoded slash": (route) => `/${route.slice(1).replaceAll("/", "%2f")}`,
  "encoded slash, upper case": (route) => `/${route.slice(1).replaceAll("/", "%2F")}`,
  "doubly encoded slash": (route) => `/${route.slice(1).replaceAll("/", "%252f")}`,
  backslash: (route) => `/${route.slice(1).replaceAll("/", "\\")}`,
  "encoded backslash": (route) => `/${route.slice(1).replaceAll("/", "%5c")}`,
  "dot segments": (route) => `/x/..${route}`,
  "encoded dot segments": (route) => `/x/%2e%2e${route}`,
  "half-encoded dot segments": (route) => `/x/.%2E${route}`,
  "one dot": (route) => `/.${route}`,
  "matrix parameter": (route) => route.replace("/rpc", "/rpc;x"),
  "encoded letter": (route) => route.replace("/r", "/%72"),
  "upper case": (route) => route.toUpperCase(),
  "null byte": (route) => `${route}%00`,
  fragment: (route) => `${route}#x`,
  "query in front": (route) => `/?${route}`,
};

/** Those that no reader may get, since readers could take them differently. */
const ODD = [
  "double slash",
  "inner double slash",
  "encoded slash",
  "encoded slash, upper case",
  "backslash",
  "encoded backslash",
  "dot segments",
  "encoded dot segments",
  "half-encoded dot segments",
  "one dot",
  "null byte",
];

const HEADERS: Readonly<Record<string, string>> = {
  rsc: "1",
  "next-router-prefetch": "1",
  purpose: "prefetch",
  "x-nextjs-data": "1",
  "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware",
  "x-middleware-rewrite": `/${RPC}`,
  "x-middleware-prefetch": "1",
  "x-invoke-path": `/${RPC}`,
  "x-matched-path": `/${RPC}`,
  "x-original-url": `/${RPC}`,
  "x-rewrite-url": `/${RPC}`,
  "x-http-method-override": "POST",
  "x-forwarded-host": "evil.test",
  "x-forwarded-for": "127.0.0.1",
  forwarded: "host=evil.test",
};

describe("THREATS 5: no spelling of a route reaches the bridge without a session", () => {
  let playground: Awaited<ReturnType<typeof startPlaygroundWithPeer>>;
  let seen: { readonly headers: IncomingHttpHeaders; readonly raw: readonly string[] }[] = [];

  before(async () => {
    playground = await startPlaygroundWithPeer({
      site: async (req, res) => {
        seen.push({ headers: { ...req.headers }, raw: [...req.rawHeaders] });
        res.setHeader("content-type", "text/html");
        res.end("site");
      },
    });
  });
  beforeEach(() => {
    seen = [];
  });
  after(() => playground[Symbol.asyncDispose]());

  async function ask(verb: "GET" | "POST", target: string, headers: Record<string, string>) {
    const all = { ...callHeaders(playground, { cookie: undefined }), ...headers };
    return sendRaw(
      playground.port,
      [
        `${verb} ${target} HTTP/1.1`,
        `host: 127.0.0.1:${playground.port}`,
        ...Object.entries(all).map(([name, value]) => `${name}: ${value}`),
        ...(verb === "POST" ? ["content-length: 5"] : []),
        "connection: close",
      ],
      verb === "POST" ? frame(new Uint8Array()) : new Uint8Array(),
    );
  }

  for (const [name, spell] of Object.entries(SPELLINGS)) {
    test(`THREATS 5: ${name}`, async () => {
      for (const route of ROUTES) {
        for (const verb of ["GET", "POST"] as const) {
          for (const headers of [{}, HEADERS]) {
            const { status, head } = await ask(verb, spell(route), headers);
            assert.ok(status !== 0 && status < 500, `${verb} ${spell(route)}: ${status}`);
            if (verb === "POST") assert.ok(status >= 400, `POST ${spell(route)}: ${status}`);
            assert.doesNotMatch(head, /grpc/i);
          }
        }
      }
      assert.equal(playground.peer.calls.length, 0);
    });
  }

  for (const spelling of Object.keys(SPELLINGS).filter((name) => name !== "as it is")) {
    test(`THREATS 5: ${spelling}, with a session: never the bridge either, but its one plain path`, async () => {
      const target = SPELLINGS[spelling]?.(`/${RPC}`) ?? "";
      const { status } = await ask("POST", target, { cookie: playground.cookie });
      const stillPlain = ["_rsc query", "fragment"].includes(spelling);
      if (!stillPlain) assert.ok(status >= 400, `${target}: ${status}`);
      assert.ok(
        stillPlain || playground.peer.calls.length === 0,
        "stillPlain || playground.peer.calls.length === 0",
      );
      (playground.peer.calls as unknown[]).length = 0;
    });
  }

  for (const spelling of ODD) {
    test(`THREATS 5: ${spelling} is refused, and not handed to the site`, async () => {
      for (const route of ["/reference/poolrpc.Trader/GetInfo", `/${RPC}`]) {
        const target = SPELLINGS[spelling]?.(route) ?? "";
        const { status } = await ask("GET", target, { cookie: playground.cookie });
        assert.equal(status, 400, target);
      }
      assert.deepEqual(seen, []);
    });
  }

  test("THREATS 5: headers that steer Next from inside, and the session, do not get to the site", async () => {
    const { status } = await ask("GET", "/page", { ...HEADERS, cookie: playground.cookie });
    assert.equal(status, 200);
    assert.equal(seen.length, 1);
    const names = [
      ...Object.keys(seen[0]?.headers ?? {}),
      ...(seen[0]?.raw ?? []).filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase()),
    ];
    for (const gone of [
      "x-middleware-subrequest",
      "x-middleware-rewrite",
      "x-middleware-prefetch",
      "x-invoke-path",
      "x-matched-path",
      "x-forwarded-host",
      "x-forwarded-for",
      "forwarded",
      "cookie",
    ]) {
      assert.ok(!names.includes(gone), gone);
    }
    assert.ok(names.includes("rsc"), "what Next's own pages send stays");
  });
});
