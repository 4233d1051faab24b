import { type DescMethod, fromBinary } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import type { LiveStatus } from "../lib/call/live-status.ts";
import { findMethod } from "../lib/schema/registry.ts";
import { FRAME_HEADER } from "./bridge/frames.ts";
import { decodeGrpcMessage } from "./bridge/grpc-message.ts";
import type { Bridge } from "./bridge/grpc-web.ts";
import { prepareCall } from "./bridge/prepare-call.ts";
import { UpstreamCall } from "./bridge/upstream-call.ts";
import type { DaemonHosts } from "./doctor/host-stage.ts";

/** The call that shows that a daemon is alive: a unary method without arguments, and the fields to show. */
export interface LiveCall {
  readonly method: string;
  readonly height?: string;
  readonly version?: string;
  /** What tells the program that answers, for the doctor. */
  readonly hosts?: DaemonHosts;
}

/** The call of those whose service is among these; undefined where none is served. */
export function liveCallOf(calls: readonly LiveCall[], services: readonly string[]): LiveCall | undefined {
  return calls.find(({ method }) => services.includes(method.slice(0, method.lastIndexOf("."))));
}

/** A daemon that does not answer within this is shown as down. */
const DEADLINE_MS = 5_000;
/** How long an answer serves every page that asks. */
const FRESH_MS = 3_000;
/** What a daemon may answer with, all messages together. */
const MOST_BYTES = 1 << 20;
/** Characters of a height, a version or a daemon's own sentence: they stand in one line of the page. */
const MOST_TEXT = 500;

/** Asks daemons whether they are alive: one call at a time for a profile, however many pages ask. */
export class LiveStatuses {
  readonly #bridge: Bridge;
  readonly #calls: readonly LiveCall[];
  readonly #asked = new Map<string, { atMs: number; readonly status: Promise<LiveStatus> }>();

  constructor(bridge: Bridge, calls: readonly LiveCall[]) {
    this.#bridge = bridge;
    this.#calls = calls;
  }

  /** The status of a profile by id. An id that no profile has is `down` with the sentence that says so. */
  of(profile: string): Promise<LiveStatus> {
    const known = this.#asked.get(profile);
    if (known !== undefined && performance.now() - known.atMs < FRESH_MS) return known.status;
    const status = this.#ask(profile);
    if (this.#bridge.rules.profiles.get(profile) !== undefined) {
      // One that is not answered yet serves as well as a fresh one.
      const asked = { atMs: Number.POSITIVE_INFINITY, status };
      this.#asked.set(profile, asked);
      void status.then(() => {
        asked.atMs = performance.now();
      });
    }
    return status;
  }

  #ask(profile: string): Promise<LiveStatus> {
    const { rules, pool } = this.#bridge;
    const endpoints = rules.profiles.get(profile)?.endpoints ?? [];
    // A profile that serves none of them is told so by the bridge, as it is of any call.
    const call =
      liveCallOf(
        this.#calls,
        endpoints.flatMap(({ services }) => services),
      ) ?? this.#calls[0];
    if (call === undefined)
      return Promise.resolve({ kind: "down", message: "no call tells whether it is alive" });
    const dot = call.method.lastIndexOf(".");
    const [service, name] = [call.method.slice(0, dot), call.method.slice(dot + 1)];
    const asked = {
      profile,
      service,
      method: name,
      metadata: [],
      deadlineMs: DEADLINE_MS,
      compression: "identity",
    } as const;
    const prepared = prepareCall(asked, rules);
    const method = findMethod(rules.registry, call.method);
    if (prepared.kind === "failure") return Promise.resolve({ kind: "down", message: prepared.message });
    if (method === undefined) throw new Error(`the live method ${call.method} is not in the schema`);
    return new Promise((resolve) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      const upstream = new UpstreamCall(prepared, pool, rules.limits, {
        open: () => {},
        headers: () => {},
        frames: (frames) => {
          chunks.push(frames);
          bytes += frames.length;
          if (bytes <= MOST_BYTES) return true;
          upstream.cancel();
          chunks.length = 0;
          resolve({ kind: "down", message: `the answer is longer than a ${method.output.typeName} can be` });
          return false;
        },
        end: ({ code, message }) =>
          resolve(
            code === "0"
              ? readStatus(call, method, Buffer.concat(chunks))
              : { kind: "down", message: decodeGrpcMessage(message).slice(0, MOST_TEXT) },
          ),
        fail: ({ message }) => resolve({ kind: "down", message }),
        drain: () => {},
      });
      upstream.write(Buffer.alloc(FRAME_HEADER));
      upstream.end();
    });
  }
}

function readStatus(call: LiveCall, method: DescMethod, frame: Buffer): LiveStatus {
  try {
    const reply = reflect(method.output, fromBinary(method.output, frame.subarray(FRAME_HEADER)));
    const text = (name: string | undefined) => {
      const field = method.output.fields.find((field) => field.name === name);
      return field === undefined ? null : String(reply.get(field)).slice(0, MOST_TEXT);
    };
    return { kind: "up", height: text(call.height), version: text(call.version) };
  } catch {
    return { kind: "down", message: `the answer is no ${method.output.typeName}` };
  }
}
