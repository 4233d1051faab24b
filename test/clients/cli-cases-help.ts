import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { CliCase } from "./cli-case.ts";

/** A command, as the project's fixture lists it. */
export interface ListedCommand {
  /** With `pool` before it. */
  readonly command: string;
  readonly flags: readonly { readonly names: readonly string[] }[];
  readonly subcommands?: readonly string[];
}

/** All commands of the CLI, by the facts that the reference is made from too. */
export const LISTED_COMMANDS = (
  JSON.parse(readFileSync(new URL("../fixtures/pool-cli.json", import.meta.url), "utf8")) as {
    readonly commands: readonly ListedCommand[];
  }
).commands;

/** The help of each command: it has the flags and the subcommands that are listed, and no others. */
export const HELP_CASES: readonly CliCase[] = LISTED_COMMANDS.map((listed) => ({
  command: listed.command.replace(/^pool ?/, ""),
  args: ["--help"],
  check: ({ text }) => {
    const options = text
      .slice(text.search(/^(GLOBAL )?OPTIONS:/m))
      .split("\n")
      .slice(1);
    const flags = options.flatMap((line) => /^ {3}(--[a-z_]+)/.exec(line)?.[1] ?? []);
    const expected = listed.flags.map(({ names }) => names[0] ?? "");
    assert.deepEqual(flags.filter((flag) => flag !== "--help").sort(), expected.sort(), "its flags");
    for (const name of listed.subcommands ?? []) {
      assert.match(text, new RegExp(`^ +${name}[, ]`, "m"), `the subcommand ${name}`);
    }
  },
}));
