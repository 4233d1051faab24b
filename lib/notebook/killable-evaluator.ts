import type { Evaluation, Evaluator } from "./host.ts";
import { referencedNames } from "./references.ts";
import type { Values } from "./value.ts";

/** What a worker is asked. It is plain data, as a worker takes it. */
export interface EvaluatorQuestion {
  readonly id: number;
  readonly expression: string;
  readonly values: Values;
}

/** What a worker says: `ready` once, when it can be asked; then an evaluation to each question. */
export type EvaluatorAnswer =
  | { readonly kind: "ready" }
  | { readonly kind: "evaluation"; readonly id: number; readonly evaluation: Evaluation };

/** A worker of whatever kind: the page's or a thread of Node. */
export interface WorkerPort {
  post(question: EvaluatorQuestion): void;
  /** Ends it in the middle of what it does. Nothing is heard of it after that. */
  terminate(): void;
}

/** Starts a worker. `onFailure`: it could not be loaded, or died by itself. */
export type StartWorker = (events: {
  readonly onMessage: (answer: EvaluatorAnswer) => void;
  readonly onFailure: (reason: string) => void;
}) => WorkerPort;

interface Job {
  readonly id: number;
  readonly expression: string;
  readonly values: Values;
  readonly settle: (evaluation: Evaluation) => void;
}

/** How long a worker may take until it is ready. */
const START_MS = 30_000;

/**
 * Asks a worker one expression at a time, and ends the worker where an answer takes longer than `limitMs`; another one is
 * started for the next expression. The time that a worker takes to start does not count.
 */
export class KillableEvaluator implements Evaluator {
  readonly #start: StartWorker;
  readonly #limitMs: number;
  readonly #queue: Job[] = [];
  #worker: WorkerPort | null = null;
  #ready = false;
  #current: Job | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastId = 0;
  #closed = false;

  constructor(start: StartWorker, limitMs = 2_000) {
    this.#start = start;
    this.#limitMs = limitMs;
  }

  evaluate(expression: string, values: Values): Promise<Evaluation> {
    const mentioned = referencedNames(expression, new Set(values.keys()));
    const needed = new Map([...values].filter(([name]) => mentioned.has(name)));
    return new Promise((settle) => {
      this.#queue.push({ id: ++this.#lastId, expression, values: needed, settle });
      this.#next();
    });
  }

  /** Ends the worker. What was asked and is not answered ends in an error, and so does what is asked later. */
  close(): void {
    this.#closed = true;
    this.#end(CLOSED);
    for (const { settle } of this.#queue.splice(0)) settle(CLOSED);
  }

  #next(): void {
    if (this.#current !== null) return;
    const job = this.#queue.shift();
    if (job === undefined) return;
    if (this.#closed) {
      job.settle(CLOSED);
      return;
    }
    this.#current = job;
    if (this.#worker === null) this.#startWorker();
    else if (this.#ready) this.#ask(job);
  }

  #startWorker(): void {
    this.#ready = false;
    let worker: WorkerPort | null = null;
    // One that was ended may still have had something to say.
    const isOld = () => worker !== null && worker !== this.#worker;
    this.#timer = setTimeout(() => this.#end(notStarted("it does not answer")), START_MS);
    worker = this.#start({
      onMessage: (answer) => {
        if (isOld()) return;
        if (answer.kind === "evaluation") return this.#answered(answer.id, answer.evaluation);
        this.#ready = true;
        clearTimeout(this.#timer);
        if (this.#current !== null) this.#ask(this.#current);
      },
      onFailure: (reason) => {
        if (!isOld()) this.#end(this.#ready ? died(reason) : notStarted(reason));
      },
    });
    this.#worker = worker;
  }

  #ask({ id, expression, values }: Job): void {
    this.#timer = setTimeout(() => this.#end(tooLong(this.#limitMs)), this.#limitMs);
    this.#worker?.post({ id, expression, values });
  }

  #answered(id: number, evaluation: Evaluation): void {
    if (this.#current?.id !== id) return;
    clearTimeout(this.#timer);
    const { settle } = this.#current;
    this.#current = null;
    settle(evaluation);
    this.#next();
  }

  /** Ends the worker, with what its question comes to. */
  #end(evaluation: Evaluation): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = null;
    this.#ready = false;
    const job = this.#current;
    this.#current = null;
    job?.settle(evaluation);
    this.#next();
  }
}

const CLOSED = failure("the notebook is closed");

function tooLong(limitMs: number): Evaluation {
  return failure(
    `it was stopped after ${limitMs / 1000} s without a result: look at fewer or shorter lists, or take it apart`,
  );
}

function died(reason: string): Evaluation {
  return failure(`it took more memory than an expression may have, or failed (${reason}): make it smaller`);
}

function notStarted(reason: string): Evaluation {
  return failure(`what works out expressions could not be started: ${reason}`);
}

function failure(message: string): Evaluation {
  return { kind: "error", message, offset: null };
}
