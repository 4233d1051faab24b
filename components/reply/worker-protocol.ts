import type { BytesForm, Call } from "../../lib/call/call.ts";
import type { LineWindow } from "../../lib/reply/transcript.ts";
import type { OutgoingMessage } from "../../lib/run/runner.ts";
import type { RunRecord } from "../run/run-record.ts";
import type { RunState } from "../run/run-state.ts";

/** What the page shows of a reply: the worker sends just this, anew whenever it changes. */
export type Look =
  | { readonly kind: "none" }
  /** `end`: the last lines, whatever comes. */
  | { readonly kind: "text"; readonly from: number | "end"; readonly count: number };

/** What there is to see at a `Look`. */
export type Sight =
  | { readonly kind: "none" }
  | ({ readonly kind: "text"; readonly widest: number; readonly complete: boolean } & LineWindow);

/** From the page to the call worker. `run` is a number that the page gave to the run. */
export type ToWorker =
  /** The method's page is being used: what a run needs can be loaded. */
  | { readonly kind: "warm"; readonly method: string }
  | { readonly kind: "start"; readonly run: number; readonly call: Call; readonly streams: boolean }
  | { readonly kind: "send"; readonly run: number; readonly message: OutgoingMessage }
  | { readonly kind: "half-close"; readonly run: number }
  | { readonly kind: "cancel"; readonly run: number }
  | { readonly kind: "look"; readonly run: number; readonly look: Look; readonly bytes: BytesForm }
  /** The last update was painted: the next may come. */
  | { readonly kind: "painted"; readonly run: number }
  /** The run is no longer shown: one that still goes on is cancelled. */
  | { readonly kind: "release"; readonly run: number }
  | { readonly kind: "ask"; readonly run: number; readonly id: number; readonly question: Question };

export interface Update {
  readonly kind: "update";
  readonly run: number;
  readonly state: RunState;
  /** Null: the same as before. */
  readonly sight: Sight | null;
}

/** From the call worker to the page. */
export type FromWorker =
  | Update
  | { readonly kind: "ended"; readonly run: number; readonly record: RunRecord }
  | { readonly kind: "answer"; readonly id: number; readonly answer: unknown }
  | { readonly kind: "no-answer"; readonly id: number; readonly message: string };

/** What the page asks once, and the answer's type. */
export interface Questions {
  /** The whole text. */
  text: { readonly ask: { readonly kind: "text" }; readonly answer: string };
  /** The line at which a received message begins. */
  "line-of": {
    readonly ask: { readonly kind: "line-of"; readonly message: number };
    readonly answer: number;
  };
}

export type Question = Questions[keyof Questions]["ask"];
export type AnswerOf<Q extends Question> = Extract<Questions[keyof Questions], { readonly ask: Q }>["answer"];
