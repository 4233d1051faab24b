import grpc from "@grpc/grpc-js";
import {
  canonicalBytes,
  encodeRequest,
  isAuctioneers,
  PATIENCE,
  pathOf,
  portOf,
  type ScriptAnswer,
  type ScriptCall,
  type ScriptClient,
  type ScriptTarget,
} from "../script-client.ts";

const asIs = (bytes: Uint8Array): Buffer => Buffer.from(bytes);

/** `@grpc/grpc-js`, with the messages' bytes as they are. */
export function createGrpcJsClient(target: ScriptTarget): ScriptClient {
  const credentials = grpc.credentials.createSsl(target.ca);
  const clients = new Map<number, grpc.Client>();
  const clientOf = (port: number): grpc.Client => {
    const client = clients.get(port) ?? new grpc.Client(`localhost:${port}`, credentials);
    clients.set(port, client);
    return client;
  };
  return {
    name: "grpc-js",
    can: () => true,
    close: async () => {
      for (const client of clients.values()) client.close();
    },
    call: (call) => makeCall(clientOf(portOf(target, call.method)), target, call),
  };
}

function makeCall(
  client: grpc.Client,
  target: ScriptTarget,
  { method, requests, take }: ScriptCall,
): Promise<ScriptAnswer> {
  const metadata = new grpc.Metadata();
  if (!isAuctioneers(method)) metadata.set("macaroon", target.macaroon);
  const options = { deadline: Date.now() + PATIENCE };
  const messages = requests.map((request) => encodeRequest(method, request));
  const [first = new Uint8Array()] = messages;
  const path = pathOf(method);
  return new Promise((resolve) => {
    const replies: ScriptAnswer["replies"][number][] = [];
    const end = (error: grpc.ServiceError | null) =>
      resolve({ code: error?.code ?? 0, message: error?.details ?? "", replies });
    const receive = (bytes: Buffer) => replies.push(canonicalBytes(method, bytes));
    const answered = (error: grpc.ServiceError | null, bytes?: Buffer) => {
      if (bytes !== undefined) receive(bytes);
      end(error);
    };
    const listen = (stream: grpc.ClientReadableStream<Buffer>) => {
      stream.on("data", (bytes: Buffer) => {
        receive(bytes);
        if (replies.length !== take) return;
        end(null);
        stream.cancel();
      });
      stream.on("error", (error: grpc.ServiceError) => end(error));
      stream.on("end", () => end(null));
    };
    const write = (stream: grpc.ClientWritableStream<Uint8Array>) => {
      for (const message of messages) stream.write(message);
      stream.end();
    };
    switch (method.methodKind) {
      case "unary":
        client.makeUnaryRequest(path, asIs, asIs, first, metadata, options, answered);
        break;
      case "server_streaming":
        listen(client.makeServerStreamRequest(path, asIs, asIs, first, metadata, options));
        break;
      case "client_streaming":
        write(client.makeClientStreamRequest(path, asIs, asIs, metadata, options, answered));
        break;
      case "bidi_streaming": {
        const stream = client.makeBidiStreamRequest(path, asIs, asIs, metadata, options);
        listen(stream);
        write(stream);
      }
    }
  });
}
