import { execFileSync } from "node:child_process";

/** One call of a program, as a shell makes it. */
export interface ShellCall {
  readonly args: readonly string[];
  /** What stands in its here-document; empty where it reads none. */
  readonly input: string;
}

/** What a shell calls `program` with in each of the scripts, which run in one shell. The program itself does not run. */
export function shellCalls(program: string, scripts: readonly string[]): ShellCall[] {
  const lines = [
    `${program}() {`,
    "  for word; do printf 'W%s\\0' \"$word\"; done",
    "  for word; do if [ \"$word\" = @ ]; then printf 'I'; cat; printf '\\0'; fi; done",
    "  printf 'E\\0'",
    "}",
    ...scripts,
  ];
  const output = execFileSync("sh", ["-s"], {
    ...{ input: lines.join("\n"), encoding: "utf8", maxBuffer: 256 << 20 },
  });
  const calls: ShellCall[] = [];
  let args: string[] = [];
  let input = "";
  for (const part of output.split("\0").slice(0, -1)) {
    if (part.startsWith("W")) args.push(part.slice(1));
    else if (part.startsWith("I")) input = part.slice(1);
    else {
      calls.push({ args, input });
      [args, input] = [[], ""];
    }
  }
  return calls;
}
