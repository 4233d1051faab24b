import assert from "node:assert/strict";
import { connect, createServer, type Socket } from "node:net";
import { describe, test } from "node:test";
import { ATTEMPT_HEADER } from "../../lib/call/bridge-protocol.ts";
import { launchBrowser } from "../support/browser.ts";
import { callWeb, frame, readWeb } from "./support/grpc-web.ts";
import { asPage, collect, runInPage } from "./support/page.ts";
import { startPlaygroundWithPeer } from "./support/playground.ts";
import { confirmed, order, SUBMIT, switchWrites } from "./support/writes.ts";

const ORDER = order(1_000_000n);
const ATTEMPT = "00112233445566778899aabbccddeeff";

/** A line to the playground that breaks once, when a call has gone over it and before its answer has. */
async function startBreakingLine(target: number) {
  const sockets = new Set<Socket>();
  const line = { breaks: false, calls: 0 };
  const server = createServer((client) => {
    const playground = connect(target, "127.0.0.1");
    for (const socket of [client, playground]) {
      sockets.add(socket);
      socket.on("error", () => {});
    }
    client.on("data", (chunk) => {
      playground.write(chunk);
      if (!chunk.includes("POST /rpc/")) return;
      line.calls++;
      if (!line.breaks) return;
      line.breaks = false;
      playground.removeAllListeners("data");
      client.resetAndDestroy();
    });
    playground.on("data", (chunk) => client.writable && client.write(chunk));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return Object.assign(line, {
    port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}

describe("THREATS 14: a browser sends a POST again when the connection that it kept breaks", () => {
  for (const as of ["sandbox", "daemon"] as const) {
    test(`THREATS 14: Chromium, ${as}: the order is placed once, and its outcome is unknown`, async () => {
      await using playground = await startPlaygroundWithPeer({ as });
      await using line = await startBreakingLine(playground.port);
      const map = `MAP 127.0.0.1:${playground.port} 127.0.0.1:${line.port}`;
      const browser = await launchBrowser([`--host-resolver-rules=${map}`]);
      try {
        const context = await browser.newContext();
        const [name = "", value = ""] = playground.cookie.split("=");
        await context.addCookies([{ name, value, url: playground.origin }]);
        const page = await context.newPage();
        await page.goto(playground.origin);
        const call = async (path: string, body: Uint8Array, headers: Readonly<Record<string, string>>) => {
          const sent = { path, body: [...body], headers };
          const bytes = await page.evaluate(async ({ path, body, headers }) => {
            const response = await fetch(path, { method: "POST", headers, body: new Uint8Array(body) });
            return [...new Uint8Array(await response.arrayBuffer())];
          }, sent);
          return readWeb(200, new Headers(), Buffer.from(bytes));
        };
        const headers = {
          "content-type": "application/grpc-web+proto",
          "x-playground-profile": as === "daemon" ? "poold" : "sandbox",
        };
        const read = await call("/rpc/poolrpc.Trader/GetInfo", frame(new Uint8Array()), headers);
        assert.equal(read.code, 0, "the connection is one that was used before");
        let nonce = {};
        if (as === "daemon") {
          await switchWrites(playground, true);
          nonce = { "x-playground-confirmation": await confirmed(playground, ORDER) };
        }
        line.breaks = true;
        const { reason, outcome } = await call("/rpc/poolrpc.Trader/SubmitOrder", frame(ORDER), {
          ...headers,
          ...nonce,
          [ATTEMPT_HEADER]: ATTEMPT,
        });
        assert.equal(line.calls, 3, "Chromium sent the order twice");
        assert.deepEqual([reason, outcome], ["repeated", "unknown"]);
        assert.equal(playground.peer.calls.filter(({ method }) => method === SUBMIT).length, 1);
      } finally {
        await browser.close();
      }
    });
  }

  test("THREATS 14: a write that was stopped before it went out may come again; a read always may", async () => {
    await using playground = await startPlaygroundWithPeer({ as: "daemon" });
    const profile = { "x-playground-profile": "poold", [ATTEMPT_HEADER]: ATTEMPT };
    for (let time = 0; time < 2; time++) {
      assert.equal((await callWeb(playground, "poolrpc.Trader.GetInfo", new Uint8Array(), profile)).code, 0);
    }
    const send = (nonce: string) =>
      callWeb(playground, SUBMIT, ORDER, { ...profile, "x-playground-confirmation": nonce });
    await switchWrites(playground, true);
    assert.equal((await send("A".repeat(43))).reason, "confirmation");
    assert.equal((await send(await confirmed(playground, ORDER))).code, 0);
    const again = await send(await confirmed(playground, ORDER));
    assert.deepEqual([again.code, again.reason, again.outcome], [14, "repeated", "unknown"]);
    assert.match(again.message, /not repeated: whether it was carried out is not known/);
    assert.equal(playground.peer.calls.filter(({ method }) => method === SUBMIT).length, 1);
  });

  test("THREATS 14: each run of a page has a name of its own", async () => {
    await using playground = await startPlaygroundWithPeer();
    using _page = asPage(playground);
    const through = globalThis.fetch;
    const names: (string | null)[] = [];
    globalThis.fetch = (input, init) => {
      names.push(new Headers(init?.headers).get(ATTEMPT_HEADER));
      return through(input, init);
    };
    for (let time = 0; time < 2; time++) {
      await collect(runInPage(playground, { method: "poolrpc.Trader.GetInfo" }));
    }
    assert.match(`${names[0]} ${names[1]}`, /^[0-9a-f]{32} [0-9a-f]{32}$/);
    assert.notEqual(names[0], names[1]);
  });
});
