import type { IncomingMessage, ServerResponse } from "node:http";
import {
  ATTEMPT_HEADER,
  COMPRESSION_HEADER,
  CONFIRMATION_HEADER,
  PROFILE_HEADER,
} from "../../lib/call/bridge-protocol.ts";
import { dropBody } from "../gate/refusal.ts";
import { admitMessage, looksAtMessages } from "./admit-message.ts";
import { type BridgeFailure, failure } from "./failure.ts";
import { FRAME_HEADER, FrameSplitter, messagesOf } from "./frames.ts";
import { parseGrpcTimeout } from "./grpc-timeout.ts";
import type { InFlight } from "./in-flight.ts";
import { headerLines } from "./metadata.ts";
import { type CallRules, type PreparedCall, prepareCall } from "./prepare-call.ts";
import { startCall } from "./start-call.ts";
import type { CallSink, RunningCall } from "./upstream-call.ts";
import type { UpstreamPool } from "./upstream-pool.ts";
import { WebReply } from "./web-reply.ts";

/** Content types that a call may have. A page of another origin cannot send them without asking first. */
export const GRPC_WEB_TYPES = ["application/grpc-web+proto", "application/grpc-web"];

/** What a bridge shares between its calls. */
export interface Bridge {
  readonly rules: CallRules;
  readonly pool: UpstreamPool;
  readonly inFlight: InFlight;
}

/** Carries one gRPC-Web call, already admitted by the gate, to the profile's daemon and its reply back. */
export function serveGrpcWeb(
  req: IncomingMessage,
  res: ServerResponse,
  target: { readonly service: string; readonly method: string },
  bridge: Bridge,
): void {
  const reply = new WebReply(res, req.headers["content-type"] ?? "application/grpc-web+proto");
  const call = askedCall(req, target, bridge.rules);
  if (call.kind === "failure") {
    reply.fail(call);
    dropBody(req);
    return;
  }
  const many = call.stream === "client-streaming" || call.stream === "bidi-streaming";
  if (many && call.guard.confirm) {
    reply.fail(
      failure(
        "confirmation",
        `Each message of ${call.path.slice(1)} must be confirmed at ${call.where}, which HTTP has no place for, so nothing was sent. Use the WebSocket of the same path.`,
      ),
    );
    dropBody(req);
    return;
  }
  const leave = bridge.inFlight.enter();
  if (typeof leave !== "function") {
    reply.fail(leave);
    dropBody(req);
    return;
  }
  onceOver(req, res, leave);
  if (call.stream === "unary") reply.expectOne();
  if (many) sendMany(req, res, reply, call, bridge);
  else sendOne(req, res, reply, call, bridge);
}

function askedCall(
  req: IncomingMessage,
  target: { readonly service: string; readonly method: string },
  rules: CallRules,
): PreparedCall | BridgeFailure {
  const compression = req.headers[COMPRESSION_HEADER] ?? "identity";
  if (compression !== "identity" && compression !== "gzip") {
    return failure(
      "bad-request",
      `${COMPRESSION_HEADER} is neither identity nor gzip. Leave it out, or correct it.`,
    );
  }
  const timeout = req.headers["grpc-timeout"];
  const deadlineMs = timeout === undefined ? null : parseGrpcTimeout(String(timeout));
  if (deadlineMs === undefined) {
    return failure("bad-request", "The grpc-timeout is not a number of at most eight digits and a unit.");
  }
  return prepareCall(
    {
      profile: String(req.headers[PROFILE_HEADER] ?? ""),
      service: target.service,
      method: target.method,
      metadata: headerLines(req.rawHeaders),
      deadlineMs,
      compression,
    },
    rules,
  );
}

/** The request is one message: it is read to its end, and looked at, before anything goes upstream. */
function sendOne(
  req: IncomingMessage,
  res: ServerResponse,
  reply: WebReply,
  call: PreparedCall,
  bridge: Bridge,
): void {
  const limit = bridge.rules.limits.requestBytes;
  const length = Number(req.headers["content-length"] ?? Number.NaN);
  const chunks: Buffer[] = [];
  let bytes = 0;
  let whole = false;
  const tooLarge = () => {
    req.removeAllListeners("data");
    req.removeAllListeners("end");
    reply.fail(requestTooLarge(limit));
    dropBody(req);
  };
  req.on("error", () => {});
  if (length > limit + FRAME_HEADER) {
    tooLarge();
    return;
  }
  req.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    chunks.push(chunk);
    if (bytes > limit + FRAME_HEADER) tooLarge();
    else if (bytes === length) send();
  });
  req.on("end", () => send());
  const send = () => {
    // Where its length was said the message is whole before its end is told.
    if (whole) return;
    whole = true;
    const body = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
    if (body.length < FRAME_HEADER || body[0] !== 0 || body.readUInt32BE(1) !== body.length - FRAME_HEADER) {
      reply.fail(badFraming("exactly one uncompressed message"));
      return;
    }
    const attempt = req.headers[ATTEMPT_HEADER];
    // Before the confirmation, which the first of two has used up.
    if (call.guard.write && attempt !== undefined && !bridge.rules.attempts.isNew(String(attempt))) {
      reply.fail(repeated(call));
      return;
    }
    const nonce = req.headers[CONFIRMATION_HEADER];
    const stopped = looksAtMessages(call)
      ? admitMessage(
          call,
          body.subarray(FRAME_HEADER),
          nonce === undefined ? null : String(nonce),
          bridge.rules,
        )
      : null;
    if (stopped !== null) {
      reply.fail(stopped);
      return;
    }
    if (call.guard.write && attempt !== undefined) bridge.rules.attempts.add(String(attempt));
    const upstream = start(req, res, reply, call, bridge, () => {});
    upstream.write(body);
    upstream.end();
  };
}

/** The request is a stream, as only programs other than browsers send it over HTTP: whole frames pass as they come. */
function sendMany(
  req: IncomingMessage,
  res: ServerResponse,
  reply: WebReply,
  call: PreparedCall,
  bridge: Bridge,
): void {
  const frames = new FrameSplitter(bridge.rules.limits.requestBytes);
  const guarded = looksAtMessages(call);
  const open = () => start(req, res, reply, call, bridge, () => req.resume());
  // A daemon hears nothing of a guarded call before its first message may go on.
  let upstream = guarded ? null : open();
  const stop = (reason: BridgeFailure) => {
    const outcome = upstream?.outcome ?? "not-sent";
    upstream?.cancel();
    reply.fail({ ...reason, outcome });
  };
  req.on("error", () => {});
  req.on("data", (chunk: Buffer) => {
    if (reply.done) return;
    const { whole, problem } = frames.push(chunk);
    if (whole !== null) {
      const stopped = guarded ? admitAll(call, whole, bridge.rules) : null;
      if (stopped !== null) return stop(stopped);
      upstream ??= open();
      if (!upstream.write(whole)) req.pause();
    }
    if (problem === "too-large") stop(requestTooLarge(bridge.rules.limits.requestBytes));
    else if (problem !== null) stop(badFraming("uncompressed messages"));
  });
  req.on("end", () => {
    if (reply.done) return;
    if (frames.partial) return stop(badFraming("whole messages"));
    upstream ??= open();
    upstream.end();
  });
}

/** Why one of the messages in whole frames must not go on, or null. HTTP has no place for confirmations of many. */
function admitAll(call: PreparedCall, frames: Buffer, rules: CallRules): BridgeFailure | null {
  for (const message of messagesOf(frames)) {
    const stopped = admitMessage(call, message, null, rules);
    if (stopped !== null) return stopped;
  }
  return null;
}

/**
 * Runs `done` when the response is over. One that waits behind another on its connection does not tell when that
 * connection ends.
 */
function onceOver(req: IncomingMessage, res: ServerResponse, done: () => void): void {
  res.once("close", done);
  if (res.socket !== null) return;
  const { socket } = req;
  socket.once("close", done);
  res.once("close", () => socket.off("close", done));
}

function start(
  req: IncomingMessage,
  res: ServerResponse,
  reply: WebReply,
  call: PreparedCall,
  bridge: Bridge,
  drain: () => void,
): RunningCall {
  const sink: CallSink = {
    open: (connectMs) => reply.open(connectMs),
    headers: (headers) => reply.headers(headers),
    frames: (frames) => reply.frames(frames),
    end: (status) => reply.end(status),
    fail: (reason) => reply.fail(reason),
    drain,
  };
  const upstream = startCall(call, bridge.pool, bridge.rules.limits, sink);
  res.on("drain", () => upstream.resume());
  onceOver(req, res, () => upstream.cancel());
  return upstream;
}

/** The first of the two went on, and its answer found nobody. */
function repeated({ path, where }: PreparedCall): BridgeFailure {
  const message = `The browser lost its connection to the playground and sent ${path.slice(1)} again. It went to ${where} once and was not repeated: whether it was carried out is not known.`;
  return { ...failure("repeated", message), outcome: "unknown" };
}

function requestTooLarge(limit: number): BridgeFailure {
  return failure(
    "too-large",
    `The request is larger than the ${limit} bytes that are allowed, so nothing was sent. Make it smaller.`,
  );
}

function badFraming(expected: string): BridgeFailure {
  return failure("bad-request", `The body of the request is not ${expected} in gRPC-Web framing.`);
}
