import { create, type DescMethodStreaming, fromJson, toBinary } from "@bufbuild/protobuf";
import { ConnectError, type Transport } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import {
  canonicalBytes,
  isAuctioneers,
  PATIENCE,
  portOf,
  type ScriptClient,
  type ScriptTarget,
} from "../script-client.ts";

/** `@connectrpc/connect-node` over gRPC. */
export function createConnectClient(target: ScriptTarget): ScriptClient {
  const transports = new Map<number, Transport>();
  const transportTo = (port: number): Transport => {
    let transport = transports.get(port);
    if (transport === undefined) {
      transport = createGrpcTransport({
        baseUrl: `https://localhost:${port}`,
        nodeOptions: { ca: target.ca },
        // A session left open would keep the process alive.
        idleConnectionTimeoutMs: 200,
      });
      transports.set(port, transport);
    }
    return transport;
  };
  return {
    name: "connect-node",
    can: () => true,
    close: async () => {},
    async call({ method, requests, take }) {
      const abort = new AbortController();
      const headers = isAuctioneers(method) ? {} : { macaroon: target.macaroon };
      const replies = [];
      async function* messages() {
        for (const request of requests) yield fromJson(method.input, request);
      }
      try {
        const stream = await transportTo(portOf(target, method)).stream(
          // The transport frames all four kinds of call alike.
          method as DescMethodStreaming,
          // A timeout of Connect's own would keep the process alive for as long after a stream that was ended early.
          AbortSignal.any([abort.signal, AbortSignal.timeout(PATIENCE)]),
          undefined,
          headers,
          messages(),
        );
        for await (const reply of stream.message) {
          replies.push(canonicalBytes(method, toBinary(method.output, create(method.output, reply))));
          if (replies.length === take) {
            abort.abort();
            break;
          }
        }
        return { code: 0, message: "", replies };
      } catch (cause) {
        const { code, rawMessage } = ConnectError.from(cause);
        return { code, message: rawMessage, replies };
      }
    },
  };
}
