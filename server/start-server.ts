import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { FileRegistry } from "@bufbuild/protobuf";
import { type WebSocket, WebSocketServer } from "ws";
import { RPC_PREFIX, WS_PROTOCOL } from "../lib/call/bridge-protocol.ts";
import { serveLive, serveProfiles, serveSession } from "./api.ts";
import { type Bridge, GRPC_WEB_TYPES, serveGrpcWeb } from "./bridge/grpc-web.ts";
import { InFlight } from "./bridge/in-flight.ts";
import { UpstreamPool } from "./bridge/upstream-pool.ts";
import { serveWebSocket } from "./bridge/web-socket.ts";
import type { InlineScriptHashes } from "./csp.ts";
import { allowedHosts } from "./gate/allowed-hosts.ts";
import { createGate, type Gate } from "./gate/gate.ts";
import { type Refusal, refuse, refuseSocket } from "./gate/refusal.ts";
import { securityHeaders } from "./gate/security-headers.ts";
import { Session } from "./gate/session.ts";
import { DEFAULT_LIMITS, type Limits } from "./limits.ts";
import { listen } from "./listen.ts";
import { type LiveCall, LiveStatuses } from "./live.ts";
import type { Permissions } from "./policy/access.ts";
import type { ProfileStore } from "./profiles/profile-store.ts";
import { giveSession, type SiteHandler, stripForSite } from "./site.ts";

export interface ServerOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Another address than loopback; needs `accessToken`. */
  readonly host?: string;
  /** Opens the session as often as it is given, unlike the token in `url`. 16 characters or more. */
  readonly accessToken?: string;
  readonly registry: FileRegistry;
  readonly permissions: Permissions;
  readonly profiles: ProfileStore;
  readonly site: SiteHandler;
  /** Of a finished build: `collectInlineScriptHashes`. Without it no inline script runs. */
  readonly inlineScriptHashes?: InlineScriptHashes;
  readonly limits?: Partial<Limits>;
  /** Serves `GET /api/live?profile=<id>` from this call. */
  readonly live?: LiveCall;
  /** For `next dev` alone: a looser CSP, and upgrades for its reload. Refused where a real daemon can be reached. */
  readonly development?: { readonly upgrade: (req: IncomingMessage, socket: Duplex, head: Buffer) => void };
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
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits };
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
  const pool = new UpstreamPool(limits, options.profiles.showPath);
  const bridge: Bridge = {
    rules: {
      registry: options.registry,
      permissions: options.permissions,
      profiles: options.profiles,
      limits,
    },
    pool,
    inFlight: new InFlight(limits.callsInFlight),
  };
  const front = new Front(options, limits, session, gate, hosts, bridge);
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
      pool.close();
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

/** Which part of the server a request is for. */
class Front {
  readonly tokenNeeded: boolean;
  readonly #options: ServerOptions;
  readonly #session: Session;
  readonly #gate: Gate;
  readonly #hosts: ReadonlySet<string>;
  readonly #bridge: Bridge;
  readonly #live: LiveStatuses | null;
  readonly #sockets: WebSocketServer;

  constructor(
    options: ServerOptions,
    limits: Limits,
    session: Session,
    gate: Gate,
    hosts: ReadonlySet<string>,
    bridge: Bridge,
  ) {
    this.#options = options;
    this.#session = session;
    this.#gate = gate;
    this.#hosts = hosts;
    this.#bridge = bridge;
    this.#live = options.live === undefined ? null : new LiveStatuses(bridge, options.live);
    this.tokenNeeded = options.accessToken !== undefined || !options.profiles.sandboxOnly;
    this.#sockets = new WebSocketServer({
      noServer: true,
      perMessageDeflate: false,
      maxPayload: limits.requestBytes,
      handleProtocols: () => WS_PROTOCOL,
    });
  }

  attach(server: Server): void {
    // Node drops lines over this number without a word; the gate counts them instead.
    server.maxHeadersCount = 0;
    server.on("request", (req, res) => this.#request(req, res));
    server.on("checkExpectation", (req, res) => this.#request(req, res));
    server.on("upgrade", (req, socket, head) => this.#upgrade(req, socket, head));
    server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
      const status = error.code === "HPE_HEADER_OVERFLOW" ? 431 : 400;
      const message =
        status === 431 ? "The head of the request is too large." : "The request is not valid HTTP.";
      refuseSocket(socket, { status, code: "head", message }, this.#headers(null, ""));
    });
  }

  close(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  #request(req: IncomingMessage, res: ServerResponse): void {
    const path = (req.url ?? "").split("?", 1)[0] ?? "";
    for (const [name, value] of this.#headers(req.headers.host ?? null, path)) res.setHeader(name, value);
    const refusal = this.#gate.admit(req) ?? this.#route(req, res, path);
    if (refusal !== null) refuse(req, res, refusal);
  }

  /** Gives the request to what serves its path, or says why not. */
  #route(req: IncomingMessage, res: ServerResponse, path: string): Refusal | null {
    if (req.method === "OPTIONS") return wrongVerb("GET, HEAD, POST");
    if (isRpc(path)) return this.#rpc(req, res, path);
    if (path === "/api/session") {
      if (req.method !== "POST") return wrongVerb("POST");
      const refusal = this.#gate.admitOrigin(req);
      if (refusal === null) this.#guard(req, res, serveSession(req, res, this.#session));
      return refusal;
    }
    if (path === "/api/profiles") {
      if (req.method !== "GET") return wrongVerb("GET");
      const refusal = this.#gate.admitRead(req);
      if (refusal === null) serveProfiles(res, this.#options.profiles);
      return refusal;
    }
    if (path === "/api/live" && this.#live !== null) {
      if (req.method !== "GET") return wrongVerb("GET");
      const refusal = this.#gate.admitRead(req);
      if (refusal === null) this.#guard(req, res, serveLive(req, res, this.#live));
      return refusal;
    }
    // Pages and assets are only ever read: this also shuts the door on server actions.
    if (req.method !== "GET" && req.method !== "HEAD" && !this.#isOverlay(req, path)) {
      return wrongVerb("GET, HEAD");
    }
    if (!this.tokenNeeded) giveSession(req, res, this.#session);
    stripForSite(req);
    this.#guard(req, res, this.#options.site(req, res));
    return null;
  }

  /** Whether the error overlay of `next dev` asks for the sources of a stack. */
  #isOverlay(req: IncomingMessage, path: string): boolean {
    const asks = req.method === "POST" && path === "/__nextjs_original-stack-frames";
    return asks && this.#options.development !== undefined && this.#gate.admitOrigin(req) === null;
  }

  #rpc(req: IncomingMessage, res: ServerResponse, path: string): Refusal | null {
    const target = rpcTarget(path);
    if (target === null)
      return { status: 404, code: "not-found", message: "Calls go to /rpc/<service>/<method>." };
    if (req.method !== "POST") return wrongVerb("POST");
    const refusal = this.#gate.admitCall(req);
    if (refusal !== null) return refusal;
    if (!GRPC_WEB_TYPES.includes(req.headers["content-type"] ?? "")) {
      return {
        status: 415,
        code: "content-type",
        message: `A call's content type is ${GRPC_WEB_TYPES.join(" or ")}.`,
      };
    }
    if (req.headers["x-playground-profile"] === undefined) {
      return { status: 400, code: "header", message: "A call names its profile in x-playground-profile." };
    }
    serveGrpcWeb(req, res, target, this.#bridge);
    return null;
  }

  #upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    const [path = "", query] = (req.url ?? "").split("?", 2);
    const target = rpcTarget(path);
    const { development } = this.#options;
    if (target === null && development !== undefined && path.startsWith("/_next/")) {
      const refusal = this.#gate.admitOrigin(req);
      if (refusal === null) development.upgrade(req, socket, head);
      else refuseSocket(socket, refusal, this.#headers(req.headers.host ?? null, path));
      return;
    }
    const profile = new URLSearchParams(query).get("profile");
    const protocols = (req.headers["sec-websocket-protocol"] ?? "").split(",").map((name) => name.trim());
    const refusal =
      this.#gate.admit(req) ??
      (target === null ? NO_SOCKET : null) ??
      this.#gate.admitCall(req) ??
      (protocols.includes(WS_PROTOCOL) && profile !== null ? null : BAD_SOCKET);
    if (refusal !== null || target === null || profile === null) {
      refuseSocket(socket, refusal ?? NO_SOCKET, this.#headers(req.headers.host ?? null, path));
      return;
    }
    this.#sockets.handleUpgrade(req, socket, head, (webSocket: WebSocket) => {
      serveWebSocket(webSocket, { ...target, profile }, this.#bridge);
    });
  }

  #headers(host: string | null, path: string): readonly (readonly [string, string])[] {
    return securityHeaders({
      // A name that is not allowed is not echoed either.
      host: host !== null && this.#hosts.has(host) ? host : null,
      scriptHashes: isRpc(path) ? [] : (this.#options.inlineScriptHashes?.(path) ?? []),
      development: this.#options.development !== undefined,
    });
  }

  /** Answers for a handler that threw: the reason goes to the log, not to the browser. */
  #guard(req: IncomingMessage, res: ServerResponse, work: Promise<void>): void {
    work.catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : "an error without a message";
      this.#options.log?.(`${req.method} ${req.url?.split("?", 1)[0]} failed: ${reason}`);
      if (res.headersSent) res.destroy();
      else
        refuse(req, res, {
          status: 500,
          code: "failed",
          message: "The server failed. Look into its output.",
        });
    });
  }
}

const NO_SOCKET: Refusal = { status: 404, code: "not-found", message: "There is no WebSocket at this path." };

const BAD_SOCKET: Refusal = {
  status: 400,
  code: "header",
  message: `A call's WebSocket has the subprotocol ${WS_PROTOCOL} and names its profile in the query.`,
};

function wrongVerb(allow: string): Refusal {
  return { status: 405, code: "verb", message: `Only ${allow} is served here.`, allow };
}

function isRpc(path: string): boolean {
  return path.startsWith(RPC_PREFIX) || path === RPC_PREFIX.slice(0, -1);
}

function rpcTarget(path: string): { readonly service: string; readonly method: string } | null {
  const match = /^\/rpc\/([A-Za-z0-9_.]+)\/([A-Za-z0-9_]+)$/.exec(path);
  return match?.[1] === undefined || match[2] === undefined ? null : { service: match[1], method: match[2] };
}
