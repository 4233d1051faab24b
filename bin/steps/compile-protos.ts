import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { FileDescriptorSet } from "@bufbuild/protobuf/wkt";
import { readImage } from "../../lib/schema/read-image.ts";
import { listProtos } from "./list-protos.ts";
import { runBuf } from "./run-buf.ts";

/** What is compiled: files relative to the folder that imports begin at. Folders are relative to the project, or absolute. */
export interface ProtoInput {
  readonly protoRoot: string;
  readonly importRoots?: readonly string[];
  readonly files: readonly string[];
}

/** An import that is missing is followed by a line for each use. */
const MOST_LINES = 20;

/**
 * The descriptors of the files and of what they import, with source info. `scratch` is a folder for what is between. A
 * `buf.yaml` and `buf.lock` of the root have no say: they may name dependencies that only a network has. Throws an Error with
 * `file:line:column:reason` lines, files relative to the project.
 */
export async function compileProtos(
  root: string,
  { protoRoot, importRoots = [], files }: ProtoInput,
  scratch: string,
): Promise<FileDescriptorSet> {
  const output = join(scratch, "image.binpb");
  const roots = [protoRoot, ...importRoots];
  const own = resolve(root, protoRoot);
  const isWhole = importRoots.length === 0 && !existsSync(join(own, "buf.lock"));
  const folder = isWhole ? own : gather(root, roots, scratch);
  const paths = files.flatMap((file) => ["--path", file]);
  try {
    await runBuf(root, ["build", ".", "--config", '{"version":"v2"}', ...paths, "--output", output], {
      cwd: folder,
    });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const placed = error.message.replace(/^([^\s:]+\.proto)(?=:\d)/gm, (file) => {
      const home = roots.find((each) => existsSync(resolve(root, each, file))) ?? protoRoot;
      return `${home}/${file}`;
    });
    const lines = placed.split("\n");
    const more = lines.length - MOST_LINES;
    const shown = more > 0 ? [...lines.slice(0, MOST_LINES), `and ${more} lines more`] : lines;
    throw new Error(shown.join("\n"), { cause: error });
  }
  return readImage(readFileSync(output));
}

/** The protos of all roots in one folder, which is what buf compiles. A file is that of the first root that has it. */
function gather(root: string, roots: readonly string[], scratch: string): string {
  const folder = join(scratch, "protos");
  for (const from of roots.map((path) => resolve(root, path))) {
    for (const path of listProtos(from)) {
      const to = join(folder, path);
      if (existsSync(to)) continue;
      mkdirSync(dirname(to), { recursive: true });
      copyFileSync(join(from, path), to);
    }
  }
  return folder;
}
