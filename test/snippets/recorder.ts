import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server as HttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import {
  type DescMessage,
  type DescService,
  type FileRegistry,
  type Message,
  ScalarType,
  toBinary,
} from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import { type Metadata, Server, ServerCredentials } from "@grpc/grpc-js";
import { Trader } from "../../gen/poolrpc/trader_pb.ts";
import { createRestHandler } from "../../sandbox/rest/rest-handler.ts";
import { issueCertificate } from "../support/peer/certificate.ts";
import type { Handler } from "../support/peer/handler.ts";
import { mintMacaroon } from "../support/peer/macaroon-check.ts";
import { serve } from "../support/peer/serve.ts";
import { ROOT } from "../support/pool-api.ts";

/** What reached the recorder of one call. */
export interface RecordedCall {
  readonly method: string;
  readonly messages: readonly Uint8Array[];
  /** Values of the metadata `macaroon`. */
  readonly macaroons: readonly string[];
}

/** A server of every method that keeps what it gets and answers with messages that say nothing. */
export interface Recorder {
  readonly port: number;
  readonly auctioneerPort: number;
  readonly restPort: number;
  /** Hex of the macaroon in the file. */
  readonly macaroon: string;
  /** What came since this was called last. */
  take(): readonly RecordedCall[];
  stop(): Promise<void>;
}

/** The services of which a daemon asks for no macaroon. */
export const AUCTIONEERS: readonly string[] = ["poolrpc.ChannelAuctioneer", "poolrpc.HashMail"];

/** Starts one whose files are in `folder`: `tls.cert` and `pool.macaroon`. */
export async function startRecorder(folder: string, registry: FileRegistry): Promise<Recorder> {
  mkdirSync(folder, { recursive: true });
  const { cert, key } = issueCertificate({});
  const macaroon = Buffer.from(mintMacaroon(randomBytes(32)));
  writeFileSync(join(folder, "tls.cert"), cert);
  writeFileSync(join(folder, "pool.macaroon"), macaroon);
  let calls: RecordedCall[] = [];

  const keep = (method: string, messages: readonly Uint8Array[], macaroons: readonly string[]) => {
    calls.push({ method, messages, macaroons });
  };
  const daemon = new Server();
  const auctioneer = new Server();
  for (const service of servicesOf(registry)) {
    const isAuctioneer = AUCTIONEERS.includes(service.typeName);
    serve(isAuctioneer ? auctioneer : daemon, service, handlersOf(service), {
      record: (call) => Object.assign(call, { id: 0 }),
      emit: ({ kind, call }) => {
        if (kind === "end") keep(call.method, call.messages, macaroonsOf(call.metadata));
      },
      refuse: () => null,
    });
  }
  const credentials = ServerCredentials.createSsl(null, [
    { cert_chain: Buffer.from(cert), private_key: Buffer.from(key) },
  ]);
  const rest = createServer({ cert, key }, restListener(keep));
  await new Promise<void>((resolve) => rest.listen(0, "127.0.0.1", resolve));
  return {
    port: await bind(daemon, credentials),
    auctioneerPort: await bind(auctioneer, credentials),
    restPort: (rest.address() as AddressInfo).port,
    macaroon: macaroon.toString("hex"),
    take: () => calls.splice(0),
    stop: async () => {
      calls = [];
      for (const server of [daemon, auctioneer]) server.forceShutdown();
      await close(rest);
    },
  };
}

function servicesOf(registry: FileRegistry): DescService[] {
  return [...registry].filter((type) => type.kind === "service");
}

/** Every message is read; a stream of replies has one for each, any other call one after the last. */
function handlersOf(service: DescService): Record<string, Handler> {
  return Object.fromEntries(
    service.methods.map((method) => {
      const handler: Handler = async function* (requests) {
        const reply = toBinary(method.output, filled(method.output, 3));
        for await (const _ of requests) if (method.methodKind === "bidi_streaming") yield reply;
        if (method.methodKind !== "bidi_streaming") yield reply;
      };
      return [method.name, handler];
    }),
  );
}

/** A message whose inner messages are there, with bytes as long as a hash: the pool CLI reads a reply without looking whether it is whole. */
function filled(desc: DescMessage, depth: number): Message {
  const message = reflect(desc);
  for (const field of desc.fields) {
    if (field.presence === FeatureSet_FieldPresence.LEGACY_REQUIRED && field.scalar === ScalarType.STRING) {
      message.set(field, "");
    }
    // protobuf's own types have rules of what they hold.
    if (field.oneof !== undefined || field.message?.typeName.startsWith("google.protobuf.")) continue;
    if (field.fieldKind === "message" && depth > 0) {
      message.set(field, reflect(field.message, filled(field.message, depth - 1)));
    }
    if (field.fieldKind === "scalar" && field.scalar === ScalarType.BYTES)
      message.set(field, new Uint8Array(32));
  }
  return message.message;
}

/** The sandbox's gateway, in front of methods that keep what they get. */
function restListener(keep: (method: string, messages: Uint8Array[], macaroons: string[]) => void) {
  const implementation = Object.fromEntries(
    Trader.methods.map((method) => [
      method.localName,
      (request: never, { requestHeader }: { requestHeader: Headers }) => {
        const macaroons = [requestHeader.get("macaroon")].filter((each) => each !== null);
        keep(`${Trader.typeName}.${method.name}`, [toBinary(method.input, request)], macaroons);
        return filled(method.output, 3);
      },
    ]),
  ) as unknown as ServiceImpl<typeof Trader>;
  return createRestHandler(new URL(`file://${ROOT}/proto/poolrpc/trader.yaml`), {
    routes: (router) => void router.service(Trader, implementation),
    interceptors: [],
    log: { finished: () => {}, note: (text: string) => console.error(text) } as never,
  });
}

function macaroonsOf(metadata: Metadata): string[] {
  return metadata.get("macaroon").map(String);
}

function bind(server: Server, credentials: ServerCredentials): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", credentials, (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
}

function close(server: HttpsServer): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
