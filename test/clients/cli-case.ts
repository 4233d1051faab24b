import type { JsonValue } from "@bufbuild/protobuf";

/** What a case checks the output of its command with. Each throws an assertion where it does not hold. */
export interface CliOutput {
  /** Standard output, without the questions that were answered. */
  readonly text: string;
  /** The JSON in it. Throws where there is none. */
  json<Shape = { readonly [name: string]: JsonValue }>(): Shape;
}

/** What cases leave for those after them. */
export class Kept {
  readonly #values = new Map<string, string>();

  set(name: string, value: unknown): void {
    if (typeof value !== "string" || value === "") throw new Error(`there is no text to keep as ${name}`);
    this.#values.set(name, value);
  }

  get(name: string): string {
    const value = this.#values.get(name);
    if (value === undefined) throw new Error(`nothing was kept as ${name}`);
    return value;
  }

  /** The text with what was kept in the place of each `{name}`. */
  fill(text: string): string {
    return text.replace(/\{(\w+)\}/g, (_, name: string) => this.get(name));
  }
}

/**
 * What the CLI is pointed at. `own`: the sandbox's first world. `other`: another world of it. `stranger`: the sandbox, with
 * the macaroon of another one. `nobody`: a port where nobody listens. `nowhere`: a folder that is not there.
 */
export type CliTarget = "own" | "other" | "stranger" | "nobody" | "nowhere";

/** Blocks that are mined before a case. */
export function afterBlocks(blocks: number): Pick<CliCase, "before"> {
  return { before: [["MineBlocks", { num_blocks: blocks }]] };
}

/** A command line of `pool`, and what has to come of it. */
export interface CliCase {
  /** The command, as `pool-cli.json` names it, without `pool`; empty for `pool` itself. */
  readonly command: string;
  /** What stands after it. `{name}` is what an earlier case kept. */
  readonly args?: readonly string[];
  /** Typed on standard input. */
  readonly input?: string;
  /** Whose daemon is asked; default: `own`. */
  readonly as?: CliTarget;
  /** The exit code; default 0. */
  readonly exit?: number;
  /** The last line on standard error, whole, for a case that is refused. Its exit code is 1. */
  readonly error?: string;
  /** Controls of the sandbox that are called before it: method and request. */
  readonly before?: readonly (readonly [method: string, request: JsonValue])[];
  readonly check?: (output: CliOutput, kept: Kept) => void;
}
