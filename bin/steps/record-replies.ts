import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  createRegistry,
  type DescMessage,
  type DescMethod,
  type DescMethodClientStreaming,
  type DescMethodServerStreaming,
  type DescMethodUnary,
  type Message,
  toBinary,
} from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import { ChannelAuctioneer } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { HashMail } from "../../gen/auctioneerrpc/hashmail_pb.ts";
import { Trader } from "../../gen/poolrpc/trader_pb.ts";
import { accessOf } from "../../lib/call/access.ts";
import { parseExamples } from "../../lib/editor/example.ts";
import { readPermissions } from "../../lib/reference/permissions.ts";
import type { RecordedReply } from "../../lib/reference/replies.ts";
import { readSafety } from "../../lib/reference/safety.ts";
import { writeReply } from "../../lib/schema/reply-text.ts";
import { readRequest } from "../../lib/schema/request-text.ts";
import { inputHash } from "./input-hash.ts";

export interface RecordOptions {
  /** The project's folder. */
  readonly root: string;
  /** The file, relative to the project: what the replies follow from, and a reply of each method by full name. */
  readonly file: string;
  /** Writes nothing. */
  readonly check?: boolean;
  readonly log?: (line: string) => void;
}

type Method = DescMethodUnary | DescMethodServerStreaming | DescMethodClientStreaming;
type Side = "daemon" | "auctioneer";

/** What replies follow from. */
const INPUTS = [
  "sandbox",
  "gen",
  "content/examples",
  "lib/auction",
  "lib/editor/example.ts",
  "lib/macaroon",
  "lib/schema",
  "proto/poolrpc/permissions.yaml",
  "proto/poolrpc/safety.yaml",
  "bin/steps/record-replies.ts",
];
const SERVICES = [
  [Trader, "daemon"],
  [ChannelAuctioneer, "auctioneer"],
  [HashMail, "auctioneer"],
] as const;
/** Methods that take and send messages by turns are not recorded. */
const METHODS = SERVICES.flatMap(([service, side]) =>
  service.methods
    .filter((method: DescMethod): method is Method => method.methodKind !== "bidi_streaming")
    .map((method) => ({ name: `${service.typeName}.${method.name}`, method, side })),
);
const SAFETY = "proto/poolrpc/safety.yaml";
const REGISTRY = createRegistry(Trader.file, ChannelAuctioneer.file, HashMail.file);
/** In a sandbox nothing is lost that could be recovered. */
const REFUSED: readonly string[] = ["poolrpc.Trader.RecoverAccounts"];
/** What a caller must have done before. */
const BEFORE: Readonly<Record<string, string>> = {
  "poolrpc.ChannelAuctioneer.InitAccount": "poolrpc.ChannelAuctioneer.ReserveAccount",
};
/** The sandbox's clock: Monday, 5 January 2026, noon UTC. */
const NOW = Date.UTC(2026, 0, 5, 12);
/** Of a reply that does not end by itself. */
const MOST_MESSAGES = 2;
const TIMEOUT_MS = 15_000;
/** Inputs with which the sandbox did not answer the last time. */
const FAILED = ".cache/replies-failed";

/**
 * Calls each method of the sandbox with its first example and keeps what it answers, writes in a sandbox of
 * their own, with the same clock and seed, so that the same inputs give the same bytes. Does nothing while the inputs are those of the file.
 * Gives whether the replies are, or would be, others. Throws where an example is refused.
 */
export async function recordReplies({
  root,
  file,
  check = false,
  log = () => {},
}: RecordOptions): Promise<boolean> {
  const path = join(root, file);
  const before = existsSync(path) ? readFileSync(path, "utf8") : "";
  const inputs = inputHash(root, INPUTS);
  if (before.startsWith(`{\n  "inputs": "${inputs}",\n`)) return false;
  const failed = join(root, FAILED);
  if (!check && existsSync(failed) && readFileSync(failed, "utf8") === inputs) return false;
  const replies: Record<string, RecordedReply> = {};
  mkdirSync(dirname(failed), { recursive: true });
  writeFileSync(failed, inputs);
  const dir = mkdtempSync(join(tmpdir(), "playground-replies-"));
  const writes = writesOf(root);
  const secrets = secretsOf(root);
  let shared: RunningSandbox | null = null;
  try {
    for (const { name } of [...METHODS].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (REFUSED.includes(name)) continue;
      if (writes.has(name)) {
        // What others did is not in it, nor what it does in others.
        const own = await runSandbox(dir);
        replies[name] = await recordMethod(root, name, own, secrets.has(name)).finally(own.stop);
      } else {
        shared ??= await runSandbox(dir);
        replies[name] = await recordMethod(root, name, shared, secrets.has(name));
      }
    }
  } finally {
    await shared?.stop();
    rmSync(dir, { recursive: true });
  }
  rmSync(failed);
  const text = `${JSON.stringify({ inputs, replies }, null, 2)}\n`;
  // Other inputs that give the same replies are no change to a reader of the pages.
  const differs = withoutInputs(text) !== withoutInputs(before);
  log(`replies: ${Object.keys(replies).length} recorded, ${differs ? "changed" : "as before"}`);
  if (!check) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return differs;
}

function withoutInputs(text: string): string {
  return text.replace(/^ {2}"inputs": .*\n/m, "");
}

/** Methods that change something, by full name. */
function writesOf(root: string): ReadonlySet<string> {
  const file = "proto/poolrpc/permissions.yaml";
  const names = METHODS.map(({ name }) => name);
  const every = SERVICES.flatMap(([service]) =>
    service.methods.map((one) => `${service.typeName}.${one.name}`),
  );
  const permissions = readPermissions(readFileSync(join(root, file), "utf8"), file, new Set(every));
  return new Set(names.filter((name) => accessOf(permissions.get(name) ?? null) === "write"));
}

/** Bytes of a reply that holds secrets, though these open nothing: a page shows what to expect and gives nothing away. */
function hideBytes(line: string): string {
  return line.replace(/: "[0-9a-f]{16,}"/, ': "(hidden)"');
}

/** Full names of the methods whose replies hold secrets. */
function secretsOf(root: string): ReadonlySet<string> {
  const { methods } = readSafety(readFileSync(join(root, SAFETY), "utf8"), SAFETY, REGISTRY);
  return new Set([...methods].filter(([, { secretReply }]) => secretReply).map(([name]) => name));
}

async function recordMethod(
  root: string,
  name: string,
  sandbox: RunningSandbox,
  isSecret: boolean,
): Promise<RecordedReply> {
  const { method, side } = found(name);
  const { title, messages } = firstExample(root, name, method);
  const earlier = BEFORE[name];
  const transport = sandbox.transports[side];
  const call = async () => {
    if (earlier !== undefined) {
      const { method: first } = found(earlier);
      await callMethod(transport, first, firstExample(root, earlier, first).messages);
    }
    return await callMethod(transport, method, messages);
  };
  const answered = await call().catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`the sandbox does not answer the first example of ${name}: ${why}`, { cause });
  });
  const lines = (desc: DescMessage, message: Message, emitDefaults: boolean): string[] => {
    const options = { bytes: "hex", registry: REGISTRY, emitDefaults } as const;
    const written = writeReply(desc, toBinary(desc, message), options);
    if (written.kind !== "ok") throw new Error(`${name}: ${written.message}`);
    return written.text.split("\n");
  };
  return {
    example: title,
    request: messages.flatMap((message) => lines(method.input, message, false)),
    replies: answered.map((message) => {
      const written = lines(method.output, message, true);
      return isSecret ? written.map(hideBytes) : written;
    }),
  };
}

function found(name: string): { readonly method: Method; readonly side: Side } {
  const one = METHODS.find((each) => each.name === name);
  if (one === undefined) throw new Error(`the sandbox has no method ${name}`);
  return one;
}

function firstExample(root: string, name: string, method: Method) {
  const file = `content/examples/${name}.jsonc`;
  const [example] = parseExamples(readFileSync(join(root, file), "utf8"));
  if (example === undefined) throw new Error(`${file} has no example`);
  const messages = example.messages.map((text) => {
    const read = readRequest(text, method.input, { bytes: "hex", registry: REGISTRY });
    if (read.kind !== "ok") throw new Error(`${file}: the first example is no request of ${name}`);
    return read.message;
  });
  return { title: example.title, messages };
}

/** The messages of the reply. Rejects with the call's error. */
async function callMethod(
  transport: Transport,
  method: Method,
  messages: readonly Message[],
): Promise<readonly Message[]> {
  const gone = new AbortController();
  try {
    if (method.methodKind === "unary") {
      const [message = {}] = messages;
      const unary = await transport.unary(method, gone.signal, TIMEOUT_MS, undefined, message);
      return [unary.message as Message];
    }
    const sent = sendAll(messages);
    const stream = await transport.stream(method, gone.signal, TIMEOUT_MS, undefined, sent);
    const replies: Message[] = [];
    for await (const reply of stream.message) {
      replies.push(reply as Message);
      if (replies.length === MOST_MESSAGES) break;
    }
    return replies;
  } finally {
    gone.abort();
  }
}

async function* sendAll(messages: readonly Message[]): AsyncGenerator<Message> {
  yield* messages;
}

interface RunningSandbox {
  readonly transports: Readonly<Record<Side, Transport>>;
  readonly stop: () => Promise<void>;
}

/** A sandbox with its files in `dir`, always with the same clock and seed. */
async function runSandbox(dir: string): Promise<RunningSandbox> {
  // Loaded only where replies are not current.
  const [{ startSandbox }, { createGrpcTransport, Http2SessionManager }] = await Promise.all([
    import("../../sandbox/start-sandbox.ts"),
    import("@connectrpc/connect-node"),
  ]);
  const sandbox = await startSandbox({
    dir,
    ephemeral: true,
    port: 0,
    auctioneerPort: 0,
    blockInterval: 0,
    now: () => NOW,
  });
  const ca = readFileSync(sandbox.tlsCertPath);
  const macaroon = readFileSync(sandbox.macaroonPath).toString("hex");
  const [daemon, auctioneer] = [sandbox.port, sandbox.auctioneerPort].map(
    (port) => new Http2SessionManager(`https://localhost:${port}`, {}, { ca }),
  ) as [InstanceType<typeof Http2SessionManager>, InstanceType<typeof Http2SessionManager>];
  const transport = (sessionManager: InstanceType<typeof Http2SessionManager>) =>
    createGrpcTransport({
      baseUrl: sessionManager.authority,
      sessionManager,
      interceptors: [
        (next) => (request) => {
          request.header.set("macaroon", macaroon);
          return next(request);
        },
      ],
    });
  return {
    transports: { daemon: transport(daemon), auctioneer: transport(auctioneer) },
    stop: async () => {
      daemon.abort();
      auctioneer.abort();
      await sandbox.stop();
    },
  };
}
