/** The client program of an API and its commands. */
export interface CommandGroup {
  readonly program: string;
  /** In order; the first is the program itself, with the flags that stand before any command. */
  readonly commands: readonly Command[];
}

/** One command, or a group of commands, which has no method. */
export interface Command {
  /** With the program: `pool accounts new`. */
  readonly name: string;
  /** Another name for its last word. */
  readonly alias: string | null;
  /** One sentence of Markdown. */
  readonly summary: string;
  /** The method that it calls. */
  readonly method: string | null;
  /** Methods that it serves for although it does not call them. */
  readonly also: readonly string[];
  /** A method that it calls before, to ask whether to go on. */
  readonly first: string | null;
  /** By position. */
  readonly arguments: readonly CommandArgument[];
  readonly flags: readonly CommandFlag[];
  /** Fields that it always sets. */
  readonly sets: readonly {
    readonly field: string;
    readonly value: string;
    /** A flag of the command with which alone it does. */
    readonly with: string | null;
  }[];
  /** Lines that install the program; empty for its commands. */
  readonly install: readonly string[];
  /** Markdown: what to know, and what the command cannot say. */
  readonly notes: readonly string[];
  /** A line to type. */
  readonly example: string | null;
}

export interface CommandArgument {
  readonly name: string;
  /** The flag that says the same, or null where there is none. */
  readonly flag: string | null;
  readonly type: string;
  readonly unit: string | null;
  /** Paths of field names below the request. */
  readonly fields: readonly string[];
  /** A flag of the command without which alone it is read. */
  readonly without: string | null;
  readonly about: string;
}

export interface CommandFlag {
  /** Without dashes. */
  readonly name: string;
  readonly alias: string | null;
  /** `uint64`, `float`, `string`, `string list` or `bool`, which takes no value. */
  readonly type: string;
  readonly unit: string | null;
  readonly required: boolean;
  /** What is taken where it is left out; null: its field is not set. */
  readonly default: string | null;
  /** The environment variable that can stand for it. */
  readonly env: string | null;
  readonly fields: readonly string[];
  /** How its value becomes that of the field; null: as it is. */
  readonly as: FlagMeaning | null;
  /** Words for values of an enum, by their short names; empty where its numbers are taken. */
  readonly values: readonly { readonly word: string; readonly value: string }[];
  /** How much of its value is one of the field's; null: one. */
  readonly scale: string | null;
  /** A flag of the command with which alone it is read. */
  readonly with: string | null;
  /** A flag that has to have the same value. */
  readonly same: string | null;
  readonly about: string;
}

/**
 * `rate`: sat/vbyte times 250, and 1 as 253. `plain-rate`: times 250. `premium`: percent of the
 * whole time that the command's flag in blocks has, sent in parts per billion a block. `always`: as it is, and something is sent too where it is left
 * out. `opposite`: turns the field off, which is on without it. `own`: by a rule
 * of its own that only `about` tells. Of the program's own flags: the daemon's address, its network, and the folder above the network's.
 */
export const FLAG_MEANINGS = [
  "rate",
  "plain-rate",
  "premium",
  "always",
  "opposite",
  "own",
  "address",
  "network",
  "folder",
] as const;
export type FlagMeaning = (typeof FLAG_MEANINGS)[number];
