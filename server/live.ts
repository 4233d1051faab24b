import { type DescMethod, fromBinary } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import type { LiveStatus } from "../lib/call/live-status.ts";
import { findMethod } from "../lib/schema/registry.ts";
import { FRAME_HEADER } from "./bridge/frames.ts";
import { decodeGrpcMessage } from "./bridge/grpc-message.ts";
import type { Bridge } from "./bridge/grpc-web.ts";
import { prepareCall } from "./bridge/prepare-call.ts";
import { UpstreamCall } from "./bridge/upstream-call.ts";

/** The call that shows that a daemon is alive: a unary method without arguments, and the fields to show. */
export interface LiveCall {
  readonly method: string;
  readonly height?: string;
  readonly version?: string;
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
  readonly #call: LiveCall;
  readonly #asked = new Map<string, { atMs: number; readonly status: Promise<LiveStatus> }>();

  constructor(bridge: Bridge, call: LiveCall) {
    this.#bridge = bridge;
    this.#call = call;
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
    const dot = this.#call.method.lastIndexOf(".");
    const [service, name] = [this.#call.method.slice(0, dot), this.#call.method.slice(dot + 1)];
    const asked = {
      profile,
      service,
      method: name,
      metadata: [],
      deadlineMs: DEADLINE_MS,
      compression: "identity",
    } as const;
    const prepared = prepareCall(asked, rules);
    const method = findMethod(rules.registry, this.#call.method);
    if (prepared.kind === "failure") return Promise.resolve({ kind: "down", message: prepared.message });
    if (method === undefined) throw new Error(`the live method ${this.#call.method} is not in the schema`);
    return new Promise((resolve) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      const call = new UpstreamCall(prepared, pool, rules.limits, {
        open: () => {},
        headers: () => {},
        frames: (frames) => {
          chunks.push(frames);
          bytes += frames.length;
          if (bytes <= MOST_BYTES) return true;
          call.cancel();
          chunks.length = 0;
          resolve({ kind: "down", message: `the answer is longer than a ${method.output.typeName} can be` });
          return false;
        },
        end: ({ code, message }) =>
          resolve(
            code === "0"
              ? this.#read(method, Buffer.concat(chunks))
              : { kind: "down", message: decodeGrpcMessage(message).slice(0, MOST_TEXT) },
          ),
        fail: ({ message }) => resolve({ kind: "down", message }),
        drain: () => {},
      });
      call.write(Buffer.alloc(FRAME_HEADER));
      call.end();
    });
  }

  #read(method: DescMethod, frame: Buffer): LiveStatus {
    try {
      const reply = reflect(method.output, fromBinary(method.output, frame.subarray(FRAME_HEADER)));
      const text = (name: string | undefined) => {
        const field = method.output.fields.find((field) => field.name === name);
        return field === undefined ? null : String(reply.get(field)).slice(0, MOST_TEXT);
      };
      return { kind: "up", height: text(this.#call.height), version: text(this.#call.version) };
    } catch {
      return { kind: "down", message: `the answer is no ${method.output.typeName}` };
    }
  }
}
