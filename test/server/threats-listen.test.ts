import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { test } from "node:test";
import { PortInUseError } from "../../server/listen.ts";
import { startPlaygroundWithPeer } from "./support/playground.ts";

const own = Object.values(networkInterfaces()).flatMap((list) => list ?? []);

function reach(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
    socket.on("timeout", () => {
      socket.destroy();
      resolve(false);
    });
  });
}

test("THREATS 6: listens on loopback only", async () => {
  await using playground = await startPlaygroundWithPeer();
  const { port } = playground;
  assert.ok(await reach("127.0.0.1", port), 'await reach("127.0.0.1", port)');
  if (own.some(({ address }) => address === "::1"))
    assert.ok(await reach("::1", port), 'await reach("::1", port)');
  for (const { address, family, scopeid } of own.filter(({ internal }) => !internal)) {
    const host = family === "IPv6" && scopeid ? `${address}%${scopeid}` : address;
    assert.ok(!(await reach(host, port)), `${address} is reached`);
  }
});

test("THREATS 6: the system's own table shows loopback sockets alone", async (context) => {
  if (!existsSync("/proc/net/tcp")) {
    context.diagnostic("this system has no /proc/net/tcp; the test above tries each address instead");
    return;
  }
  await using playground = await startPlaygroundWithPeer();
  const port = playground.port.toString(16).toUpperCase().padStart(4, "0");
  const listening = ["/proc/net/tcp", "/proc/net/tcp6"]
    .filter((table) => existsSync(table))
    .flatMap((table) => readFileSync(table, "latin1").split("\n").slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => state === "0A" && local?.endsWith(`:${port}`))
    .map(([, local]) => local?.split(":")[0]);
  assert.ok(listening.length > 0, "listening.length > 0");
  for (const address of listening) {
    assert.ok(["0100007F", "00000000000000000000000001000000"].includes(address ?? ""), address);
  }
});

test("a taken port is an error that names it", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as { port: number };
  await assert.rejects(startPlaygroundWithPeer({ port }), (error) => {
    assert.ok(error instanceof PortInUseError, "error instanceof PortInUseError");
    assert.equal(error.code, "EADDRINUSE");
    assert.match(error.message, new RegExp(`Port ${port} is taken`));
    return true;
  });
  other.close();
});

test("stop frees the port and ends what runs", async () => {
  const playground = await startPlaygroundWithPeer();
  assert.ok(await reach("127.0.0.1", playground.port), 'await reach("127.0.0.1", playground.port)');
  await playground[Symbol.asyncDispose]();
  assert.ok(!(await reach("127.0.0.1", playground.port)), '!(await reach("127.0.0.1", playground.port))');
});
