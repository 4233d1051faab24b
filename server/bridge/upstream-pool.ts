import type {
  ClientHttp2Session,
  ClientHttp2Stream,
  ClientSessionRequestOptions,
  OutgoingHttpHeaders,
} from "node:http2";
import type { Limits } from "../limits.ts";
import { formatAddress } from "../profiles/address.ts";
import { type PinnedCertificate, readCertificate } from "../profiles/certificate.ts";
import { NO_CERTIFICATE, NO_MACAROON } from "../profiles/credential-files.ts";
import { macaroonHex } from "../profiles/macaroon-bytes.ts";
import type { Endpoint } from "../profiles/profile-store.ts";
import { WatchedFile } from "../profiles/watched-file.ts";
import { type BridgeFailure, failure } from "./failure.ts";
import { connectPinned } from "./pinned-connection.ts";

/** A verified connection, and the macaroon to send over it (null: the endpoint asks for none). */
export interface OpenEndpoint {
  readonly kind: "open";
  readonly session: PooledSession;
  readonly macaroon: string | null;
  /** What this call waited for the connection, in milliseconds; 0 where it was open already. */
  readonly connectMs: number;
}

/** One connection per endpoint: made when it is needed, shared by its calls, made anew when its certificate changes. */
export class UpstreamPool {
  readonly #limits: Limits;
  readonly #showPath: (path: string) => string;
  readonly #connections = new Map<Endpoint, EndpointConnection>();

  /** `showPath` writes a path as errors may show it. */
  constructor(limits: Limits, showPath: (path: string) => string) {
    this.#limits = limits;
    this.#showPath = showPath;
  }

  /** `label` is the profile's, for errors. The files are looked at for every call. */
  open(endpoint: Endpoint, label: string): Promise<OpenEndpoint | BridgeFailure> {
    let connection = this.#connections.get(endpoint);
    if (connection === undefined) {
      connection = new EndpointConnection(endpoint, label, this.#limits, this.#showPath);
      this.#connections.set(endpoint, connection);
    }
    return connection.open();
  }

  /** Ends every connection and what still runs on it. */
  close(): void {
    for (const connection of this.#connections.values()) connection.close();
    this.#connections.clear();
  }
}

/** A session that closes when it has had no call for a while. */
export class PooledSession {
  readonly #session: ClientHttp2Session;
  #calls = 0;
  #retired = false;

  constructor(session: ClientHttp2Session, idleMs: number) {
    this.#session = session;
    // Node's timer knows of traffic, not of calls: a stream may be silent for longer.
    session.setTimeout(idleMs, () => {
      if (this.#calls > 0) return;
      if (this.#retired) session.destroy();
      else session.close();
    });
  }

  get usable(): boolean {
    return !this.#retired && !this.#session.closed && !this.#session.destroyed;
  }

  /**
   * Takes no more calls. For a connection on which a call got no answer at all: it may be dead without anybody having
   * said so, and Node tells nothing of one that HTTP/2 gave up over a frame that is none. Calls that run go on.
   */
  retire(): void {
    this.#retired = true;
    this.#session.close();
  }

  request(headers: OutgoingHttpHeaders, options: ClientSessionRequestOptions): ClientHttp2Stream {
    const stream = this.#session.request(headers, { ...options, endStream: false });
    this.#calls++;
    stream.once("close", () => this.#calls--);
    return stream;
  }

  close(): void {
    this.#session.close();
  }

  destroy(): void {
    this.#session.destroy();
  }
}

interface Connection {
  readonly version: string;
  readonly session: Promise<PooledSession | BridgeFailure>;
  /** Whether the session is there. */
  open: boolean;
}

class EndpointConnection {
  readonly #endpoint: Endpoint;
  readonly #limits: Limits;
  readonly #where: string;
  readonly #showPath: (path: string) => string;
  readonly #certificate: WatchedFile<PinnedCertificate>;
  readonly #macaroon: WatchedFile<string> | null;
  readonly #sessions = new Set<PooledSession>();
  /** The connection for new calls. Older ones live on until their calls are done. */
  #current: Connection | null = null;
  #closed = false;

  constructor(endpoint: Endpoint, label: string, limits: Limits, showPath: (path: string) => string) {
    this.#showPath = showPath;
    this.#endpoint = endpoint;
    this.#limits = limits;
    this.#where = `${label} at ${formatAddress(endpoint.address)}`;
    this.#certificate = new WatchedFile(endpoint.tlsCertPath, readCertificate, NO_CERTIFICATE);
    this.#macaroon =
      endpoint.macaroonPath === null
        ? null
        : new WatchedFile(endpoint.macaroonPath, macaroonHex, NO_MACAROON);
  }

  async open(): Promise<OpenEndpoint | BridgeFailure> {
    const certificate = this.#certificate.read();
    if (certificate.kind !== "ok") {
      return failure(
        "tls-unreadable",
        `The certificate ${this.#showPath(this.#certificate.path)} of ${this.#where} cannot be used: ${certificate.why}. Put the daemon's own certificate there.`,
      );
    }
    const macaroon = this.#macaroon?.read() ?? null;
    if (macaroon !== null && macaroon.kind !== "ok") {
      return failure(
        "macaroon-unreadable",
        `The macaroon ${this.#showPath(this.#macaroon?.path ?? "")} of ${this.#where} cannot be used: ${macaroon.why}. Put the daemon's own macaroon there.`,
      );
    }
    if (this.#current?.version !== certificate.version) {
      void this.#current?.session.then((session) => "usable" in session && session.close());
      this.#current = null;
    }
    const askedAt = performance.now();
    let waited = false;
    for (;;) {
      this.#current ??= this.#connect(certificate.value, certificate.version);
      const connection = this.#current;
      waited ||= !connection.open;
      const session = await connection.session;
      if ("kind" in session) return session;
      if (session.usable) {
        const connectMs = waited ? performance.now() - askedAt : 0;
        return { kind: "open", session, macaroon: macaroon?.value ?? null, connectMs };
      }
      this.#forget(connection);
    }
  }

  close(): void {
    this.#closed = true;
    for (const session of this.#sessions) session.destroy();
  }

  #connect(pinned: PinnedCertificate, version: string): Connection {
    const session = connectPinned({
      address: this.#endpoint.address,
      where: this.#where,
      certPath: this.#showPath(this.#endpoint.tlsCertPath),
      pinned,
      connectMs: this.#limits.connectMs,
    }).then((opened) => {
      if ("reason" in opened) {
        this.#forget(connection);
        return opened;
      }
      const pooled = new PooledSession(opened, this.#limits.idleMs);
      this.#sessions.add(pooled);
      if (this.#closed) pooled.destroy();
      opened.once("goaway", () => this.#forget(connection));
      opened.once("close", () => {
        this.#forget(connection);
        this.#sessions.delete(pooled);
      });
      // Each call hears of a broken session through its own stream.
      opened.on("error", () => this.#forget(connection));
      connection.open = true;
      return pooled;
    });
    const connection: Connection = { version, session, open: false };
    return connection;
  }

  #forget(connection: Connection): void {
    if (this.#current === connection) this.#current = null;
  }
}
