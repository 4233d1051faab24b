import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Project, Snippet, SnippetRequest } from "../../lib/snippets/snippet.ts";
import { type BuiltClient, buildGoClient } from "../clients/build-clients.ts";
import { type CommandOutput, runCommand } from "../clients/run-command.ts";
import { ROOT } from "../support/pool-api.ts";
import { openGo } from "./go-toolchain.ts";
import type { Program } from "./programs.ts";
import type { Stage } from "./run-matrix.ts";
import { openRust } from "./rust-toolchain.ts";
import { openWebToolchain } from "./web-toolchain.ts";

/** A snippet with what stands around it. */
export interface RunnableSnippet {
  readonly snippet: Snippet;
  readonly project: Project;
}

/** How to run a language's snippets, once its client is installed. */
export type Toolchain =
  | {
      readonly kind: "ready";
      /** Of the client, as `grpcurl v1.9.3`. */
      readonly versions: readonly string[];
      /** The folder that a snippet is run in. It holds `proto`. */
      readonly folder: string;
      command(file: string): readonly [program: string, ...args: string[]];
      readonly env: Readonly<Record<string, string>>;
      /** Runs a snippet in place of `command`, where it is no program of its own. */
      readonly run?: (snippet: RunnableSnippet) => Promise<CommandOutput>;
      /** The bridge that it is run with, where it is not the example's. */
      readonly playground?: SnippetRequest["playground"];
      /** Runs the program of a folder, where that is not done with a command. */
      readonly runFolder?: (folder: string) => Promise<CommandOutput>;
      readonly close?: () => Promise<void>;
    }
  /** `missing`: this machine has no compiler or interpreter for it. */
  | { readonly kind: "missing" | "failed"; readonly reason: string };

const CACHE = join(ROOT, ".cache/snippets");

/**
 * How each language of the matrix is made to run, by its id. Nothing is installed twice. `setup` is what its snippets say to do
 * before: it is done as it stands wherever a language has nothing but its packages.
 */
export const TOOLCHAINS: Readonly<
  Record<
    string,
    (
      setup: string,
      stage: Pick<Stage, "recorder" | "home" | "protos">,
      programs: readonly Program[],
    ) => Promise<Toolchain>
  >
> = {
  grpcurl: async () => {
    const built = await buildGoClient("grpcurl");
    if (built.kind !== "built") return built;
    return shell([`grpcurl ${moduleVersion("grpcurl", "github.com/fullstorydev/grpcurl")}`], built);
  },
  cli: async () => {
    const built = await buildGoClient("pool");
    if (built.kind !== "built") return built;
    return shell([`pool ${moduleVersion("go", "github.com/lightninglabs/pool")}`], built);
  },
  curl: async () => {
    const { code, stdout } = await runCommand("curl", ["--version"]);
    if (code !== 0) return { kind: "missing", reason: "there is no curl on this machine" };
    return shell([stdout.split(" ").slice(0, 2).join(" ")]);
  },
  python: (setup) =>
    python(
      "python",
      setup,
      "import sys, grpc; print(f'grpcio {grpc.__version__}, Python {sys.version.split()[0]}')",
    ),
  "python-rest": (setup) =>
    python("python-rest", setup, "import requests; print(f'requests {requests.__version__}')"),
  typescript: (setup) => node("typescript", setup, (file) => ["npx", "tsx", file]),
  "typescript-web": async (setup, stage) => {
    const toolchain = await node("typescript-web", setup, () => ["npx", "vite"]);
    return toolchain.kind === "ready" ? openWebToolchain(toolchain, stage) : toolchain;
  },
  go: (_, stage, programs) => openGo(programs, stage),
  rust: (_, stage, programs) => openRust(programs, stage),
  javascript: (setup) => node("javascript", setup, (file) => [process.execPath, file]),
};

export function shell(
  versions: readonly string[],
  built?: Extract<BuiltClient, { kind: "built" }>,
): Toolchain {
  const env: Record<string, string> =
    built === undefined ? {} : { PATH: `${join(built.path, "..")}:${process.env.PATH}` };
  return { kind: "ready", versions, folder: work("shell"), command: (file) => ["sh", file], env };
}

/** Installs what `made` names, unless it is there. Gives why that failed, or null. */
async function once(
  folder: string,
  made: string,
  install: () => Promise<string | null>,
): Promise<string | null> {
  const stamp = join(folder, `made-${createHash("sha256").update(made).digest("hex").slice(0, 16)}`);
  if (existsSync(stamp)) return null;
  const why = await install();
  if (why === null) writeFileSync(stamp, made);
  return why;
}

/** What a snippet says to do before it, as it stands, in a folder of its own. Gives why that failed, or null. */
function setUp(name: string, setup: string, env: Record<string, string>): Promise<string | null> {
  const folder = work(name);
  return once(folder, setup, async () => {
    const { code, stderr } = await runCommand("sh", ["-ec", setup], { cwd: folder, env, patience: 900_000 });
    return code === 0 ? null : `what the snippet says to do before failed:\n${setup}\n${stderr}`;
  });
}

/** A language of Node: what its setup installs is what it is run with. */
export async function node(
  name: string,
  setup: string,
  command: (file: string) => readonly [program: string, ...args: string[]],
): Promise<Toolchain> {
  const env = { npm_config_ignore_scripts: "true", npm_config_audit: "false", npm_config_fund: "false" };
  const why = await setUp(name, setup, env);
  if (why !== null) return { kind: "failed", reason: why };
  const folder = work(name);
  const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const versions = Object.entries(dependencies).map(([each, version]) => `${each} ${version}`);
  return { kind: "ready", versions: [...versions, `Node ${process.versions.node}`], folder, command, env };
}

/** A Python of its own, in which the setup's `python` and `pip` are that Python's. */
export async function python(name: string, setup: string, print: string): Promise<Toolchain> {
  const folder = work(name);
  const venv = join(folder, "venv");
  const made = await once(folder, "venv", async () => {
    const { code } = await runCommand("python3", ["-m", "venv", venv], { patience: 120_000 });
    return code === 0 ? null : "there is no python3 with venv on this machine";
  });
  if (made !== null) return { kind: "missing", reason: made };
  const env = { PATH: `${venv}/bin:${process.env.PATH}`, PIP_DISABLE_PIP_VERSION_CHECK: "1" };
  const why = await setUp(name, setup, env);
  if (why !== null) return { kind: "failed", reason: why };
  const { stdout } = await runCommand(join(venv, "bin/python"), ["-c", print]);
  return { kind: "ready", versions: [oneLine(stdout)], folder, command: (file) => ["python", file], env };
}

/** A folder to run in, with the proto files in it. */
export function work(name: string, protos = join(ROOT, "proto")): string {
  const folder = join(CACHE, name);
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, "proto"))) symlinkSync(protos, join(folder, "proto"));
  return folder;
}

/** The version of a Go module that a client is built from. */
function moduleVersion(client: string, module: string): string {
  const file = readFileSync(join(ROOT, "test/clients", client, "go.mod"), "utf8");
  const line = file.split("\n").find((each) =>
    each
      .trim()
      .replace(/^require /, "")
      .startsWith(`${module} v`),
  );
  return (
    line
      ?.trim()
      .split(" ")
      .find((word) => /^v\d/.test(word)) ?? "of an unknown version"
  );
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, " ");
}
