import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Snippet } from "../../lib/snippets/snippet.ts";
import type { CommandOutput } from "../clients/run-command.ts";

/** A snippet of a case, to be compiled before any is run. Its code alone tells it apart. */
export interface Program {
  readonly fileName: string;
  readonly snippet: Snippet;
}

/** Programs that are prepared by the same commands, each once. */
export function bySetup(programs: readonly Program[]): ReadonlyMap<string, readonly Program[]> {
  const groups = new Map<string, Map<string, Program>>();
  for (const program of programs) {
    const { setup, code } = program.snippet;
    const group = groups.get(setup) ?? new Map<string, Program>();
    groups.set(setup, group.set(code, program));
  }
  return new Map([...groups].map(([setup, group]) => [setup, [...group.values()]]));
}

/** A name for what is made of a text: the same for the same text. */
export function nameOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

/** Tells whether proto files have changed. */
export function fingerprint(protos: string): string {
  const files = readdirSync(protos, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".proto"),
  );
  return nameOf(
    files
      .sort()
      .map((file) => `${file}\n${readFileSync(join(protos, file), "utf8")}`)
      .join("\n"),
  );
}

/** How a program ended that never ran. */
export function unbuilt(why: string): CommandOutput {
  return { code: 1, stdout: "", stderr: why.slice(0, 3000), problem: null };
}
