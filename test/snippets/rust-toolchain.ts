import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CommandOutput, runCommand } from "../clients/run-command.ts";
import { bySetup, nameOf, type Program, unbuilt } from "./programs.ts";
import type { Stage } from "./run-matrix.ts";
import { rustupHome } from "./rust-home.ts";
import { type Toolchain, work } from "./toolchains.ts";

const PATIENCE = 1_800_000;

/**
 * Builds all programs before the first is run: those with the same setup are modules of one program, whose first argument
 * says which of them it is. The text of a module is the snippet's as it stands.
 */
export async function openRust(
  programs: readonly Program[],
  stage: Pick<Stage, "home" | "protos">,
): Promise<Toolchain> {
  const version = await runCommand("cargo", ["--version"], { env: { RUSTUP_HOME: rustupHome() } });
  if (version.code !== 0) {
    return { kind: "missing", reason: "there is no Rust on this machine: see https://rustup.rs" };
  }
  const versions = new Set<string>();
  const runs = new Map<string, () => Promise<CommandOutput>>();
  for (const [setup, group] of bySetup(programs)) {
    const folder = work(`rust-${nameOf(setup + stage.protos)}`, stage.protos);
    const made = await runCommand("sh", ["-ec", setup], {
      cwd: folder,
      env: { RUSTUP_HOME: rustupHome() },
      patience: PATIENCE,
    });
    if (made.code !== 0) return { kind: "failed", reason: `${setup}\nfailed:\n${made.stderr}` };
    for (const [, crate, number] of setup.matchAll(/^(tonic|prost|rustls) = .*"=([\d.]+)"/gm)) {
      versions.add(`${crate} ${number}`);
    }
    const built = await build(group, folder);
    for (const [at, { snippet }] of group.entries()) {
      runs.set(snippet.code, async () => {
        if (typeof built !== "string") return built;
        return runCommand(built, [moduleOf(at)], {
          cwd: folder,
          env: { HOME: stage.home },
          patience: 60_000,
        });
      });
    }
  }
  return {
    ...{ kind: "ready", folder: work("rust"), env: {} },
    versions: [...versions, `Rust ${version.stdout.split(" ")[1]}`],
    command: () => ["false"],
    run: async ({ snippet }) => runs.get(snippet.code)?.() ?? unbuilt("it was not built"),
  };
}

/** The path of the program, or how the build failed. */
async function build(group: readonly Program[], folder: string): Promise<string | CommandOutput> {
  const source = join(folder, "src");
  rmSync(join(source, "programs"), { recursive: true, force: true });
  mkdirSync(join(source, "programs"));
  for (const [at, { snippet }] of group.entries()) {
    writeFileSync(join(source, "programs", `${moduleOf(at)}.rs`), snippet.code);
  }
  const names = group.map((_, at) => moduleOf(at));
  const lines = [
    ...names.map(
      (name) =>
        `mod ${name} { include!("programs/${name}.rs"); pub fn start() -> std::process::ExitCode { main() } }`,
    ),
    "fn main() -> std::process::ExitCode {",
    "    match std::env::args().nth(1).as_deref() {",
    ...names.map((name) => `        Some("${name}") => ${name}::start(),`),
    "        _ => std::process::ExitCode::from(2),",
    "    }",
    "}",
  ];
  writeFileSync(join(source, "main.rs"), `${lines.join("\n")}\n`);
  const target = join(work("rust"), "target");
  const env = {
    RUSTUP_HOME: rustupHome(),
    CARGO_TARGET_DIR: target,
    CARGO_INCREMENTAL: "0",
    CARGO_PROFILE_DEV_DEBUG: "0",
    CARGO_TERM_COLOR: "never",
    // What is deprecated in the API is sent all the same.
    RUSTFLAGS: "-D warnings -A deprecated",
  };
  const built = await runCommand("cargo", ["build", "--quiet"], { cwd: folder, env, patience: PATIENCE });
  if (built.code !== 0) return unbuilt(built.stderr);
  const program = join(folder, "program");
  copyFileSync(join(target, "debug/snippet"), program);
  return program;
}

function moduleOf(at: number): string {
  return `program_${at + 1}`;
}
