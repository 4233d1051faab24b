import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import type { ApiSafety } from "../lib/call/safety.ts";
import type { ServiceRegistry } from "../lib/schema/registry.ts";
import type { CollectionFile } from "./collections/collection-file.ts";
import { createBridge } from "./create-bridge.ts";
import type { InlineScriptHashes } from "./csp.ts";
import { Front } from "./front.ts";
import { allowedHosts } from "./gate/allowed-hosts.ts";
import { createGate } from "./gate/gate.ts";
import { Session } from "./gate/session.ts";
import type { Limits } from "./limits.ts";
import { listen } from "./listen.ts";
import type { LiveCall } from "./live.ts";
import type { Permissions } from "./policy/access.ts";
import type { ProfileStore } from "./profiles/profile-store.ts";
import type { SiteHandler } from "./site.ts";

export interface ServerOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Another address than loopback; needs `accessToken`. */
  readonly host?: string;
  /** Opens the session as often as it is given, unlike the token in `url`. 16 characters or more. */
  readonly accessToken?: string;
  readonly registry: ServiceRegistry;
  readonly permissions: Permissions;
  readonly safety: ApiSafety;
  readonly profiles: ProfileStore;
  readonly site: SiteHandler;
  /** Of a finished build: `collectInlineScriptHashes`. Without it no inline script runs. */
  readonly inlineScriptHashes?: InlineScriptHashes;
  readonly limits?: Partial<Limits>;
  /** Serves `GET /api/live?profile=<id>` from the call of these that the profile serves. */
  readonly live?: readonly LiveCall[];
  /** Serves and saves named requests at `/api/collection`. */
  readonly collection?: CollectionFile;
  /** For `next dev` alone: a looser CSP, and upgrades for its reload. Refused where a real daemon can be reached. */
  readonly development?: { readonly upgrade: (req: IncomingMessage, socket: Duplex, head: Buffer) => void };
  /** The clock of confirmations, in milliseconds; the process's own unless a test has another. */
  readonly now?: () => number;
  /** Takes errors of the program itself, one line each. */
  readonly log?: (line: string) => void;
}

export interface RunningServer {
  readonly port: number;
  /** `http://127.0.0.1:3000` */
  readonly origin: string;
  /** What to open in a browser: with a one-time token in its fragment, where one is needed. */
  readonly url: string;
  /** Cancels every call, closes every connection, and is done when the port is free. */
  stop(): Promise<void>;
}

/**
 * Starts the HTTP server that stands in front of the site and holds the bridge. Throws `PortInUseError` where the port
 * is taken, and an error where the options contradict THREATS.md.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  checkOptions(options);
  const bridge = createBridge(options);
  const { limits } = bridge.rules;
  const { servers, port } = await listen(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: 10_000,
      // A browser sends a POST again when a kept connection closes under it: connections are kept for long.
      keepAliveTimeout: 65_000,
      // The gate answers a missing Host itself, with the headers of every answer.
      requireHostHeader: false,
      noDelay: true,
    },
    options.port,
    options.host,
  );
  const session = new Session(port, options.accessToken ?? null);
  const hosts = allowedHosts(port, options.host);
  const gate = createGate({ hosts, session, headerCount: limits.headerCount });
  const front = new Front(options, session, gate, hosts, bridge);
  for (const server of servers) front.attach(server);

  const wildcard = options.host === undefined || options.host === "0.0.0.0" || options.host === "::";
  const name = wildcard ? "127.0.0.1" : options.host?.includes(":") ? `[${options.host}]` : options.host;
  const origin = `http://${name}:${port}`;
  return {
    port,
    origin,
    url: front.tokenNeeded ? `${origin}/#token=${session.token}` : `${origin}/`,
    stop: async () => {
      front.close();
      bridge.pool.close();
      await Promise.all(servers.map(closeServer));
    },
  };
}

function checkOptions({ host, accessToken, development, profiles }: ServerOptions): void {
  if (host !== undefined && accessToken === undefined) {
    throw new Error("A server beyond loopback needs an access token: give --access-token with --host.");
  }
  if (accessToken !== undefined && accessToken.length < 16) {
    throw new Error("The access token is shorter than 16 characters. Choose a longer one.");
  }
  if (development !== undefined && !profiles.sandboxOnly) {
    throw new Error("The development server is for the sandbox alone. Use npm start for a real daemon.");
  }
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
