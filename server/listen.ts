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

/** Servers that share one port of several addresses. */
export interface Listening {
  readonly servers: readonly Server[];
  readonly port: number;
}

/**
 * Listens on one port of both loopback addresses, and of `host` too where it is given. Port 0 takes any that is free on
 * all of them. Throws `PortInUseError`.
 */
export async function listen(
  options: ServerOptions,
  port: number,
  host: string | undefined,
): Promise<Listening> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await listenOnAll(options, port, addresses(host));
    } catch (error) {
      // The port that was free on the first address may be taken on the next: another one is tried.
      if (port !== 0 || !(error instanceof PortInUseError) || attempt === 20) throw error;
    }
  }
}

function addresses(host: string | undefined): readonly string[] {
  if (host === "0.0.0.0") return ["0.0.0.0", "::1"];
  if (host === "::") return ["127.0.0.1", "::"];
  return [...new Set(["127.0.0.1", "::1", host ?? "::1"])];
}

async function listenOnAll(
  options: ServerOptions,
  port: number,
  hosts: readonly string[],
): Promise<Listening> {
  const servers: Server[] = [];
  let bound = port;
  try {
    for (const host of hosts) {
      const server = await bind(options, bound, host).catch((error: unknown) => {
        // A machine without IPv6 has one loopback address.
        if (host === "::1" && isMissingAddress(error)) return null;
        throw error;
      });
      if (server === null) continue;
      servers.push(server);
      bound = portOf(server);
    }
    return { servers, port: bound };
  } catch (error) {
    for (const server of servers) server.close();
    throw error;
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

function isMissingAddress(error: unknown): boolean {
  return ["EADDRNOTAVAIL", "EAFNOSUPPORT"].includes((error as NodeJS.ErrnoException).code ?? "");
}
