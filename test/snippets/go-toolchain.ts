import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildPython } from "../clients/build-clients.ts";
import { type CommandOutput, runCommand } from "../clients/run-command.ts";
import { bySetup, fingerprint, nameOf, type Program, unbuilt } from "./programs.ts";
import type { Stage } from "./run-matrix.ts";
import { type Toolchain, work } from "./toolchains.ts";

const PATIENCE = 1_200_000;

/** Builds all programs before the first is run: those with the same setup in one module, a folder for each. */
export async function openGo(
  programs: readonly Program[],
  stage: Pick<Stage, "home" | "protos">,
): Promise<Toolchain> {
  const version = await runCommand("go", ["version"]);
  if (version.code !== 0) {
    return { kind: "missing", reason: "there is no Go on this machine: see https://go.dev/doc/install" };
  }
  const bin = await protoc();
  if (typeof bin !== "string") return bin;
  const env = { GOBIN: bin, GOFLAGS: "-p=2 -buildvcs=false -ldflags=-w", PATH: `${bin}:${process.env.PATH}` };
  const versions = new Map([["Go", new Set([version.stdout.split(" ")[2]?.slice(2) ?? ""])]]);
  const folders: string[] = [];
  const runs = new Map<string, () => Promise<CommandOutput>>();
  for (const [setup, group] of bySetup(programs)) {
    const folder = work(`go-${nameOf(setup + stage.protos)}`, stage.protos);
    folders.push(folder);
    const made = `${setup}\n${fingerprint(stage.protos)}`;
    if (!isMade(folder, made)) {
      for (const each of ["go.mod", "go.sum"]) rmSync(join(folder, each), { force: true });
      const done = await runCommand("sh", ["-ec", setup], { cwd: folder, env, patience: PATIENCE });
      if (done.code !== 0) return { kind: "failed", reason: `${setup}\nfailed:\n${done.stderr}` };
      writeFileSync(join(folder, "made"), made);
    }
    for (const [module, each] of versionsOf(readFileSync(join(folder, "go.mod"), "utf8"), group)) {
      versions.set(module, (versions.get(module) ?? new Set()).add(each));
    }
    for (const [code, run] of await build(group, folder, { env, home: stage.home })) runs.set(code, run);
  }
  return {
    ...{
      kind: "ready",
      versions: [...versions].map(([name, each]) => `${name} ${[...each].join(" and ")}`),
      folder: work("go"),
      env: {},
    },
    command: () => ["false"],
    close: async () => {
      for (const folder of folders) rmSync(join(folder, "built"), { recursive: true, force: true });
    },
    run: async ({ snippet }) => runs.get(snippet.code)?.() ?? unbuilt("it was not built"),
  };
}

function isMade(folder: string, made: string): boolean {
  const stamp = join(folder, "made");
  return existsSync(stamp) && readFileSync(stamp, "utf8") === made;
}

async function build(
  group: readonly Program[],
  folder: string,
  { env, home }: { readonly env: Record<string, string>; readonly home: string },
): Promise<ReadonlyMap<string, () => Promise<CommandOutput>>> {
  for (const each of ["programs", "built"]) rmSync(join(folder, each), { recursive: true, force: true });
  const names = group.map(({ fileName, snippet }, at) => {
    const name = `program${at + 1}`;
    mkdirSync(join(folder, "programs", name), { recursive: true });
    writeFileSync(join(folder, "programs", name, fileName), snippet.code);
    return name;
  });
  const options = { cwd: folder, env, patience: PATIENCE };
  mkdirSync(join(folder, "built"));
  const built = await runCommand("go", ["build", "-o", "built/", "./programs/..."], options);
  const vetted = await runCommand("go", ["vet", "./programs/..."], options);
  const changed = (await runCommand("gofmt", ["-l", "programs"], options)).stdout;
  return new Map(
    group.map(({ snippet }, at) => {
      const name = names[at] ?? "";
      const program = join(folder, "built", name);
      const run = async () => {
        if (!existsSync(program)) return unbuilt(built.stderr);
        if (vetted.stderr.includes(`programs/${name}/`)) return unbuilt(vetted.stderr);
        if (changed.includes(`programs/${name}/`)) return unbuilt("gofmt would write it in another way");
        return runCommand(program, [], {
          cwd: folder,
          env: { HOME: home },
          patience: 60_000,
        });
      };
      return [snippet.code, run];
    }),
  );
}

/** Of gRPC, and of the modules that the programs import. */
function versionsOf(manifest: string, group: readonly Program[]): (readonly [string, string])[] {
  const codes = group.map(({ snippet }) => snippet.code).join("");
  return [...manifest.matchAll(/^(?:require )?\s*([\w./-]+) (v\S+)/gm)]
    .map(([, module = "", version = ""]) => [module, version] as const)
    .filter(([module]) => codes.includes(`"${module}"`));
}

/** A folder with the compiler of protos, which comes with gRPC's tools for Python. */
async function protoc(): Promise<string | Toolchain> {
  const python = await buildPython();
  if (python.kind !== "built") return python;
  const bin = join(work("go"), "bin");
  mkdirSync(bin, { recursive: true });
  const file = join(bin, "protoc");
  writeFileSync(file, `#!/bin/sh\nexec '${python.path}' -m grpc_tools.protoc "$@"\n`);
  chmodSync(file, 0o755);
  return bin;
}
