import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type BuiltClient, buildGoClient, buildPython } from "../clients/build-clients.ts";
import { runCommand } from "../clients/run-command.ts";
import { ROOT } from "../support/pool-api.ts";

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
    }
  /** `missing`: this machine has no compiler or interpreter for it. */
  | { readonly kind: "missing" | "failed"; readonly reason: string };

const CACHE = join(ROOT, ".cache/snippets");

/** What to install for each language of the matrix, by its id. Nothing is installed twice. */
export const TOOLCHAINS: Readonly<Record<string, () => Promise<Toolchain>>> = {
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
  python: async () => {
    const built = await buildPython();
    if (built.kind !== "built") return built;
    const print = "import sys, grpc; print(f'grpcio {grpc.__version__}, Python {sys.version.split()[0]}')";
    const { stdout } = await runCommand(built.path, ["-c", print]);
    return {
      kind: "ready",
      versions: [oneLine(stdout)],
      folder: work("python"),
      command: (file) => [built.path, file],
      env: { PYTHONPATH: built.stubs },
    };
  },
  javascript: () => node(["@grpc/grpc-js@1.14.7", "@grpc/proto-loader@0.8.1"]),
};

function shell(versions: readonly string[], built?: Extract<BuiltClient, { kind: "built" }>): Toolchain {
  const env: Record<string, string> =
    built === undefined ? {} : { PATH: `${join(built.path, "..")}:${process.env.PATH}` };
  return { kind: "ready", versions, folder: work("shell"), command: (file) => ["sh", file], env };
}

/** Packages of npm, in a folder of their own. */
async function node(packages: readonly string[]): Promise<Toolchain> {
  const folder = work("node");
  const stamp = join(folder, "made-of");
  const made = packages.join(" ");
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== made) {
    writeFileSync(join(folder, "package.json"), '{"private": true, "type": "module"}\n');
    const args = ["install", "--save-exact", "--ignore-scripts", "--no-audit", "--no-fund", ...packages];
    const { code, stderr } = await runCommand("npm", args, { cwd: folder, patience: 600_000 });
    if (code !== 0) return { kind: "failed", reason: `npm ${args.join(" ")} failed:\n${stderr}` };
    writeFileSync(stamp, made);
  }
  const versions = [...packages.map((each) => each.replace(/(?<=.)@/, " ")), `Node ${process.versions.node}`];
  return { kind: "ready", versions, folder, command: (file) => [process.execPath, file], env: {} };
}

/** A folder to run in, with the proto files in it. */
function work(name: string): string {
  const folder = join(CACHE, name);
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, "proto"))) symlinkSync(join(ROOT, "proto"), join(folder, "proto"));
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
