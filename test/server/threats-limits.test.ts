import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startPeer } from "../support/peer/start-peer.ts";
import { openCall } from "./support/call-socket.ts";
import { callHeaders, callWeb, rpcUrl } from "./support/grpc-web.ts";
import { peerAsDaemon, peerAsSandbox, temporaryFolder } from "./support/playground.ts";
import { type PlaygroundProcess, startPlaygroundProcess } from "./support/playground-process.ts";
import { sendRaw } from "./support/raw-http.ts";
import { SUBMIT } from "./support/writes.ts";

const METHOD = "poolrpc.Trader.GetInfo";
const MIB = 1 << 20;

describe("THREATS 22: too much of everything", () => {
  const folder = temporaryFolder();
  let peer: Awaited<ReturnType<typeof startPeer>>;
  let playground: PlaygroundProcess;
  let port: number;
  before(async () => {
    peer = await startPeer({ dir: folder.path });
    playground = await startPlaygroundProcess([peerAsSandbox(peer), peerAsDaemon(peer)]);
    port = Number(new URL(playground.origin).port);
    const { origin, cookie } = playground;
    const answer = await fetch(`${origin}/api/writes`, {
      method: "POST",
      headers: { cookie, origin, "content-type": "application/json" },
      body: '{"profile":"poold","allow":true}',
    });
    assert.equal(answer.status, 200);
    // What a server takes for its first calls is not growth.
    for (let warm = 0; warm < 50; warm++) await callWeb(playground, METHOD);
  });
  after(async () => {
    await playground[Symbol.asyncDispose]();
    await peer.stop();
    folder[Symbol.dispose]();
  });

  /** Does something hostile, holds that the daemon heard nothing of it and that memory grew by less than 100 MB. */
  async function refused(work: () => Promise<void>): Promise<void> {
    const calls = peer.calls.length;
    const { memory } = await playground.figures();
    let most = memory;
    let over = false;
    const watching = (async () => {
      while (!over) {
        most = Math.max(most, (await playground.figures()).memory);
        await sleep(20);
      }
    })();
    try {
      await work();
    } finally {
      over = true;
      await watching;
    }
    assert.equal(peer.calls.length, calls, "nothing was sent");
    assert.ok(most - memory < 100, `${Math.round(memory)} MiB became ${Math.round(most)}`);
    assert.equal((await callWeb(playground, METHOD)).code, 0, "and it still works");
  }

  /** A body of so many MiB, as fast as it is taken. */
  function endless(mib: number, head: Uint8Array = new Uint8Array()): ReadableStream<Uint8Array> {
    let left = mib;
    const piece = new Uint8Array(MIB);
    return new ReadableStream({
      start: (controller) => controller.enqueue(head),
      pull(controller) {
        if (left-- > 0) controller.enqueue(piece);
        else controller.close();
      },
    });
  }

  test("THREATS 22: bodies of 300 MiB, with no length said, on every route that takes one", async () => {
    const { origin, cookie } = playground;
    const long = Buffer.alloc(5);
    long.writeUInt32BE(0x7fff_ffff, 1);
    await refused(async () => {
      for (const [path, headers] of [
        ["/rpc/poolrpc.Trader/GetInfo", callHeaders(playground)],
        ["/rpc/poolrpc.HashMail/SendStream", callHeaders(playground)],
        [
          `/api/confirm?profile=poold&method=${SUBMIT}`,
          { cookie, origin, "content-type": "application/octet-stream" },
        ],
        ["/api/writes", { cookie, origin, "content-type": "application/json" }],
        ["/api/session", { cookie, origin, "content-type": "application/json" }],
        ["/", { cookie, origin }],
      ] as const) {
        const answer = await fetch(origin + path, {
          method: "POST",
          headers,
          body: endless(300, long),
          duplex: "half",
        } as RequestInit).then(
          async (response) => [response.status, response.headers.get("content-type"), await response.text()],
          () => ["hung up"],
        );
        const [status, type, body] = answer as [number | string, string?, string?];
        const said =
          status === "hung up" ||
          (typeof status === "number" && status >= 400) ||
          (type?.startsWith("application/grpc-web") && body?.includes("x-playground-reason: too-large"));
        assert.ok(said, `${path}: ${status} ${body?.slice(0, 200)}`);
      }
    });
  });

  test("THREATS 22: frames and messages over the limit on a socket", async () => {
    await refused(async () => {
      for (const bytes of [MIB + 1, 64 * MIB]) {
        const call = await openCall(playground, "poolrpc.HashMail.SendStream", { profile: "poold" });
        call.send({ kind: "start", metadata: [], deadlineMs: null });
        call.sendMessage(new Uint8Array(bytes));
        const end = (await call.rest()).at(-1);
        const reason = end !== undefined && !Buffer.isBuffer(end) && end.kind === "end" && end.reason;
        // One who goes on writing may find the line cut before the answer is read.
        assert.ok(reason === "too-large" || (bytes > 4 * MIB && end === undefined), `${bytes}: ${reason}`);
      }
      const text = await openCall(playground, METHOD);
      text.sendText(JSON.stringify({ kind: "start", note: "x".repeat(2 * MIB) }));
      await text.rest();
    });
  });

  test("THREATS 22: messages and JSON nested as deep as their size allows", async () => {
    const groups = Buffer.alloc(MIB - 16, 0x0b);
    let nested = Buffer.alloc(0);
    // Fields 2 within fields 2: a Bid within a Bid, which the type does not have, and so unknown from the second on.
    for (let depth = 0; depth < 2_000; depth++) {
      const size: number[] = [];
      for (let rest = nested.length; ; rest >>>= 7) {
        size.push(rest < 128 ? rest : (rest & 127) | 128);
        if (rest < 128) break;
      }
      nested = Buffer.concat([Buffer.from([0x12, ...size]), nested]);
    }
    await refused(async () => {
      const result = await callWeb(playground, SUBMIT, groups, { "x-playground-profile": "poold" });
      assert.equal(result.reason, "hazard", result.message);
      const inner = await callWeb(playground, SUBMIT, nested, { "x-playground-profile": "poold" });
      assert.ok(["hazard", "confirmation"].includes(inner.reason ?? ""), inner.message);
      for (const text of ["[".repeat(MIB - 1), `{"kind":"start","metadata":${"[".repeat(MIB / 2)}`]) {
        const call = await openCall(playground, METHOD);
        call.sendText(text);
        const end = (await call.rest()).at(-1);
        assert.equal(
          end !== undefined && !Buffer.isBuffer(end) && end.kind === "end" && end.reason,
          "bad-request",
        );
      }
      const { origin, cookie } = playground;
      const answer = await fetch(`${origin}/api/writes`, {
        method: "POST",
        headers: { cookie, origin, "content-type": "application/json" },
        body: "[".repeat(4_000),
      });
      assert.equal(answer.status, 400);
    });
  });

  test("THREATS 22: ten thousand header lines, short ones and long ones", async () => {
    const host = `127.0.0.1:${port}`;
    await refused(async () => {
      for (const line of ["a:", "x-a: b", `x-long: ${"v".repeat(2_000)}`]) {
        const lines = Array.from({ length: 10_000 }, () => line);
        const { status } = await sendRaw(port, [
          `POST ${new URL(rpcUrl(playground.origin, METHOD)).pathname} HTTP/1.1`,
          `host: ${host}`,
          ...lines,
          "connection: close",
        ]);
        assert.ok(status === 431 || status === 0, `${line.slice(0, 10)}: ${status}`);
      }
      const metadata = Array.from({ length: 10_000 }, (_, at) => ({ name: `x-${at}`, value: "v" }));
      const call = await openCall(playground, METHOD);
      call.send({ kind: "start", metadata, deadlineMs: null });
      const end = (await call.rest()).at(-1);
      assert.equal(
        end !== undefined && !Buffer.isBuffer(end) && end.kind === "end" && end.reason,
        "too-large",
      );
    });
  });

  test("THREATS 22: heads that never end, many at a time", async () => {
    await refused(async () => {
      const sockets = Array.from({ length: 200 }, () => {
        const socket = connect(port, "127.0.0.1");
        socket.on("error", () => {});
        socket.write(`GET / HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n${"x: y\r\n".repeat(100)}`);
        return socket;
      });
      assert.equal(
        (await callWeb(playground, METHOD, undefined, { "x-playground-profile": "none" })).reason,
        "unknown-profile",
      );
      for (const socket of sockets) socket.destroy();
    });
  });

  test("THREATS 22: a request at the limit still passes", async () => {
    const calls = peer.calls.length;
    // Field 2, which nobody knows, with all bytes that are left.
    const message = Buffer.concat([Buffer.from("12fcff3f", "hex"), Buffer.alloc(MIB - 4)]);
    assert.equal(message.length, MIB);
    assert.equal((await callWeb(playground, METHOD, message)).code, 0);
    assert.equal(peer.calls.length, calls + 1);
  });
});
