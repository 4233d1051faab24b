import assert from "node:assert/strict";
import { createServer, type Server } from "node:net";
import { test } from "node:test";
import type { ServerFrame } from "../../lib/call/bridge-protocol.ts";
import { openCall } from "./support/call-socket.ts";
import { callHeaders, callWeb, frame } from "./support/grpc-web.ts";
import { startPlaygroundWithPeer } from "./support/playground.ts";
import { sendRaw } from "./support/raw-http.ts";

const METHOD = "poolrpc.Trader.GetInfo";

/** A listener that counts who comes. */
async function startCanary(): Promise<{ readonly port: number; visits: number; readonly server: Server }> {
  const canary = { port: 0, visits: 0, server: createServer() };
  canary.server.on("connection", (socket) => {
    canary.visits++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => canary.server.listen(0, "127.0.0.1", resolve));
  canary.port = (canary.server.address() as { port: number }).port;
  return canary;
}

test("THREATS 7: a request that names an address, anywhere: an error of the schema, and nobody is connected to", async () => {
  await using playground = await startPlaygroundWithPeer();
  const canary = await startCanary();
  const { port } = canary;
  const addresses = [
    "http://169.254.169.254",
    "169.254.169.254",
    "::ffff:a9fe:a9fe",
    "[::ffff:169.254.169.254]:80",
    "2852039166",
    `127.0.0.1:${port}`,
    `http://127.0.0.1:${port}/`,
    `https://localhost:${port}`,
    `2130706433:${port}`,
    `0x7f000001:${port}`,
    `unix:/tmp/x.sock`,
    "file:///etc/passwd",
    `dns:///127.0.0.1:${port}`,
    `sandbox@127.0.0.1:${port}`,
    `sandbox,127.0.0.1:${port}`,
    "../sandbox",
    "__proto__",
    "constructor",
    "",
  ];
  try {
    for (const address of addresses) {
      const result = await callWeb(playground, METHOD, undefined, { "x-playground-profile": address });
      assert.equal(result.reason, "unknown-profile", address);
      assert.equal(result.code, 5);
      if (address !== "")
        assert.ok(!result.message.includes(address), "an id that is not known is not repeated");

      const call = await openCall(playground, METHOD, { profile: address });
      call.send({ kind: "start", metadata: [], deadlineMs: null });
      const [end] = (await call.rest()) as ServerFrame[];
      assert.equal(end?.kind === "end" ? end.reason : null, "unknown-profile", address);
    }

    // Other places where an address could be slipped in: the target, proxy headers, metadata, the path's names.
    const elsewhere = `127.0.0.1:${port}`;
    const lines = (target: string, changes: Record<string, string>) => [
      `POST ${target} HTTP/1.1`,
      `host: 127.0.0.1:${playground.port}`,
      ...Object.entries(callHeaders(playground, changes)).map(([name, value]) => `${name}: ${value}`),
      "content-length: 5",
      "connection: close",
    ];
    for (const target of [
      `http://${elsewhere}/rpc/poolrpc.Trader/GetInfo`,
      `/rpc/${elsewhere}/GetInfo`,
      `/rpc/http:%2f%2f${elsewhere}/GetInfo`,
      `//${elsewhere}/rpc/poolrpc.Trader/GetInfo`,
    ]) {
      const { status } = await sendRaw(playground.port, lines(target, {}), frame(new Uint8Array()));
      assert.ok(status >= 400 && status < 500, `${target}: ${status}`);
    }
    assert.equal(playground.peer.calls.length, 0);
    for (const changes of [
      { "x-forwarded-host": elsewhere, forwarded: `host=${elsewhere}`, via: elsewhere },
      { "proxy-authorization": "x", "x-grpc-authority": elsewhere, location: `http://${elsewhere}` },
    ]) {
      const { status } = await sendRaw(
        playground.port,
        lines("/rpc/poolrpc.Trader/GetInfo", changes),
        frame(new Uint8Array()),
      );
      assert.equal(status, 200);
    }
    const { status } = await sendRaw(playground.port, [
      `CONNECT ${elsewhere} HTTP/1.1`,
      `host: ${elsewhere}`,
    ]);
    assert.ok(status === 0 || status >= 400, "CONNECT");
    assert.equal(canary.visits, 0);
  } finally {
    canary.server.close();
  }
});
