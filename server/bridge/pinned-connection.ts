import { type ClientHttp2Session, connect as connectHttp2 } from "node:http2";
import { isIP } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import type { Address } from "../profiles/address.ts";
import { formatAddress } from "../profiles/address.ts";
import type { PinnedCertificate } from "../profiles/certificate.ts";
import { type BridgeFailure, failure } from "./failure.ts";
import { explainFailedConnection } from "./tls-failure.ts";

/** Where to connect, and the certificate that must be found there. */
export interface PinnedTarget {
  readonly address: Address;
  readonly where: string;
  readonly certPath: string;
  readonly pinned: PinnedCertificate;
  readonly connectMs: number;
}

/** Flow control: one stream that nobody reads must not use up what the connection may hold. */
const STREAM_WINDOW = 256 << 10;
const CONNECTION_WINDOW = 16 << 20;

/**
 * An HTTP/2 connection to `address` over TLS whose certificate is pinned and names the host. Before it is verified
 * not one byte of a call, and no credential, is written.
 */
export async function connectPinned(target: PinnedTarget): Promise<ClientHttp2Session | BridgeFailure> {
  const socket = await handshake(target);
  if ("kind" in socket) return socket;
  const session = connectHttp2(`https://${formatAddress(target.address)}`, {
    createConnection: () => socket,
    settings: { enablePush: false, initialWindowSize: STREAM_WINDOW },
  });
  session.once("connect", () => {
    // Node says "connect" of a session that was destroyed by then, too.
    if (!session.destroyed) session.setLocalWindowSize(CONNECTION_WINDOW);
  });
  return session;
}

function handshake(target: PinnedTarget): Promise<TLSSocket | BridgeFailure> {
  const { address, where, certPath, pinned } = target;
  return new Promise((resolve) => {
    const socket = connectTls({
      host: address.host,
      port: address.port,
      ...(isIP(address.host) === 0 ? { servername: address.host } : {}),
      ca: pinned.pem,
      // Said aloud because NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment would change the default.
      rejectUnauthorized: true,
      minVersion: "TLSv1.2",
      ALPNProtocols: ["h2"],
    });
    let presented: Buffer | null = null;
    // Node destroys the socket before it reports a bad certificate, and with it the certificate. This is the one
    // moment at which it can still be asked for, to show its fingerprint.
    const destroy = socket.destroy.bind(socket);
    socket.destroy = (error) => {
      presented ??= socket.getPeerCertificate()?.raw ?? null;
      return destroy(error);
    };
    const timer = setTimeout(() => {
      settle(
        socket.connecting
          ? failure(
              "unreachable",
              `${where} does not answer within ${target.connectMs} ms. Check the address and that the daemon runs.`,
            )
          : failure(
              "tls-failed",
              `${where} accepts connections but does not finish the TLS handshake within ${target.connectMs} ms. Use the daemon's gRPC port.`,
            ),
      );
      destroy();
    }, target.connectMs);
    const settle = (result: TLSSocket | BridgeFailure) => {
      clearTimeout(timer);
      resolve(result);
    };
    socket.on("error", (error: NodeJS.ErrnoException) => {
      settle(explainFailedConnection({ error, where, certPath, pinned, presented }));
    });
    socket.once("secureConnect", () => {
      if (socket.authorized && socket.alpnProtocol === "h2") {
        socket.setNoDelay(true);
        settle(socket);
        return;
      }
      settle(
        failure(
          "not-grpc",
          `${where} speaks TLS but not HTTP/2, so it is no gRPC server. Use the daemon's gRPC port.`,
        ),
      );
      destroy();
    });
  });
}
