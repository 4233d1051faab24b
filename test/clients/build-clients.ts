import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "./run-command.ts";

const ROOT = join(import.meta.dirname, "../..");
const CACHE = join(ROOT, ".cache/clients");

/** Building from nothing compiles some hundred packages. */
const BUILD_PATIENCE = 1_800_000;

/** A client's program, or why there is none: `missing` where the machine has no compiler or interpreter for it. */
export type BuiltClient = { readonly kind: "built"; readonly path: string } | MissingClient;

/** Why there is no program. */
export interface MissingClient {
  readonly kind: "missing" | "failed";
  readonly reason: string;
}

/** The same of Python, with the folder of the stubs. */
export type BuiltPython =
  | (Extract<BuiltClient, { kind: "built" }> & { readonly stubs: string })
  | MissingClient;

const GO_CLIENTS = {
  pool: { module: "go", package: "github.com/lightninglabs/pool/cmd/pool" },
  grpcurl: { module: "grpcurl", package: "github.com/fullstorydev/grpcurl/cmd/grpcurl" },
} as const;

/** Builds a Go client from its module under `test/clients`; not again from the same go.mod and go.sum. */
export async function buildGoClient(name: keyof typeof GO_CLIENTS): Promise<BuiltClient> {
  const { module, package: source } = GO_CLIENTS[name];
  const folder = join(import.meta.dirname, module);
  const path = join(CACHE, name);
  const made = madeOf(join(folder, "go.mod"), join(folder, "go.sum"));
  if (isMade(path, made)) return { kind: "built", path };
  const version = await runCommand("go", ["version"]);
  if (version.code !== 0) {
    return { kind: "missing", reason: "there is no Go on this machine: see https://go.dev/doc/install" };
  }
  mkdirSync(CACHE, { recursive: true });
  const built = await runCommand("go", ["build", "-mod=readonly", "-buildvcs=false", "-o", path, source], {
    cwd: folder,
    // Two compilers at a time: the linker of the pool CLI alone takes most of a gigabyte.
    env: { GOFLAGS: "-p=2" },
    patience: BUILD_PATIENCE,
  });
  if (built.code !== 0) return { kind: "failed", reason: `go build ${source} failed:\n${built.stderr}` };
  markMade(path, made);
  return { kind: "built", path };
}

/** A Python with grpcio and the stubs of all protos, in a virtual environment of its own. Gives the interpreter. */
export async function buildPython(): Promise<BuiltPython> {
  const folder = join(CACHE, "python");
  const stubs = join(folder, "stubs");
  const python = join(folder, "bin/python");
  const requirements = join(import.meta.dirname, "requirements.txt");
  const protos = PROTOS.map((proto) => join(ROOT, "proto", proto));
  const made = madeOf(requirements, ...protos);
  if (isMade(python, made)) return { kind: "built", path: python, stubs };
  if ((await runCommand("python3", ["-c", "import venv, ensurepip"])).code !== 0) {
    return { kind: "missing", reason: "there is no python3 with venv on this machine" };
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(stubs, { recursive: true });
  const steps: [string, string[]][] = [
    ["python3", ["-m", "venv", folder]],
    [python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements]],
    [
      python,
      ["-m", "grpc_tools.protoc", `-I${join(ROOT, "proto")}`, `--python_out=${stubs}`].concat(
        `--grpc_python_out=${stubs}`,
        PROTOS,
      ),
    ],
  ];
  for (const [file, args] of steps) {
    const done = await runCommand(file, args, { patience: BUILD_PATIENCE });
    if (done.code !== 0)
      return { kind: "failed", reason: `${file} ${args.join(" ")} failed:\n${done.stderr}` };
  }
  markMade(python, made);
  return { kind: "built", path: python, stubs };
}

/** The protos that the sandbox serves, below `proto/`. */
export const PROTOS = [
  "poolrpc/trader.proto",
  "auctioneerrpc/auctioneer.proto",
  "auctioneerrpc/hashmail.proto",
  "sandbox/v1/control.proto",
];

function madeOf(...files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest("hex");
}

function isMade(path: string, made: string): boolean {
  const stamp = `${path}.made-of`;
  return existsSync(path) && existsSync(stamp) && readFileSync(stamp, "utf8") === made;
}

function markMade(path: string, made: string): void {
  writeFileSync(`${path}.made-of`, made);
}
