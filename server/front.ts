import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { PROFILE_HEADER, RPC_PREFIX, WS_PROTOCOL } from "../lib/call/bridge-protocol.ts";
import { serveLive, serveProfiles, serveSession } from "./api.ts";
import { type Bridge, GRPC_WEB_TYPES, serveGrpcWeb } from "./bridge/grpc-web.ts";
import { serveWebSocket } from "./bridge/web-socket.ts";
import { saveCollection, serveCollection } from "./collections/serve-collection.ts";
import { Doctor } from "./doctor/doctor.ts";
import { serveDoctor } from "./doctor-api.ts";
import type { Gate } from "./gate/gate.ts";
import { type Refusal, refuse, refuseSocket } from "./gate/refusal.ts";
import { securityHeaders } from "./gate/security-headers.ts";
import type { Session } from "./gate/session.ts";
import { LiveStatuses } from "./live.ts";
import { giveSession, stripForSite } from "./site.ts";
import type { ServerOptions } from "./start-server.ts";
import { serveConfirm, serveWrites } from "./writes-api.ts";

/** Which part of the server a request is for. */
export class Front {
  readonly tokenNeeded: boolean;
  readonly #options: ServerOptions;
  readonly #session: Session;
  readonly #gate: Gate;
  readonly #hosts: ReadonlySet<string>;
  readonly #bridge: Bridge;
  readonly #live: LiveStatuses | null;
  readonly #doctor: Doctor;
  readonly #sockets: WebSocketServer;
  /** Headers of what the bridge answers, by the allowed host. */
  readonly #callHeaders = new Map<string | null, ReturnType<typeof securityHeaders>>();
  /** Connections on which an answer is under way. */
  readonly #answering = new WeakSet<Duplex>();

  constructor(
    options: ServerOptions,
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
    this.#doctor = new Doctor(bridge, options);
    this.tokenNeeded = options.accessToken !== undefined || !options.profiles.sandboxOnly;
    this.#sockets = new WebSocketServer({
      noServer: true,
      perMessageDeflate: false,
      // Room for a message that is too long: one that `ws` cuts off itself ends without a word of why.
      maxPayload: 4 * bridge.rules.limits.requestBytes,
      handleProtocols: () => WS_PROTOCOL,
    });
  }

  attach(server: Server): void {
    server.on("request", (req, res) => this.#request(req, res));
    server.on("checkExpectation", (req, res) => this.#request(req, res));
    server.on("upgrade", (req, socket, head) => this.#upgrade(req, socket, head));
    server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
      // What is written now would be read as a part of that answer.
      if (this.#answering.has(socket)) {
        socket.destroy();
        return;
      }
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
    const { socket } = req;
    this.#answering.add(socket);
    res.once("close", () => this.#answering.delete(socket));
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
    if (path === "/api/writes" || path === "/api/confirm") {
      if (req.method !== "POST") return wrongVerb("POST");
      const refusal = this.#gate.admitCall(req);
      const serve = path === "/api/writes" ? serveWrites : serveConfirm;
      if (refusal === null) this.#guard(req, res, serve(req, res, this.#bridge.rules));
      return refusal;
    }
    if (path === "/api/profiles") {
      if (req.method !== "GET") return wrongVerb("GET");
      const refusal = this.#gate.admitRead(req);
      if (refusal === null) serveProfiles(res, this.#bridge.rules);
      return refusal;
    }
    if (path === "/api/live" && this.#live !== null) {
      if (req.method !== "GET") return wrongVerb("GET");
      const refusal = this.#gate.admitRead(req);
      if (refusal === null) this.#guard(req, res, serveLive(req, res, this.#live));
      return refusal;
    }
    if (path === "/api/doctor") {
      if (req.method !== "GET") return wrongVerb("GET");
      const refusal = this.#gate.admitRead(req);
      const { profiles } = this.#bridge.rules;
      if (refusal === null) this.#guard(req, res, serveDoctor(req, res, this.#doctor, profiles));
      return refusal;
    }
    const { collection } = this.#options;
    if (path === "/api/collection" && collection !== undefined) {
      if (req.method !== "GET" && req.method !== "PUT") return wrongVerb("GET, PUT");
      const saves = req.method === "PUT";
      const refusal = saves ? this.#gate.admitCall(req) : this.#gate.admitRead(req);
      const work = () => (saves ? saveCollection(req, res, collection) : serveCollection(res, collection));
      if (refusal === null) this.#guard(req, res, work());
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
    if (req.headers[PROFILE_HEADER] === undefined) {
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

  #headers(asked: string | null, path: string): readonly (readonly [string, string])[] {
    // A name that is not allowed is not echoed either.
    const host = asked !== null && this.#hosts.has(asked) ? asked : null;
    const development = this.#options.development !== undefined;
    if (!isRpc(path)) {
      const scriptHashes = this.#options.inlineScriptHashes?.(path) ?? [];
      return securityHeaders({ host, scriptHashes, development });
    }
    let headers = this.#callHeaders.get(host);
    if (headers === undefined) {
      headers = securityHeaders({ host, scriptHashes: [], development });
      this.#callHeaders.set(host, headers);
    }
    return headers;
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
