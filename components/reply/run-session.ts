import type { Call } from "../../lib/call/call.ts";
import type { RunEvent } from "../../lib/call/run-event.ts";
import { ReplyStore } from "../../lib/reply/reply-store.ts";
import { AsyncQueue } from "../../lib/run/async-queue.ts";
import type { OutgoingMessage, Runner } from "../../lib/run/runner.ts";
import { streamKind } from "../../lib/schema/stream-kind.ts";
import { type DocumentedSchema, loadMethodSchema } from "../run/method-schema.ts";
import { RECORDED_REPLY, type RunRecord } from "../run/run-record.ts";
import { applyEvent, type RunState, started } from "../run/run-state.ts";
import { breathe, SLICE_MS, slice } from "./slices.ts";
import type { AnswerOf, FromWorker, Look, Question, Sight } from "./worker-protocol.ts";

/** While messages come closer together than this, nothing but what is looked at is written. */
const BUSY_MS = 100;

/** What is sent before the page has said what it looks at: the first screen, so that it does not wait for that. */
const FIRST_LOOK: Look = { kind: "text", from: 0, count: 100 };

/** One run in the call worker: it keeps what comes, and shows the page what it looks at, once a frame at most. */
export class RunSession {
  readonly run: number;
  readonly call: Call;
  readonly #post: (message: FromWorker) => void;
  readonly #controller = new AbortController();
  readonly #outgoing = new AsyncQueue<OutgoingMessage>();
  readonly #begun = Date.now();
  #startedAt = performance.now();
  #state: RunState;
  #store: ReplyStore | null = null;
  #schema: DocumentedSchema | null = null;
  #early: { text: string; atMs: number }[] = [];
  #look: Look = FIRST_LOOK;
  #stale = true;
  #showing = false;
  #unpainted = false;
  #tidying = false;
  #lastMessage = 0;

  constructor(run: number, call: Call, post: (message: FromWorker) => void) {
    this.run = run;
    this.call = call;
    this.#post = post;
    this.#state = started(call.profile);
  }

  /** Runs the call to its end. */
  async go(runner: Runner, streams: boolean): Promise<void> {
    const { signal } = this.#controller;
    this.#startedAt = performance.now();
    const schema = loadMethodSchema(this.call.method).then(
      (loaded) => this.#open(loaded),
      // The runner says that the descriptors could not be loaded.
      () => {},
    );
    const options = streams ? { signal, outgoing: this.#outgoing } : { signal };
    let pause = performance.now() + SLICE_MS;
    for await (const event of runner.run(this.call, options)) {
      await schema;
      this.#take(event);
      if (performance.now() > pause) {
        await breathe();
        pause = performance.now() + SLICE_MS;
      }
    }
    this.#outgoing.end();
    this.#post({ kind: "ended", run: this.run, record: await this.#record() });
  }

  send(message: OutgoingMessage): void {
    this.#outgoing.push(message);
    this.#state = { ...this.#state, sentCount: this.#state.sentCount + 1 };
    this.#noteSent(message.text, performance.now() - this.#startedAt);
    this.#change();
  }

  halfClose(): void {
    this.#outgoing.end();
    this.#state = { ...this.#state, halfClosed: true };
    this.#change();
  }

  cancel(): void {
    this.#controller.abort();
  }

  look(look: Look, bytes: Call["bytes"]): void {
    this.#look = look;
    this.#store?.showBytes(bytes);
    this.#change();
  }

  painted(): void {
    this.#unpainted = false;
    if (this.#stale) void this.#show();
    this.#tidy();
  }

  async answer(question: Question): Promise<AnswerOf<Question>> {
    const transcript = this.#store?.transcript;
    switch (question.kind) {
      case "text": {
        const parts: string[] = [];
        for (let block = 0; block < (transcript?.blocks ?? 0); block++) {
          parts.push((await transcript?.lines(block))?.join("\n") ?? "");
        }
        return parts.join("\n");
      }
      case "line-of":
        return transcript?.startOfMessage(question.message) ?? 0;
    }
  }

  #open(schema: DocumentedSchema): void {
    const { method, registry } = schema;
    const kind = streamKind(method);
    this.#schema = schema;
    this.#store = new ReplyStore(method.output, registry, this.call.bytes, kind === "unary");
    const talks = kind === "client-streaming" || kind === "bidi-streaming";
    if (talks) this.#store.sent(this.call.request, 0);
    if (talks) for (const { text, atMs } of this.#early) this.#store.sent(text, atMs);
    this.#early = [];
    this.#change();
  }

  #noteSent(text: string, atMs: number): void {
    if (this.#store === null) this.#early.push({ text, atMs });
    else this.#store.sent(text, atMs);
  }

  #take(event: RunEvent): void {
    this.#state = applyEvent(this.#state, event);
    if (event.kind === "message") {
      this.#lastMessage = performance.now();
      this.#store?.received(event.wire, event.atMs);
    }
    this.#change();
  }

  #change(): void {
    this.#stale = true;
    if (!this.#unpainted) void this.#show();
  }

  /** Sends what is to be seen now. Meanwhile more may come: it is sent when this was painted. */
  async #show(): Promise<void> {
    if (this.#showing) return;
    this.#showing = true;
    this.#unpainted = true;
    this.#stale = false;
    const sight = await this.#sight();
    this.#post({ kind: "update", run: this.run, state: this.#state, sight });
    this.#showing = false;
  }

  async #sight(): Promise<Sight> {
    const transcript = this.#store?.transcript;
    if (transcript === undefined || this.#look.kind === "none") return { kind: "none" };
    const window = await transcript.window(this.#look.from, this.#look.count);
    return { kind: "text", ...window, widest: transcript.widest, complete: transcript.complete };
  }

  /** Counts lines while there is nothing else to do. */
  async #tidy(): Promise<void> {
    const transcript = this.#store?.transcript;
    if (this.#tidying || transcript === undefined || transcript.complete) return;
    this.#tidying = true;
    while (!transcript.complete) {
      if (this.#state.phase === "running" && performance.now() - this.#lastMessage < BUSY_MS) {
        await new Promise((resolve) => setTimeout(resolve, BUSY_MS));
        continue;
      }
      const { total, widest } = transcript;
      await transcript.count(slice());
      if (total !== transcript.total || widest !== transcript.widest || transcript.complete) this.#change();
      await breathe();
    }
    this.#tidying = false;
  }

  async #record(): Promise<RunRecord> {
    const { call } = this;
    const { error, headersAtMs, firstAtMs, endedAtMs, sentCount, received, receivedBytes } = this.#state;
    return {
      method: call.method,
      profile: call.profile,
      request: call.request,
      bytes: call.bytes,
      startedAt: this.#begun,
      status: {
        code: error?.code ?? 0,
        message: error?.message ?? "",
        source: error?.source ?? null,
        reason: error?.reason ?? null,
      },
      times: { headers: headersAtMs, firstMessage: firstAtMs, end: endedAtMs },
      sizes: { sent: sentCount, received, receivedBytes },
      reply: await this.#recordedReply(),
    };
  }

  async #recordedReply(): Promise<RunRecord["reply"]> {
    if (this.#store === null || this.#schema?.docs.method.safety.secretReply !== false) return null;
    const { transcript } = this.#store;
    let text = "";
    for (let block = 0; block < transcript.blocks; block++) {
      text += `${block === 0 ? "" : "\n"}${(await transcript.lines(block)).join("\n")}`;
      if (text.length > RECORDED_REPLY) return { text: text.slice(0, RECORDED_REPLY), complete: false };
    }
    return { text, complete: true };
  }
}
