import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseStartFlags } from "../../bin/steps/start-flags.ts";
import type { Reference } from "../../lib/reference/reference.ts";
import { parseSandboxFlags } from "../../sandbox/sandbox-flags.ts";

/** Flags of programs that not every machine has, as far as guides use them. */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  grpcurl: ["-cacert", "-rpc-header", "-import-path", "-proto", "-d"],
  "lncli constrainmacaroon": ["--timeout", "--ip_address"],
  "lncli printmacaroon": ["--macaroon_file"],
  "litcli bakesupermacaroon": ["--read_only", "--save_to"],
  ssh: ["-N", "-L"],
  curl: ["--cacert", "-H", "-X", "-d", "-s", "-k"],
};

/** Whether a program is on this machine. */
export function hasProgram(name: string): boolean {
  return /^[\w-]+$/.test(name) && spawnSync("sh", ["-c", `command -v ${name}`]).status === 0;
}

/** What is wrong with a block that cannot be run here: the shell cannot read it, or a flag is not one of its program. */
export function commandProblems(text: string, root: string): string[] {
  const syntax = spawnSync("bash", ["-n"], { input: text, encoding: "utf8" });
  if (syntax.status !== 0) return [syntax.stderr.trim()];
  return commandLines(text).flatMap((words) => {
    const [program = "", ...rest] = words;
    if (program === "npm" && rest[0] === "start") {
      const flags = parseStartFlags(rest.slice(rest[1] === "--" ? 2 : 1));
      return typeof flags === "string" ? [flags] : [];
    }
    if (program === "npm" && rest[0] === "run" && rest[1] === "sandbox") {
      const flags = parseSandboxFlags(rest.slice(rest[2] === "--" ? 3 : 2));
      return typeof flags === "string" ? [flags] : [];
    }
    const used = words.filter((word) => /^--?[A-Za-z]/.test(word)).map((word) => word.split("=")[0] ?? "");
    const known =
      program === "pool" ? poolFlags(rest, root) : (FLAGS[program] ?? FLAGS[`${program} ${rest[0]}`]);
    if (known === undefined) return [`no flags are known of ${words.slice(0, 2).join(" ")}`];
    return used.filter((flag) => !known.includes(flag)).map((flag) => `${program} has no flag ${flag}`);
  });
}

/** The flags of a `pool` command, and those before it, as the reference has them. */
function poolFlags(words: readonly string[], root: string): readonly string[] | undefined {
  const { commands } = JSON.parse(
    readFileSync(join(root, ".cache/api/pool/reference.json"), "utf8"),
  ) as Reference;
  const names = new Set((commands?.commands ?? []).map(({ name }) => name));
  const found = ["pool"];
  for (const word of words) if (names.has([...found, word].join(" "))) found.push(word);
  if (found.length === 1) return undefined;
  return (commands?.commands ?? [])
    .filter(({ name }) => name === "pool" || name === found.join(" "))
    .flatMap(({ flags }) =>
      flags.flatMap(({ name, alias }) => [`--${name}`, ...(alias === null ? [] : [`-${alias}`])]),
    );
}

/** The commands of a block, each as its words: without comments, with what is in quotes or in `$(…)` as one word. */
function commandLines(text: string): string[][] {
  const joined = text.replace(/\\\n\s*/g, " ").replace(/^\s*#.*$/gm, "");
  return joined
    .split("\n")
    .map((line) =>
      (line.match(/(?:"(?:\$\([^)]*\)|[^"])*"|'[^']*'|\$\([^)]*\)|[^\s"'])+/g) ?? []).map((word) =>
        word.replace(/^["']|["']$/g, ""),
      ),
    )
    .filter((words) => words.length > 0);
}

/** Whether every line of `shown` is in `printed`, in order; `…` stands for anything. The first that is not, or null. */
export function missingLine(shown: string, printed: string): string | null {
  const lines = printed.split("\n");
  let at = 0;
  for (const line of shown.split("\n").filter((line) => line.trim() !== "")) {
    const pattern = new RegExp(`^\\s*${line.trim().split("…").map(literally).join(".*")}\\s*$`);
    while (at < lines.length && !pattern.test(lines[at] ?? "")) at++;
    if (at++ >= lines.length) return line;
  }
  return null;
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
