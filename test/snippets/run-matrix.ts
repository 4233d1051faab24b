import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clearField, clone, type FileRegistry, fromBinary } from "@bufbuild/protobuf";
import { streamKind } from "../../lib/schema/stream-kind.ts";
import type { ClientProfile } from "../../lib/snippets/client-profile.ts";
import type { SnippetLanguage, SnippetRequest } from "../../lib/snippets/snippet.ts";
import config from "../../playground.config.ts";
import { type CommandOutput, runCommand } from "../clients/run-command.ts";
import { ROOT } from "../support/pool-api.ts";
import type { SnippetCase } from "./cases.ts";
import { messageParts } from "./message-parts.ts";
import type { Program } from "./programs.ts";
import { AUCTIONEERS, type RecordedCall, type Recorder, startRecorder } from "./recorder.ts";
import type { Toolchain } from "./toolchains.ts";

/** What became of one method in one language. */
export type Cell =
  | { readonly kind: "passed"; readonly method: string }
  | { readonly kind: "failed"; readonly method: string; readonly why: string }
  /** It cannot exist: the client has no way to say the request. */
  | { readonly kind: "none"; readonly method: string; readonly reason: string };

/** A recorder, and the home folder with its files that the programs are run in. */
export interface Stage {
  readonly recorder: Recorder;
  readonly home: string;
  readonly registry: FileRegistry;
  /** The folder of the proto files. */
  readonly protos: string;
  close(): Promise<void>;
}

const NETWORK = "regtest";
const PLAYGROUND = { origin: "http://127.0.0.1:3000", profile: "sandbox" };
const PATIENCE = 60_000;
const DEADLINE = 20_000;

/** Opens a stage whose files are where a daemon on regtest has them. */
export async function openStage(registry: FileRegistry, protos = join(ROOT, "proto")): Promise<Stage> {
  const home = mkdtempSync(join(tmpdir(), "snippets-home-"));
  const recorder = await startRecorder(join(home, ".pool", NETWORK), registry);
  return {
    ...{ recorder, home, registry, protos },
    close: async () => {
      await recorder.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Runs a language's snippet of a case as it stands, and compares what reached the recorder with the request. */
export async function runCase(
  language: SnippetLanguage,
  toolchain: Extract<Toolchain, { kind: "ready" }>,
  each: SnippetCase,
  stage: Stage,
): Promise<Cell> {
  const { name, method } = each;
  const request = requestOf(each, stage, toolchain.playground);
  const snippet = language.generate(request);
  if (snippet.kind === "inexpressible") return { kind: "none", method: name, reason: snippet.reason };
  const file = join(toolchain.folder, language.fileName(method));
  writeFileSync(file, snippet.code);
  stage.recorder.take();
  const [program, ...args] = toolchain.command(file);
  const run = toolchain.run?.({ snippet, project: language.project(request) });
  const output = await (run ??
    runCommand(program, args, {
      cwd: toolchain.folder,
      env: { ...process.env, ...toolchain.env, HOME: stage.home },
      // The commands ask whether to go on.
      input: "yes\n",
      patience: PATIENCE,
    }));
  return judge(language, { ...each, code: snippet.code, request }, output, stage);
}

/** What a run of a program shows: how it ended, and what reached the recorder since it was asked last. */
export function judge(
  language: SnippetLanguage,
  {
    name,
    method,
    messages,
    cli,
    code,
    request,
  }: SnippetCase & { readonly code: string; readonly request: SnippetRequest },
  output: CommandOutput,
  stage: Stage,
): Cell {
  const failed = (why: string): Cell => ({ kind: "failed", method: name, why });
  if (output.code !== 0) {
    return failed(
      `ended with ${output.code ?? output.problem}: ${output.stderr.trim() || output.stdout.trim()}`,
    );
  }
  // A command may have nothing to say of an empty reply.
  if (output.stdout.trim() === "" && language.id !== "cli") return failed("printed no reply");
  const macaroon = request.client.macaroon === null ? null : stage.recorder.macaroon;
  const expected = { method, messages, macaroon };
  const command = cli?.commands.find((each) => code.includes(each.name.slice(each.name.indexOf(" ") + 1)));
  const asked = language.id === "cli" ? command?.first : null;
  const sets = language.id === "cli" ? (command?.sets.map(({ field }) => field) ?? []) : [];
  const calls = stage.recorder.take().filter((call) => call.method !== asked);
  const why = difference(calls, {
    ...{ ...expected, sets, addsCaveat: language.id === "cli" },
  });
  return why === null ? { kind: "passed", method: name } : failed(why);
}

/** Every snippet of a language, for what has to be compiled first. */
export function programsOf(
  language: SnippetLanguage,
  cases: readonly SnippetCase[],
  stage: Stage,
): readonly Program[] {
  return cases.flatMap((each) => {
    const snippet = language.generate(requestOf(each, stage));
    return snippet.kind === "snippet" ? [{ fileName: language.fileName(each.method), snippet }] : [];
  });
}

/** What a language's snippets say to do before, by the first case that it can express. */
export function setupOf(language: SnippetLanguage, cases: readonly SnippetCase[], stage: Stage): string {
  for (const each of cases) {
    const snippet = language.generate(requestOf(each, stage));
    if (snippet.kind === "snippet") return snippet.setup;
  }
  return "";
}

/** The request of a case as a page has it. */
export function requestOf(
  { method, messages, http, cli }: SnippetCase,
  { recorder, registry }: Stage,
  playground = PLAYGROUND,
): SnippetRequest {
  const [message] = messages;
  return {
    ...{ method, message, messages, http, cli, registry, playground },
    goModules: config.apis.flatMap(({ goModules = [] }) => goModules),
    client: profileOf(recorder, AUCTIONEERS.includes(method.parent.typeName)),
    deadlineMs: streamKind(method) === "unary" ? DEADLINE : null,
  };
}

function profileOf({ port, auctioneerPort, restPort }: Recorder, isAuctioneer: boolean): ClientProfile {
  return {
    address: `localhost:${isAuctioneer ? auctioneerPort : port}`,
    rest: isAuctioneer ? null : `localhost:${restPort}`,
    network: NETWORK,
    tlsCert: `~/.pool/${NETWORK}/tls.cert`,
    macaroon: isAuctioneer ? null : `~/.pool/${NETWORK}/pool.macaroon`,
  };
}

interface Expected extends Pick<SnippetCase, "method" | "messages"> {
  readonly macaroon: string | null;
  /** Whether the client adds a caveat to the macaroon before it sends it. */
  readonly addsCaveat: boolean;
  /** Fields that the client sets by itself, and says so. */
  readonly sets: readonly string[];
}

/** What of the calls that came is not the one call that was wanted; null where all is. */
function difference(calls: readonly RecordedCall[], expected: Expected): string | null {
  const { method, macaroon, addsCaveat } = expected;
  const [call, ...more] = calls;
  if (call === undefined || more.length > 0) return `${calls.length} calls came`;
  if (call.method !== `${method.parent.typeName}.${method.name}`) return `${call.method} was called`;
  if (call.messages.length !== expected.messages.length) return `${call.messages.length} messages came`;
  for (const [at, message] of expected.messages.entries()) {
    const bytes = call.messages[at] ?? new Uint8Array();
    // Fields may come in any order; a field that is not the same, or that nobody knows, is a difference.
    const [came, wanted] = [fromBinary(method.input, bytes), clone(method.input, message)];
    for (const field of method.input.fields) {
      if (expected.sets.includes(field.name)) for (const each of [came, wanted]) clearField(each, field);
    }
    if (messageParts(method.input, came) !== messageParts(method.input, wanted)) {
      return `other bytes came as message ${at + 1}: ${Buffer.from(bytes).toString("hex")}`;
    }
  }
  if (addsCaveat) return call.macaroons.length === 1 ? null : `${call.macaroons.length} macaroons came`;
  const right = JSON.stringify(call.macaroons) === JSON.stringify(macaroon === null ? [] : [macaroon]);
  return right ? null : "the macaroon is not the file's";
}
