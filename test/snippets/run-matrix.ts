import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { equals, type FileRegistry, fromBinary } from "@bufbuild/protobuf";
import { streamKind } from "../../lib/schema/stream-kind.ts";
import type { ClientProfile } from "../../lib/snippets/client-profile.ts";
import type { SnippetLanguage } from "../../lib/snippets/snippet.ts";
import { runCommand } from "../clients/run-command.ts";
import type { SnippetCase } from "./cases.ts";
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
  close(): Promise<void>;
}

const NETWORK = "regtest";
const PATIENCE = 60_000;
const DEADLINE = 20_000;

/** Opens a stage whose files are where a daemon on regtest has them. */
export async function openStage(registry: FileRegistry): Promise<Stage> {
  const home = mkdtempSync(join(tmpdir(), "snippets-home-"));
  const recorder = await startRecorder(join(home, ".pool", NETWORK), registry);
  return {
    ...{ recorder, home, registry },
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
  { name, method, message, http }: SnippetCase,
  stage: Stage,
): Promise<Cell> {
  const isAuctioneer = AUCTIONEERS.includes(method.parent.typeName);
  const snippet = language.generate({
    ...{ method, message, http },
    registry: stage.registry,
    client: profileOf(stage.recorder, isAuctioneer),
    deadlineMs: streamKind(method) === "unary" ? DEADLINE : null,
  });
  if (snippet.kind === "inexpressible") return { kind: "none", method: name, reason: snippet.reason };
  const folder = join(toolchain.folder, "run");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, language.fileName(method));
  writeFileSync(file, snippet.code);
  stage.recorder.take();
  const [program, ...args] = toolchain.command(file);
  const output = await runCommand(program, args, {
    cwd: toolchain.folder,
    env: { ...process.env, ...toolchain.env, HOME: stage.home },
    patience: PATIENCE,
  });
  const failed = (why: string): Cell => ({ kind: "failed", method: name, why });
  if (output.code !== 0) {
    return failed(
      `ended with ${output.code ?? output.problem}: ${output.stderr.trim() || output.stdout.trim()}`,
    );
  }
  if (output.stdout.trim() === "") return failed("printed no reply");
  const expected = { method, message, macaroon: isAuctioneer ? null : stage.recorder.macaroon };
  const why = difference(stage.recorder.take(), { ...expected, registry: stage.registry });
  return why === null ? { kind: "passed", method: name } : failed(why);
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

/** What of the calls that came is not the one call that was wanted; null where all is. */
function difference(
  calls: readonly RecordedCall[],
  {
    method,
    message,
    macaroon,
    registry,
  }: Pick<SnippetCase, "method" | "message"> & {
    readonly macaroon: string | null;
    readonly registry: FileRegistry;
  },
): string | null {
  const [call, ...more] = calls;
  if (call === undefined || more.length > 0) return `${calls.length} calls came`;
  if (call.method !== `${method.parent.typeName}.${method.name}`) return `${call.method} was called`;
  const [bytes, ...others] = call.messages;
  if (bytes === undefined || others.length > 0) return `${call.messages.length} messages came`;
  // Fields may come in any order; a field that is not the same, or that nobody knows, is a difference.
  const came = fromBinary(method.input, bytes);
  if (!equals(method.input, came, message, { unknown: true, registry })) {
    return `other bytes came: ${Buffer.from(bytes).toString("hex")}`;
  }
  const wanted = macaroon === null ? [] : [macaroon];
  return JSON.stringify(call.macaroons) === JSON.stringify(wanted) ? null : "the macaroon is not the file's";
}
