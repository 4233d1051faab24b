import http2, { type Http2SecureServer, type Http2Session } from "node:http2";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";
import type { RestHandler } from "../rest/rest-handler.ts";
import { onFreePort } from "./free-port.ts";
import type { GrpcHandler } from "./grpc-handler.ts";

/** One port that serves gRPC or REST over TLS, on the host and, for 127.0.0.1, on ::1 too when that is free. */
export interface Listener {
  readonly port: number;
  /** Ends all connections; resolves once the port is free. */
  close(): Promise<void>;
}

/** Where and as whom to listen. Port 0 takes any. */
export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  readonly cert: string;
  readonly key: string;
  readonly handler: GrpcHandler | RestHandler;
  /** Whether HTTP/1.1 is spoken too. */
  readonly http1?: boolean;
}

/** Listens on the wanted port or the next that is free. */
export function listenOnFreePort(options: ListenOptions): Promise<Listener> {
  return onFreePort(options.port, (port) => listen({ ...options, port }));
}

/** Rejects with the system's error (`EADDRINUSE`, …) when the port cannot be had. */
export async function listen(options: ListenOptions): Promise<Listener> {
  const first = await openServer(options, options.host, options.port);
  const servers = [first];
  if (options.host === "127.0.0.1") {
    // Machines without IPv6, or with another program there, do with 127.0.0.1.
    const second = await openServer(options, "::1", first.port).catch(() => undefined);
    if (second !== undefined) {
      servers.push(second);
    }
  }
  return {
    port: first.port,
    close: async () => {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

function openServer(options: ListenOptions, host: string, port: number): Promise<Listener> {
  const server = http2.createSecureServer(
    {
      cert: options.cert,
      key: options.key,
      ALPNProtocols: options.http1 ? ["h2", "http/1.1"] : ["h2"],
      allowHTTP1: options.http1 === true,
      minVersion: "TLSv1.2",
    },
    options.handler as GrpcHandler,
  );
  const sessions = new Set<Http2Session>();
  server.on("session", (session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
    // A client that goes away mid-flight is its own affair.
    session.on("error", () => undefined);
  });
  const sockets = new Set<TLSSocket>();
  server.on("secureConnection", (socket: TLSSocket) => {
    // Those of HTTP/2 end with their session.
    if (socket.alpnProtocol === "h2") return;
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
  });
  server.on("sessionError", () => undefined);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port, ipv6Only: host === "::1" }, () => {
      server.off("error", reject);
      server.on("error", () => undefined);
      resolve({
        port: (server.address() as AddressInfo).port,
        close: () => closeServer(server, sessions, sockets),
      });
    });
  });
}

function closeServer(
  server: Http2SecureServer,
  sessions: ReadonlySet<Http2Session>,
  sockets: ReadonlySet<TLSSocket>,
): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const session of sessions) {
      session.destroy();
    }
    for (const socket of sockets) {
      socket.destroy();
    }
  });
}
