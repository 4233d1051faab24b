import type { RunError } from "../call/run-event.ts";
import type { Value } from "./value.ts";

/** Where a cell stands. Times are milliseconds that its last run took. */
export type CellState =
  /** Never run, or its result was put away. */
  | { readonly kind: "idle" }
  /** Waits for its turn in a run. */
  | { readonly kind: "queued" }
  | { readonly kind: "running"; readonly progress: Progress }
  | { readonly kind: "done"; readonly output: CellOutput; readonly ms: number; readonly fresh: Freshness }
  | {
      readonly kind: "failed";
      readonly failure: CellFailure;
      readonly ms: number;
      readonly fresh: Freshness;
    };

/** `stale`: the cell, or something that it depends on, has changed since it ran. */
export type Freshness = "fresh" | "stale";

/** What a running cell has to show. */
export interface Progress {
  /** Replies so far: of a stream its messages, of a wait its questions. */
  readonly replies: number;
  /** `performance.now()` of when it began. */
  readonly startedAt: number;
  /** Of a wait: milliseconds after its begin at which it gives up. */
  readonly timeoutMs: number | null;
}

/** What a cell gave. */
export type CellOutput =
  /** Of a call or a wait. */
  | {
      readonly kind: "reply";
      readonly method: string;
      /** The messages as they came. */
      readonly messages: readonly Uint8Array[];
      /** Of a call that was expected to fail: how it did. */
      readonly error: RunError | null;
      /** Of a wait: how often it asked. */
      readonly attempts: number;
    }
  /** A cell that the profile has no use for; `instead` says what a person does there. */
  | { readonly kind: "passed-over"; readonly instead: string }
  /** Of an expression or an input. */
  | { readonly kind: "value"; readonly value: Value }
  | { readonly kind: "held" }
  | {
      readonly kind: "table";
      readonly headings: readonly string[];
      readonly rows: readonly (readonly Value[])[];
    }
  | { readonly kind: "chart"; readonly points: readonly { readonly x: number; readonly y: number }[] };

/** Why a cell did not do what it is for. `message` says what, where and what to do. */
export type CellFailure =
  /** The call came back with an error, or with another than it was to. */
  | { readonly kind: "call"; readonly message: string; readonly error: RunError | null }
  /** A check that does not hold. `parts`: the sides of its comparison, as they were. */
  | { readonly kind: "check"; readonly message: string; readonly parts: readonly CheckPart[] }
  /** An expression that has no value. */
  | { readonly kind: "expression"; readonly message: string }
  /** What the reader typed, or what the cells above left, cannot be sent. */
  | { readonly kind: "request"; readonly message: string }
  /** What the reader typed into an input cannot be read. */
  | { readonly kind: "input"; readonly message: string }
  | { readonly kind: "timeout"; readonly message: string; readonly attempts: number }
  /** A cell that it depends on has no value. */
  | { readonly kind: "needs"; readonly message: string; readonly cell: string }
  /** The reader stopped it, or did not confirm the write. */
  | { readonly kind: "stopped"; readonly message: string };

/** A part of a condition and what it came to. */
export interface CheckPart {
  readonly expression: string;
  readonly value: Value;
}
