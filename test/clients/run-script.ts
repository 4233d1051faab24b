import { readFileSync } from "node:fs";
import type { DescMethod } from "@bufbuild/protobuf";
import { createRegistry } from "@bufbuild/protobuf";
import { file_auctioneerrpc_auctioneer } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { file_auctioneerrpc_hashmail } from "../../gen/auctioneerrpc/hashmail_pb.ts";
import { file_poolrpc_trader } from "../../gen/poolrpc/trader_pb.ts";
import { file_sandbox_v1_control } from "../../gen/sandbox/v1/control_pb.ts";
import { maskVarying } from "./matchers.ts";
import type { SandboxAddress } from "./sandbox-process.ts";
import { SCRIPT, SCRIPT_WORLD } from "./script.ts";
import type { ScriptAnswer, ScriptClient, ScriptTarget } from "./script-client.ts";
import { fillIn, pick, type ScriptStep } from "./script-step.ts";
import { createConnectClient } from "./via/connect-client.ts";

/** Everything that the sandbox serves. */
export const SERVED = createRegistry(
  file_poolrpc_trader,
  file_auctioneerrpc_auctioneer,
  file_auctioneerrpc_hashmail,
  file_sandbox_v1_control,
);

/** One call of a client's run: what was answered, without what varies; null where the client has no way to make it. */
export interface TranscriptLine {
  readonly step: ScriptStep;
  readonly answer: ScriptAnswer | null;
}

/** Makes a world of its own in the sandbox. */
export async function makeWorld(sandbox: SandboxAddress & { readonly ca: Buffer }): Promise<ScriptTarget> {
  const first: ScriptTarget = { ...sandbox, macaroon: readFileSync(sandbox.macaroonPath).toString("hex") };
  const made = await createConnectClient(first).call({
    method: methodNamed("sandbox.v1.Control.CreateWorld"),
    requests: [SCRIPT_WORLD],
    take: null,
  });
  if (made.code !== 0) throw new Error(`CreateWorld was refused: ${made.message}`);
  return { ...first, macaroon: Buffer.from(pick(made.replies[0], "macaroon"), "base64").toString("hex") };
}

/**
 * Makes the script's calls with a client. Those that it has no way to, such as controls over REST, are made for it by
 * another, so that its world goes the same way.
 */
export async function runScript(target: ScriptTarget, client: ScriptClient): Promise<TranscriptLine[]> {
  const other = createConnectClient(target);
  const kept = new Map<string, string>();
  const lines: TranscriptLine[] = [];
  for (const step of SCRIPT) {
    const method = methodNamed(step.method);
    const request = fillIn(step.request ?? {}, kept);
    const requests = Array.isArray(request) ? request : [request];
    const able = client.can(method);
    const answer = await (able ? client : other).call({ method, requests, take: step.take ?? null });
    if (answer.code !== 0 && step.keep !== undefined) {
      throw new Error(`${step.method} ended with ${answer.code}: ${answer.message}`);
    }
    for (const [name, path] of Object.entries(step.keep ?? {})) kept.set(name, pick(answer.replies[0], path));
    lines.push({ step, answer: able ? { ...answer, replies: answer.replies.map(maskVarying) } : null });
  }
  return lines;
}

/** A method that the sandbox serves, by its full name. */
export function methodNamed(name: string): DescMethod {
  const dot = name.lastIndexOf(".");
  const method = SERVED.getService(name.slice(0, dot))?.methods.find(
    (each) => each.name === name.slice(dot + 1),
  );
  if (method === undefined) throw new Error(`there is no method ${name}`);
  return method;
}
