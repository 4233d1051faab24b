import type { Registry } from "@bufbuild/protobuf";
import type { BytesForm, Call } from "../../../lib/call/call.ts";
import type { RunError, RunEvent } from "../../../lib/call/run-event.ts";
import { errorDetails } from "../../../lib/reply/error-details.ts";
import { ReplyStore } from "../../../lib/reply/reply-store.ts";
import { AsyncQueue } from "../../../lib/run/async-queue.ts";
import { encodeRequest } from "../../../lib/run/encode-request.ts";
import type { OutgoingMessage, Runner } from "../../../lib/run/runner.ts";
import { streamKind } from "../../../lib/schema/stream-kind.ts";
import { type DocumentedSchema, loadAllTypes, loadMethodSchema } from "../../run/method-schema.ts";
import { applyEvent, type RunState, started } from "../../run/run-state.ts";
import type { AnswerOf, FromWorker, Look, Question, ReplyParts } from "../worker-protocol.ts";
import { earlierReplies, keepReply } from "./earlier-replies.ts";
import { recentOf } from "./recent-of.ts";
import { ReplyViews } from "./reply-views.ts";
import { report } from "./report.ts";
import { runRecord } from "./run-record-of.ts";
import { breathe, SLICE_MS } from "./slices.ts";

/** While messages come closer together than this, nothing but what is looked at is written. */
const BUSY_MS = 100;

/** What is sent before the page has said what it looks at: the first screen, so that it does not wait for that. */
const FIRST_LOOK: Look = { kind: "text", from: 0, count: 100, search: "" };

/** What is of no use before what follows it at once waits this long for it: one frame instead of two, or three. */
const SOON_MS = 16;

const NO_PARTS: ReplyParts = { tables: [], chart: false, details: [], sentBytes: 0 };

/** What there is once the method's descriptors are here. */
interface Opened {
  readonly schema: DocumentedSchema;
  readonly store: ReplyStore;
  readonly views: ReplyViews;
  readonly talks: boolean;
  readonly alone: boolean;
}

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
  #opened: Opened | null = null;
  readonly #sent: { readonly text: string; readonly bytes: BytesForm; readonly atMs: number }[];
  #sentWires: Uint8Array[] = [];
  #parts = NO_PARTS;
  #look = FIRST_LOOK;
  #stale = true;
  #showing = false;
  #unpainted = false;
  #urgent = false;
  #working = false;
  #lastMessage = 0;

  constructor(run: number, call: Call, post: (message: FromWorker) => void) {
    this.run = run;
    this.call = call;
    this.#post = post;
    this.#state = started(call.profile);
    this.#sent = [{ text: call.request, bytes: call.bytes, atMs: 0 }];
  }

  /** Runs the call to its end, and leaves behind what is kept of it. */
  async go(runner: Runner, streams: boolean): Promise<void> {
    const { signal } = this.#controller;
    const options = streams ? { signal, outgoing: this.#outgoing } : { signal };
    await this.#takeAll(runner.run(this.call, options));
    // First the page gets what it shows.
    await breathe();
    await this.#finish();
  }

  /** Takes what the call has given elsewhere. */
  async show(events: readonly RunEvent[]): Promise<void> {
    await this.#takeAll(events);
  }

  async #takeAll(events: AsyncIterable<RunEvent> | Iterable<RunEvent>): Promise<void> {
    this.#startedAt = performance.now();
    const opened = loadMethodSchema(this.call.method).then(
      (schema) => this.#open(schema),
      // The runner says that the descriptors could not be loaded.
      () => {},
    );
    let workedUntil = 0;
    let pause = 0;
    for await (const event of events) {
      await opened;
      // What was waited for, others could work in.
      const now = performance.now();
      if (now - workedUntil > 1) pause = now + SLICE_MS;
      this.#take(event);
      workedUntil = performance.now();
      if (workedUntil <= pause) continue;
      await breathe();
      workedUntil = 0;
    }
    this.#outgoing.end();
  }

  send(message: OutgoingMessage): void {
    this.#outgoing.push(message);
    const { text, bytes } = message;
    const sent = { text, bytes, atMs: performance.now() - this.#startedAt };
    this.#sent.push(sent);
    this.#state = { ...this.#state, sentCount: this.#sent.length };
    if (this.#opened?.talks === true) this.#opened.store.sent(sent.text, sent.atMs);
    this.#encodeSent();
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

  /** It is no longer shown. */
  release(): void {
    this.cancel();
    this.#unpainted = true;
    this.#opened?.store.transcript.rewrite();
  }

  look(look: Look, bytes: Call["bytes"]): void {
    this.#look = look;
    this.#opened?.store.showBytes(bytes);
    this.#change();
  }

  async toggle(key: string): Promise<void> {
    await this.#opened?.views.toggle(this.#look, key);
    this.#change();
  }

  async openAll(open: boolean): Promise<void> {
    await this.#opened?.views.openAll(this.#look, open);
    this.#change();
  }

  painted(): void {
    this.#unpainted = false;
    if (this.#stale) this.#show().catch(report);
    this.#workOn().catch(report);
  }

  async answer(question: Question): Promise<AnswerOf<Question>> {
    if (this.#opened === null) throw new Error("nothing has come yet");
    return this.#opened.views.answer(question, this.call.method);
  }

  #open(schema: DocumentedSchema): void {
    const { method, registry } = schema;
    const kind = streamKind(method);
    const alone = kind === "unary";
    const store = new ReplyStore(method.output, registry, this.call.bytes, alone);
    const talks = kind === "client-streaming" || kind === "bidi-streaming";
    if (talks) for (const { text, atMs } of this.#sent) store.sent(text, atMs);
    const views = new ReplyViews(
      {
        store,
        schema,
        alone,
        sentWires: () => this.#sentWires,
        timeOf: (message) => store.timeOf(message),
        onChange: () => this.#change(),
      },
      () => earlierReplies(this.call.method, this.call.profile, this.run),
    );
    this.#opened = { schema, store, views, talks, alone };
    const { tables } = views.tables;
    const chart = tables.some(({ columns }) => columns.filter(({ numeric }) => numeric).length > 1);
    this.#parts = { ...this.#parts, tables: tables.map(({ name }) => name), chart };
    this.#encodeSent();
    if (talks) this.#change();
  }

  /** The bytes of what was sent, for the wire view. */
  #encodeSent(): void {
    if (this.#opened === null) return;
    const { method, registry } = this.#opened.schema;
    while (this.#sentWires.length < this.#sent.length) {
      const { text, bytes } = this.#sent[this.#sentWires.length] ?? { text: "", bytes: this.call.bytes };
      const wire = encodeRequest(text, method.input, registry, bytes);
      this.#sentWires.push(typeof wire === "string" ? new Uint8Array() : wire);
    }
    const sentBytes = this.#sentWires.reduce((sum, { length }) => sum + length, 0);
    this.#parts = { ...this.#parts, sentBytes };
  }

  #take(event: RunEvent): void {
    this.#state = applyEvent(this.#state, event);
    if (event.kind === "message") {
      this.#lastMessage = performance.now();
      this.#opened?.store.received(event.wire, event.atMs);
    } else if (event.kind === "error" && this.#opened !== null) {
      this.#readDetails(event.error, this.#opened.schema.registry);
    }
    if (event.kind === "headers" || (event.kind === "message" && this.#opened?.alone === true)) {
      setTimeout(() => this.#stale && this.#change(), SOON_MS);
      this.#stale = true;
      return;
    }
    this.#change(this.#state.phase === "ended" || (event.kind === "message" && this.#state.received === 1));
  }

  /** Decodes an error's details: by the method's own types, and where those do not do by all of the API. */
  #readDetails(error: RunError, types: Registry, all = false): void {
    const bytes = this.#opened?.store.bytes ?? this.call.bytes;
    const details = errorDetails(error, types, bytes);
    this.#parts = { ...this.#parts, details };
    const api = this.#opened?.schema.docs.api;
    if (all || api === undefined || details.every(({ kind }) => kind === "known")) return;
    loadAllTypes(api).then((registry) => {
      this.#readDetails(error, registry, true);
      this.#change();
    }, report);
  }

  /** `urgent`: sends it at once, though the page has not yet painted what it got before. */
  #change(urgent = false): void {
    this.#stale = true;
    this.#urgent ||= urgent;
    if (!this.#unpainted || this.#urgent) this.#show().catch(report);
  }

  /** Sends what is to be seen now. Meanwhile more may come: it is sent when this was painted. */
  async #show(): Promise<void> {
    if (this.#showing) return;
    this.#showing = true;
    do {
      this.#unpainted = true;
      this.#stale = false;
      this.#urgent = false;
      const sight = (await this.#opened?.views.sight(this.#look)) ?? { kind: "none" };
      this.#post({ kind: "update", run: this.run, state: this.#state, parts: this.#parts, sight });
    } while (this.#urgent);
    this.#showing = false;
  }

  /** Searches and counts lines while there is nothing else to do. */
  async #workOn(): Promise<void> {
    const views = this.#opened?.views;
    if (this.#working || views === undefined) return;
    this.#working = true;
    while (views.unfinished) {
      if (this.#state.phase === "running" && performance.now() - this.#lastMessage < BUSY_MS) {
        await new Promise((resolve) => setTimeout(resolve, BUSY_MS));
        continue;
      }
      if (await views.workOn()) this.#change();
      await breathe();
    }
    this.#working = false;
  }

  async #finish(): Promise<void> {
    const { call, run } = this;
    const opened = this.#opened;
    const kept = opened?.schema.docs.method.safety.secretReply === false ? opened : null;
    const record = await runRecord(call, this.#begun, this.#state, kept?.store.transcript ?? null);
    this.#post({ kind: "ended", run, record });
    if (kept === null) return;
    const { store, schema } = kept;
    const values = await recentOf(store, schema.docs);
    if (values.length > 0) this.#post({ kind: "recent", profile: call.profile, values });
    const { received, receivedBytes: bytes, error } = this.#state;
    keepReply(call.method, call.profile, {
      id: run,
      at: this.#begun,
      received,
      bytes,
      code: error?.code ?? 0,
      store,
    });
  }
}
