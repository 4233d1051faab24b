import { type DescMessage, fromBinary, fromJson, toBinary, toJson } from "@bufbuild/protobuf";
import { ChannelAuctioneer } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { Trader } from "../../gen/poolrpc/trader_pb.ts";
import { differences } from "./compare.ts";
import { callGrpc, type GrpcAnswer } from "./grpc-call.ts";
import { comparableText } from "./matchers.ts";
import { pythonJson } from "./python-json.ts";
import { type Json, OWN_MACAROON, type RecordedCase, type RecordedRest } from "./recorded-case.ts";
import { macaroonText } from "./recorded-macaroons.ts";
import { callRest, type RestAnswer } from "./rest-call.ts";
import type { CaseWorld } from "./worlds.ts";

/** A sandbox as a case needs it. */
export interface Target {
  readonly port: number;
  readonly restPort: number;
  readonly ca: Buffer;
  /** In hex. */
  readonly macaroon: string;
  readonly rootKey: Uint8Array;
}

/** How long an answer may take, and how long is waited for one that is not to come, in ms. */
const PATIENCE = 10_000;
const SILENCE = 400;

const CLIENT_CODES = { deadline: 4, unavailable: 14 } as const;

/** The daemon's amounts are unsigned: from here on one is below zero. */
const UNDERFLOW = 1n << 63n;
const SAYS_SO = /a real poold/;

/** Makes a recorded call and says how the answer differs from the recorded one. */
export async function runCase(recorded: RecordedCase, world: CaseWorld, target: Target): Promise<string[]> {
  const known = `${world.text} ${JSON.stringify(recorded.request ?? "")}`;
  if (recorded.rest !== undefined) {
    const answer = await callRest(toRestCall(recorded, recorded.rest, target));
    return compareRest(recorded.rest, answer, known);
  }
  const path = recorded.method ?? "";
  const method = [...Trader.methods, ...ChannelAuctioneer.methods].find((each) =>
    path.endsWith(`/${each.name}`),
  );
  const answer = await callGrpc({
    ...target,
    path,
    message: toMessage(recorded.request, method?.input),
    metadata: metadataOf(recorded, target),
    patience: recorded.error?.code === CLIENT_CODES.deadline ? SILENCE : PATIENCE,
  });
  return compareGrpc(recorded, world, answer, method?.output, known);
}

function metadataOf(recorded: RecordedCase, target: Target): [string, string][] {
  const text = macaroonText(recorded.macaroon, target.macaroon, target.rootKey);
  const own: [string, string][] = text === undefined ? [] : [["macaroon", text]];
  // The recorder could send metadata beside the macaroon that it did not write down: a second one.
  const twice = /expected 1 macaroon, got 2/.test(recorded.error?.message ?? "");
  return twice ? [...own, ...own] : own;
}

function toMessage(request: Json, input: DescMessage | undefined): Uint8Array {
  const raw = request as { rawhex?: string; len?: number } | null;
  if (typeof raw?.rawhex === "string") {
    const start = Buffer.from(raw.rawhex, "hex");
    // Long ones were cut in the recording: all of them go on with their last byte.
    return Buffer.concat([
      start,
      Buffer.alloc(Math.max((raw.len ?? 0) - start.length, 0), start.at(-1) ?? 0),
    ]);
  }
  if (input === undefined) return new Uint8Array();
  return toBinary(input, fromJson(input, (request ?? {}) as never));
}

function compareGrpc(
  recorded: RecordedCase,
  world: CaseWorld,
  answer: GrpcAnswer,
  output: DescMessage | undefined,
  known: string,
): string[] {
  const { error, response } = recorded;
  const said = answer.kind === "status" && SAYS_SO.test(answer.message);
  if (error === undefined) {
    if (underflows(response ?? null, known)) return said ? [] : [`${show(answer)}, an error has to say so`];
    if (answer.kind !== "message") return [`${show(answer)}, recorded is a message`];
    if (output === undefined) return ["no such method in the protos"];
    const got = canonical(output, fromBinary(output, answer.bytes));
    const raw = (response as { rawhex?: string } | null)?.rawhex;
    // A reply that was recorded as cut bytes: what can be told is its first field.
    if (raw !== undefined) return raw.startsWith(answer.bytes.toString("hex", 0, 1)) ? [] : ["other bytes"];
    return differences(canonical(output, fromJson(output, (response ?? {}) as never)), got, {
      known,
      ordered: false,
    });
  }
  if (world.gone) return answer.kind === "unreachable" ? [] : [`${show(answer)}, nobody was to answer`];
  if (error.code === CLIENT_CODES.deadline && /Deadline Exceeded/.test(error.message ?? "")) {
    return answer.kind === "silent" || said ? [] : [`${show(answer)}, no answer was to come`];
  }
  if (error.code === CLIENT_CODES.unavailable && error.message === undefined) {
    // The text was the client's own: either the daemon crashed, or it passed on that the auctioneer is down.
    const down =
      world.auctioneerFault?.kind === "down" && answer.kind === "status" && answer.code === error.code;
    return said || down ? [] : [`${show(answer)}, an error has to say that the real daemon crashes`];
  }
  if (answer.kind !== "status") return [`${show(answer)}, recorded is ${error.status}: ${error.message}`];
  const texts = [answer.message, error.message ?? ""].map((text) => comparableText(text, known));
  return answer.code === error.code && texts[0] === texts[1]
    ? []
    : [`${show(answer)}, recorded is ${error.code}: ${error.message}`];
}

function underflows(response: Json, known: string): boolean {
  const amounts = JSON.stringify(response).match(/"\d{18,20}"/g) ?? [];
  return amounts.some((text) => BigInt(text.slice(1, -1)) >= UNDERFLOW && !known.includes(text));
}

function canonical(output: DescMessage, message: ReturnType<typeof fromBinary>): Json {
  return toJson(output, message, { alwaysEmitImplicit: true, useProtoFieldName: true }) as Json;
}

function show(answer: GrpcAnswer): string {
  return answer.kind === "status" ? `${answer.code}: ${answer.message}` : answer.kind;
}

function toRestCall(recorded: RecordedCase, rest: RecordedRest, target: Target) {
  const text = macaroonText(recorded.macaroon, target.macaroon, target.rootKey);
  const swap = (value: string) => value.replaceAll(OWN_MACAROON, target.macaroon);
  const headers = Object.entries(recorded.request_headers ?? {}).map(([name, value]) => [name, swap(value)]);
  const raw = (recorded.request as { raw?: string } | null)?.raw;
  const body = recorded.request === null ? undefined : (raw ?? pythonJson(recorded.request));
  return {
    port: target.restPort,
    ca: target.ca,
    verb: rest.verb,
    path: swap(rest.path),
    headers: {
      ...(text === undefined ? {} : { "Grpc-Metadata-macaroon": text }),
      ...Object.fromEntries(headers),
    },
    body,
    patience: rest.status === undefined ? SILENCE : PATIENCE,
  };
}

function compareRest(rest: RecordedRest, answer: RestAnswer, known: string): string[] {
  if (rest.status === undefined) {
    return answer.status === undefined ? [] : [`${answer.status}, no answer was to come`];
  }
  const found: string[] = [];
  if (answer.status !== rest.status) {
    found.push(
      `status ${answer.status} ${answer.body.slice(0, 160)}, recorded is ${rest.status} ${rest.body?.slice(0, 160)}`,
    );
  }
  for (const [name, value] of Object.entries(rest.headers ?? {})) {
    if (answer.headers[name] !== value) {
      found.push(`header ${name}: ${answer.headers[name]}, recorded is ${value}`);
    }
  }
  if (found.length > 0) return found;
  const [wanted, got] = [rest.body ?? "", answer.body].map(parse);
  const error = wanted as { code?: number; message?: string };
  if (typeof error?.message === "string" && typeof (got as { message?: Json })?.message === "string") {
    const texts = [error.message, (got as { message: string }).message].map((text) =>
      comparableText(text, known),
    );
    if (texts[0] === texts[1])
      return differences(
        { ...error, message: "" },
        { ...(got as object), message: "" },
        { known, ordered: true },
      );
  }
  return differences(wanted ?? null, got ?? null, { known, ordered: true });
}

function parse(body: string): Json {
  try {
    return JSON.parse(body) as Json;
  } catch {
    return body;
  }
}
