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

const CONNECT_PACKAGES = [
  "@connectrpc/connect@2.1.2",
  "@connectrpc/connect-node@2.1.2",
  "@bufbuild/protobuf@2.17.0",
  "@bufbuild/protoc-gen-es@2.13.0",
  "@bufbuild/buf@1.75.0",
  "tsx@4.23.15",
];

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
  "python-rest": async () => {
    const folder = work("python-rest");
    const python = join(folder, "venv/bin/python");
    const packages = ["requests==2.32.5"];
    const install = async () => {
      const venv = await runCommand("python3", ["-m", "venv", join(folder, "venv")], { patience: 120_000 });
      if (venv.code !== 0) return "there is no python3 with venv on this machine";
      const args = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages];
      const { code, stderr } = await runCommand(python, args, { patience: 600_000 });
      return code === 0 ? null : stderr;
    };
    const why = await once(folder, packages.join(" "), install);
    if (why !== null) return { kind: "failed", reason: why };
    const versions = packages.map((each) => each.replace("==", " "));
    return { kind: "ready", versions, folder, command: (file) => [python, file], env: {} };
  },
  typescript: async () => {
    const toolchain = await node(CONNECT_PACKAGES, "typescript");
    if (toolchain.kind !== "ready") return toolchain;
    const { folder } = toolchain;
    const plugin = { local: "protoc-gen-es", out: "gen", opt: ["target=ts", "import_extension=js"] };
    const args = ["generate", "proto", "--template", JSON.stringify({ version: "v2", plugins: [plugin] })];
    const bin = join(folder, "node_modules/.bin");
    const env = { PATH: `${bin}:${process.env.PATH}` };
    const made = await runCommand("buf", args, { cwd: folder, env: { ...process.env, ...env } });
    if (made.code !== 0) return { kind: "failed", reason: `buf ${args.join(" ")} failed:\n${made.stderr}` };
    return { ...toolchain, env, command: (file) => ["tsx", file] };
  },
  javascript: () => node(["@grpc/grpc-js@1.14.7", "@grpc/proto-loader@0.8.1"]),
};

function shell(versions: readonly string[], built?: Extract<BuiltClient, { kind: "built" }>): Toolchain {
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
  const stamp = join(folder, "made-of");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === made) return null;
  const why = await install();
  if (why === null) writeFileSync(stamp, made);
  return why;
}

/** Packages of npm, in a folder of their own. */
async function node(packages: readonly string[], name = "node"): Promise<Toolchain> {
  const folder = work(name);
  const why = await once(folder, packages.join(" "), async () => {
    writeFileSync(join(folder, "package.json"), '{"private": true, "type": "module"}\n');
    const args = ["install", "--save-exact", "--ignore-scripts", "--no-audit", "--no-fund", ...packages];
    const { code, stderr } = await runCommand("npm", args, { cwd: folder, patience: 600_000 });
    return code === 0 ? null : `npm ${args.join(" ")} failed:\n${stderr}`;
  });
  if (why !== null) return { kind: "failed", reason: why };
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
