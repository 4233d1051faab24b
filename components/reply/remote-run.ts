import type { BytesForm, Call } from "../../lib/call/call.ts";
import type { RunEvent } from "../../lib/call/run-event.ts";
import type { OutgoingMessage } from "../../lib/run/runner.ts";
import { rememberRecent } from "../run/recent-store.ts";
import type { RunRecord } from "../run/run-record.ts";
import type { RunState } from "../run/run-state.ts";
import type { AnswerOf, FromWorker, Look, Question, ReplyParts, Sight, ToWorker } from "./worker-protocol.ts";

/** What a page wants to hear of its run. */
export interface RunListener {
  readonly onState: (state: RunState) => void;
  readonly onEnded: (record: RunRecord) => void;
  /** The worker itself failed: nothing more will come. */
  readonly onBroken: (message: string) => void;
}

/** A run in the call worker, as the page holds it. */
export interface RemoteRun {
  send(message: OutgoingMessage): void;
  halfClose(): void;
  cancel(): void;
  /** From now on the page shows this. */
  look(look: Look, bytes: BytesForm): void;
  /** Opens or closes a row of what is looked at. */
  toggle(key: string): void;
  openAll(open: boolean): void;
  /** What is to be seen, and which parts the reply has; changes are told to those who subscribed. */
  sight(): Sight;
  parts(): ReplyParts;
  subscribe(listener: () => void): () => void;
  /** Cancels it where it still goes on, and forgets what came. Its `onEnded` is called all the same. */
  release(): void;
  ask<Q extends Question>(question: Q): Promise<AnswerOf<Q>>;
}

const NOTHING: Sight = { kind: "none" };
const NO_PARTS: ReplyParts = { tables: [], chart: false, details: [], sentBytes: 0 };

/** A run that is shown, or of which the end is still to be heard: what was called is kept in the history. */
interface OpenRun {
  readonly listener: Pick<RunListener, "onState" | "onBroken"> & {
    readonly onEnded: RunListener["onEnded"] | null;
  };
  readonly see: (sight: Sight, parts: ReplyParts) => void;
  shown: boolean;
  ended: boolean;
}

let worker: Worker | null = null;
let lastRun = 0;
let lastQuestion = 0;
const runs = new Map<number, OpenRun>();
const questions = new Map<
  number,
  { readonly resolve: (answer: never) => void; readonly reject: (cause: Error) => void }
>();

/** Starts the worker, and has it load what a run of the method needs. */
export function warmUp(method: string): void {
  tell({ kind: "warm", method });
}

/** Starts a call. */
export function startRun(call: Call, streams: boolean, listener: RunListener): RemoteRun {
  return openRun(listener, (run) => ({ kind: "start", run, call, streams }));
}

/** Has the worker show what a call has given elsewhere: it is not made again, and nothing of it is kept. */
export function showRun(
  call: Call,
  events: readonly RunEvent[],
  listener: Omit<RunListener, "onEnded">,
): RemoteRun {
  return openRun({ ...listener, onEnded: null }, (run) => ({ kind: "show", run, call, events }));
}

function openRun(listener: OpenRun["listener"], first: (run: number) => ToWorker): RemoteRun {
  const run = ++lastRun;
  let seen = NOTHING;
  let known = NO_PARTS;
  const watchers = new Set<() => void>();
  const open: OpenRun = {
    listener,
    shown: true,
    ended: listener.onEnded === null,
    see: (sight, parts) => {
      seen = sight;
      if (JSON.stringify(parts) !== JSON.stringify(known)) known = parts;
      for (const watcher of watchers) watcher();
    },
  };
  runs.set(run, open);
  tell(first(run));
  return {
    send: (message) => tell({ kind: "send", run, message }),
    halfClose: () => tell({ kind: "half-close", run }),
    cancel: () => tell({ kind: "cancel", run }),
    release: () => {
      open.shown = false;
      if (open.ended) runs.delete(run);
      tell({ kind: "release", run });
    },
    look: (look, bytes) => tell({ kind: "look", run, look, bytes }),
    toggle: (key) => tell({ kind: "toggle", run, key }),
    openAll: (open) => tell({ kind: "open-all", run, open }),
    sight: () => seen,
    parts: () => known,
    subscribe: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    ask: (question) =>
      new Promise((resolve, reject) => {
        const id = ++lastQuestion;
        questions.set(id, { resolve, reject });
        tell({ kind: "ask", run, id, question });
      }),
  };
}

function tell(message: ToWorker): void {
  worker ??= openWorker();
  worker.postMessage(message);
}

function openWorker(): Worker {
  const opened = new Worker(new URL("./worker/call-worker.ts", import.meta.url), { type: "module" });
  opened.onmessage = ({ data }: MessageEvent<FromWorker>) => hear(data);
  opened.onerror = (event) => {
    event.preventDefault();
    const message = event.message || "its worker could not be loaded";
    opened.terminate();
    worker = null;
    for (const { listener } of runs.values()) listener.onBroken(message);
    for (const { reject } of questions.values()) reject(new Error(message));
    runs.clear();
    questions.clear();
  };
  return opened;
}

function hear(message: FromWorker): void {
  switch (message.kind) {
    case "update": {
      const run = runs.get(message.run);
      if (run?.shown !== true) return;
      run.see(message.sight, message.parts);
      run.listener.onState(message.state);
      afterPaint(() => tell({ kind: "painted", run: message.run }));
      return;
    }
    case "ended": {
      const run = runs.get(message.run);
      if (run === undefined) return;
      run.ended = true;
      if (!run.shown) runs.delete(message.run);
      afterPaint(() => run.listener.onEnded?.(message.record));
      return;
    }
    case "recent":
      rememberRecent(message.profile, message.values);
      return;
    case "answer":
      questions.get(message.id)?.resolve(message.answer as never);
      questions.delete(message.id);
      return;
    case "no-answer":
      questions.get(message.id)?.reject(new Error(message.message));
      questions.delete(message.id);
  }
}

/** Updates that follow one another without a pause come this far apart: a page has more to do than to show them. */
const UPDATE_MS = 32;

/** After the next frame, and not too soon; by a timer where the page is hidden and has no frames. */
function afterPaint(act: () => void): void {
  const soonest = performance.now() + UPDATE_MS;
  let done = false;
  const once = () => {
    if (done) return;
    done = true;
    clearTimeout(timer);
    act();
  };
  const timer = setTimeout(once, 250);
  requestAnimationFrame(() => setTimeout(once, Math.max(0, soonest - performance.now())));
}
