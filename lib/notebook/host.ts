import type { DescMethod, Registry } from "@bufbuild/protobuf";
import type { Call } from "../call/call.ts";
import type { RunEvent } from "../call/run-event.ts";
import type { RunOptions } from "../run/runner.ts";
import type { CheckPart } from "./cell-state.ts";
import type { Value, Values } from "./value.ts";

/** A method as a notebook needs it. */
export interface NotebookMethod {
  readonly method: DescMethod;
  /** All types that its messages can hold. */
  readonly registry: Registry;
  readonly access: "read" | "write";
}

/** What runs a notebook gives it: in the page, in Node and in tests. */
export interface NotebookHost {
  /** The profile's id. A notebook never names one. */
  readonly profile: string;
  /** Whether the profile serves the method. */
  serves(method: string): boolean;
  /** The method of a full name; undefined where no API of the site has it. */
  methodOf(name: string): Promise<NotebookMethod | undefined>;
  /**
   * Runs a call, as every call of this site runs. A write is confirmed by whoever has to: refused, it ends in an error
   * whose reason is `write-refused` or `confirmation`.
   */
  run(call: Call, options: RunOptions): AsyncIterable<RunEvent>;
  readonly evaluator: Evaluator;
  /**
   * Begins the sandbox's world anew with a scenario; the failure in a sentence, or null where it worked. Null itself where the
   * profile has no scenarios: what is there is taken as it is.
   */
  readonly begin: ((scenario: string, seed: bigint) => Promise<string | null>) | null;
}

/** Works out CEL where it can be killed: an expression that takes more than two seconds ends in an error. */
export interface Evaluator {
  evaluate(expression: string, values: Values): Promise<Evaluation>;
}

/** What an expression came to. Offsets are UTF-16 units of the expression; null: the whole of it. */
export type Evaluation =
  /** `parts`: of a condition that does not hold, the sides of its comparisons. */
  | { readonly kind: "ok"; readonly value: Value; readonly parts: readonly CheckPart[] }
  | { readonly kind: "error"; readonly message: string; readonly offset: number | null };
