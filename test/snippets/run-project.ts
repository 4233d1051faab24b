import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { strToU8, unzipSync, zipSync } from "fflate";
import { openProject, type ProtoSource } from "../../lib/snippets/open-as.ts";
import type { SnippetLanguage } from "../../lib/snippets/snippet.ts";
import { runCommand } from "../clients/run-command.ts";
import type { SnippetCase } from "./cases.ts";
import { type Cell, judge, requestOf, type Stage } from "./run-matrix.ts";
import { rustupHome } from "./rust-home.ts";
import { type Toolchain, work } from "./toolchains.ts";

/** The cases that are opened as projects: one message with a macaroon, and a stream of many. */
export const PROJECTS: readonly string[] = ["poolrpc.Trader.ListAccounts", "poolrpc.HashMail.SendStream"];

const PATIENCE = 1_200_000;

/** Puts a project into a zip and takes it out elsewhere, does what its README says, and looks at what arrived. */
export async function runProject(
  language: SnippetLanguage,
  toolchain: Extract<Toolchain, { kind: "ready" }>,
  each: SnippetCase,
  stage: Stage,
  sources: readonly ProtoSource[],
): Promise<Cell> {
  const name = `${each.name} as a project`;
  const request = requestOf(each, stage, toolchain.playground);
  const snippet = language.generate(request);
  if (snippet.kind === "inexpressible") return { kind: "none", method: name, reason: snippet.reason };
  const place = mkdtempSync(join(tmpdir(), "snippets-project-"));
  try {
    const project = openProject(language, request, snippet, sources);
    unpack(
      zipSync(Object.fromEntries(project.files.map(({ path, content }) => [path, strToU8(content)]))),
      place,
    );
    const readme = project.files.find(({ path }) => path === "README.md")?.content ?? "";
    const blocks = [...readme.matchAll(/^```sh\n(.*?)\n```$/gms)].map(([, lines]) => lines);
    // The program of the command line is built from its module already: its own way goes through another host.
    if (language.id === "cli") blocks.shift();
    if (toolchain.runFolder !== undefined) blocks.pop();
    stage.recorder.take();
    const bin = join(place, ".bin");
    const output = await runCommand("sh", ["-ec", blocks.join("\n")], {
      cwd: place,
      env: {
        ...(await caches()),
        ...toolchain.env,
        ...{ HOME: stage.home, GOBIN: bin, PATH: `${bin}:${toolchain.env.PATH ?? process.env.PATH}` },
      },
      input: "yes\n",
      patience: PATIENCE,
    });
    const ran = output.code === 0 && toolchain.runFolder ? await toolchain.runFolder(place) : output;
    return judge(language, { ...each, name, code: snippet.code, request }, ran, stage);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function unpack(zip: Uint8Array, folder: string): void {
  for (const [path, content] of Object.entries(unzipSync(zip))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** Where the package managers keep what they have, whose home folder is another here; crates are compiled once. */
async function caches(): Promise<Record<string, string>> {
  const home = homedir();
  const go = (await runCommand("go", ["env", "GOMODCACHE", "GOCACHE"])).stdout.split("\n");
  const npm = (await runCommand("npm", ["config", "get", "cache"])).stdout.trim();
  return {
    npm_config_cache: npm,
    ...{ GOMODCACHE: go[0] ?? "", GOCACHE: go[1] ?? "", GOFLAGS: "-p=2 -buildvcs=false" },
    ...{ CARGO_HOME: join(home, ".cargo"), RUSTUP_HOME: rustupHome() },
    ...{ CARGO_TARGET_DIR: join(work("rust"), "target"), CARGO_INCREMENTAL: "0" },
    ...{ CARGO_PROFILE_DEV_DEBUG: "0", RUSTFLAGS: "-D warnings -A deprecated" },
    PIP_CACHE_DIR: join(home, ".cache/pip"),
  };
}
