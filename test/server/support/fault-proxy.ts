import { connect, createServer, type Socket } from "node:net";

/** What happens on the open connections from now on. */
export type Fault =
  | { readonly kind: "none" }
  /** Each piece waits, in both directions. */
  | { readonly kind: "latency"; readonly ms: number }
  /** TCP RST as soon as the client writes. */
  | { readonly kind: "reset" }
  /** The client is told that nothing more comes, and what it writes is still taken. */
  | { readonly kind: "half-close" }
  /** Nothing passes, and nobody is told. */
  | { readonly kind: "silence" }
  /** Bytes of no meaning come in place of an answer. */
  | { readonly kind: "garbage" };

/** A TCP proxy in front of a daemon that does to its connections what a test says. */
export interface FaultProxy extends AsyncDisposable {
  readonly port: number;
  fault: Fault;
  /** Nothing passes any more on the connections that are open now, whatever `fault` says, and nobody is told. */
  silenceOpen(): void;
}

export async function startFaultProxy(target: number): Promise<FaultProxy> {
  const sockets = new Set<Socket>();
  const opened = new Set<Socket>();
  const silent = new Set<Socket>();
  const proxy = { fault: { kind: "none" } as Fault };
  const server = createServer((client) => {
    const daemon = connect(target, "127.0.0.1");
    for (const socket of [client, daemon]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => {});
      socket.on("close", () => sockets.delete(socket));
    }
    opened.add(client);
    const pass = (to: Socket, chunk: Buffer) => {
      if (to.writable) to.write(chunk);
    };
    client.on("data", (chunk) => {
      if (silent.has(client)) return;
      const { fault } = proxy;
      if (fault.kind === "none") pass(daemon, chunk);
      else if (fault.kind === "latency") setTimeout(pass, fault.ms, daemon, chunk);
      else if (fault.kind === "reset") client.resetAndDestroy();
      else if (fault.kind === "half-close") client.end();
      else if (fault.kind === "garbage") client.write(Buffer.alloc(64, 0xa5));
    });
    daemon.on("data", (chunk) => {
      if (silent.has(client)) return;
      const { fault } = proxy;
      if (fault.kind === "none") pass(client, chunk);
      else if (fault.kind === "latency") setTimeout(pass, fault.ms, client, chunk);
    });
    client.on("close", () => daemon.destroy());
    daemon.on("close", () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return Object.assign(proxy, {
    port,
    silenceOpen: () => {
      for (const client of opened) silent.add(client);
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}
