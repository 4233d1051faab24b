import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer as createTcpServer, type Socket } from "node:net";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { bindOwnPort } from "../../support/own-port.ts";
import { type CertificateWish, issueCertificate } from "../../support/peer/certificate.ts";

/** A server that keeps every byte that it is given, after decryption where it speaks TLS. */
export interface Recorder {
  readonly port: number;
  readonly received: () => Buffer;
  /** Connections that were made to it. */
  readonly connections: () => number;
  /** PEM, where it speaks TLS. */
  readonly cert: string;
  stop(): void;
}

/** Speaks TLS with a certificate of its own, and then says nothing. */
export function startTlsRecorder(wish: CertificateWish, alpn: readonly string[] = ["h2"]): Promise<Recorder> {
  const { cert, key } = issueCertificate(wish);
  return record(
    (onSocket) =>
      createTlsServer({ cert, key, ALPNProtocols: [...alpn] }, onSocket).on("tlsClientError", () => {}),
    () => {},
    cert,
  );
}

/** Speaks no TLS; `greet` may answer to what comes. */
export function startPlainRecorder(greet: (socket: Socket) => void): Promise<Recorder> {
  return record((onSocket) => createTcpServer(onSocket), greet, "");
}

async function record(
  create: (onSocket: (socket: Socket) => void) => ReturnType<typeof createTcpServer>,
  greet: (socket: Socket) => void,
  cert: string,
): Promise<Recorder> {
  const chunks: Buffer[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = create((socket) => {
    socket.on("data", (chunk) => chunks.push(Buffer.from(chunk)));
    socket.on("error", () => {});
    greet(socket);
  });
  server.on("connection", (socket: Socket) => {
    connections++;
    sockets.add(socket);
    socket.on("error", () => {});
  });
  const port = await bindOwnPort(async (own) => {
    server.listen(own, "127.0.0.1");
    await once(server, "listening");
    return own;
  });
  return {
    port,
    received: () => Buffer.concat(chunks),
    connections: () => connections,
    cert,
    stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** A macaroon whose identifier is easily found among other bytes. */
export const CANARY = "CANARY-c0ffee-0123456789abcdef";

/** The V2 bytes of a macaroon with `CANARY` in it. */
export function canaryMacaroon(): Buffer {
  const field = (type: number, value: Buffer) => Buffer.concat([Buffer.from([type, value.length]), value]);
  return Buffer.concat([
    Buffer.from([2]),
    field(1, Buffer.from("pool")),
    field(2, Buffer.from(CANARY)),
    Buffer.from([0, 0]),
    field(6, Buffer.alloc(32, 0xa5)),
  ]);
}

/** Writes `tls.cert` and `pool.macaroon` of a profile into a folder. */
export function writeCredentials(folder: string, cert: string, macaroon: Uint8Array = canaryMacaroon()) {
  const paths = { tlsCertPath: join(folder, "tls.cert"), macaroonPath: join(folder, "pool.macaroon") };
  writeFileSync(paths.tlsCertPath, cert);
  writeFileSync(paths.macaroonPath, macaroon);
  return paths;
}

/** The forms in which a secret could leak. */
export function formsOf(secret: Uint8Array): readonly string[] {
  const bytes = Buffer.from(secret);
  const forms = [
    bytes.toString("latin1"),
    bytes.toString("hex"),
    bytes.toString("base64"),
    bytes.toString("base64url"),
  ];
  const escaped = bytes.toString("hex").replace(/../g, "%$&");
  return [
    ...forms,
    ...forms.map((form) => form.toUpperCase()),
    escaped,
    escaped.toUpperCase(),
    encodeURIComponent(forms[2] ?? ""),
  ];
}
