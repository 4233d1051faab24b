import http2 from "node:http2";

/** What came of a call: a message, a status other than OK, or nothing at all in time. */
export type GrpcAnswer =
  | { readonly kind: "message"; readonly bytes: Buffer }
  | { readonly kind: "status"; readonly code: number; readonly message: string }
  | { readonly kind: "silent" }
  | { readonly kind: "unreachable" };

/** A call as it goes over the wire. */
export interface GrpcCall {
  readonly port: number;
  readonly ca: Buffer;
  /** `/poolrpc.Trader/GetInfo` */
  readonly path: string;
  readonly message: Uint8Array;
  readonly metadata: readonly (readonly [string, string])[];
  /** How long to wait, in ms. */
  readonly patience: number;
}

/** Makes one unary call over TLS and HTTP/2 with nothing in between, so that any bytes can be sent. */
export function callGrpc(call: GrpcCall): Promise<GrpcAnswer> {
  const session = http2.connect(`https://localhost:${call.port}`, { ca: call.ca });
  return new Promise<GrpcAnswer>((resolve) => {
    const timer = setTimeout(() => resolve({ kind: "silent" }), call.patience);
    const finish = (answer: GrpcAnswer) => {
      clearTimeout(timer);
      resolve(answer);
    };
    session.on("error", () => finish({ kind: "unreachable" }));
    const headers: http2.OutgoingHttpHeaders = {
      ":method": "POST",
      ":path": call.path,
      "content-type": "application/grpc",
      te: "trailers",
    };
    for (const [name, value] of call.metadata) {
      headers[name] = name in headers ? [headers[name] as string, value].flat() : value;
    }
    const stream = session.request(headers);
    const chunks: Buffer[] = [];
    let fields: http2.IncomingHttpHeaders = {};
    stream.on("response", (received) => {
      fields = { ...fields, ...received };
    });
    stream.on("trailers", (received) => {
      fields = { ...fields, ...received };
      // A server that has had enough answers while the request is still on its way.
      setImmediate(() => finish(read(Buffer.concat(chunks), fields)));
    });
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("error", () => undefined);
    // A connection that failed says so only after its streams have closed.
    stream.on("close", () => setImmediate(() => finish(read(Buffer.concat(chunks), fields))));
    stream.end(frame(call.message));
  }).finally(() => session.destroy());
}

function frame(message: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

function read(body: Buffer, fields: http2.IncomingHttpHeaders): GrpcAnswer {
  const status = fields["grpc-status"];
  if (status === undefined) return { kind: "silent" };
  return status === "0"
    ? { kind: "message", bytes: body.subarray(5) }
    : {
        kind: "status",
        code: Number(status),
        message: decodeURIComponent(String(fields["grpc-message"] ?? "")),
      };
}
