import { spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { CodeGeneratorRequestSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { type Missing, missing } from "./peer.ts";

const NAME = "protoc-gen-doc";
const MODULE = "github.com/pseudomuto/protoc-gen-doc/cmd/protoc-gen-doc@v1.5.1";

/** Its HTML of an API; resolves when its process has ended and its answer is in a file. */
export interface GenDoc {
  readonly name: string;
  /** Milliseconds from the start of its process, and the size of its page; `request` is what `prepareRequest` wrote. */
  run(request: string): Promise<{ readonly ms: number; readonly bytes: number }>;
}

/** `PROTOC_GEN_DOC=<path>`, the one on the search path, or one that `go install` puts into `cache`. */
export function findGenDoc(cache: string): GenDoc | Missing {
  const named = process.env.PROTOC_GEN_DOC;
  if (named !== undefined && !existsSync(named)) return missing(NAME, `PROTOC_GEN_DOC=${named} is no file`);
  const onPath = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, NAME));
  const places = [...(named === undefined ? [] : [named]), ...onPath, join(cache, NAME)];
  const program = places.find((path) => existsSync(path)) ?? install(cache);
  if (program === null)
    return missing(NAME, `no go to install it with; name its binary with PROTOC_GEN_DOC=<path>`);
  return { name: NAME, run: (request) => time(program, request) };
}

function install(cache: string): string | null {
  const { status } = spawnSync("go", ["install", MODULE], {
    env: { ...process.env, GOBIN: cache },
    stdio: "ignore",
  });
  return status === 0 ? join(cache, NAME) : null;
}

/** Writes the request that protoc would send the plugin, so that it gets all descriptors as they are. */
export function prepareRequest(image: string): string {
  const { file } = fromBinary(FileDescriptorSetSchema, readFileSync(image));
  const request = create(CodeGeneratorRequestSchema, {
    fileToGenerate: file.map(({ name }) => name).filter((name) => !name.startsWith("google/protobuf/")),
    parameter: "html,index.html",
    protoFile: file,
  });
  writeFileSync(`${image}.request`, toBinary(CodeGeneratorRequestSchema, request));
  return `${image}.request`;
}

async function time(program: string, request: string) {
  const from = performance.now();
  const [input, output] = [openSync(request, "r"), openSync(`${request}.answer`, "w")];
  const child = spawn(program, { stdio: [input, output, "inherit"] });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  const ms = performance.now() - from;
  closeSync(input);
  closeSync(output);
  const bytes = statSync(`${request}.answer`).size;
  if (code !== 0 || bytes < 1_000) throw new Error(`${NAME} ended with code ${code}`);
  return { ms, bytes };
}
