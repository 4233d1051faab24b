import { createServer, type Server, type ServerOptions } from "node:http";

/** The port is taken by another program. */
export class PortInUseError extends Error {
  readonly code = "EADDRINUSE";
  readonly port: number;

  constructor(port: number, cause: unknown) {
    super(`Port ${port} is taken by another program. Choose another with --port, or stop that program.`, {
      cause,
    });
    this.name = "PortInUseError";
    this.port = port;
  }
}

/**
 * Servers that listen on one port of all loopback addresses, or of `host` alone. Port 0 takes any free one.
 * Throws `PortInUseError`.
 */
export async function listen(
  options: ServerOptions,
  port: number,
  host: string | undefined,
): Promise<{ readonly servers: readonly Server[]; readonly port: number }> {
  if (host !== undefined) {
    const server = await bind(options, port, host);
    return { servers: [server], port: portOf(server) };
  }
  for (let attempt = 0; ; attempt++) {
    const first = await bind(options, port, "127.0.0.1");
    try {
      const second = await bind(options, portOf(first), "::1");
      return { servers: [first, second], port: portOf(first) };
    } catch (error) {
      if (hasNoIPv6(error)) return { servers: [first], port: portOf(first) };
      first.close();
      // The free port that IPv4 gave may be taken on IPv6: another one is tried.
      if (port !== 0 || !(error instanceof PortInUseError) || attempt === 20) throw error;
    }
  }
}

function bind(options: ServerOptions, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(options);
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? new PortInUseError(port, error) : error),
    );
    server.listen({ port, host, ipv6Only: true }, () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server listens on no port");
  return address.port;
}

function hasNoIPv6(error: unknown): boolean {
  return ["EADDRNOTAVAIL", "EAFNOSUPPORT"].includes((error as NodeJS.ErrnoException).code ?? "");
}
