import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fromBinary } from "@bufbuild/protobuf";
import { type FileDescriptorSet, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { runBuf } from "./run-buf.ts";

/** What is compiled: files relative to the folder that imports begin at. */
export interface ProtoInput {
  /** Relative to the project, or absolute. */
  readonly protoRoot: string;
  readonly files: readonly string[];
}

/**
 * The descriptors of the files and of what they import, with source info. `scratch` is a folder for what is between. A
 * `buf.yaml` of the root has no say: it may name dependencies that only a network has. Throws an Error with
 * `file:line:column:reason` lines, files relative to the project.
 */
export async function compileProtos(
  root: string,
  { protoRoot, files }: ProtoInput,
  scratch: string,
): Promise<FileDescriptorSet> {
  const output = join(scratch, "image.binpb");
  const paths = files.flatMap((file) => ["--path", file]);
  try {
    await runBuf(root, ["build", ".", "--config", '{"version":"v2"}', ...paths, "--output", output], {
      cwd: resolve(root, protoRoot),
    });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const placed = error.message.replace(/^(?=[^\s:]+\.proto:\d)/gm, `${protoRoot}/`);
    throw new Error(placed, { cause: error });
  }
  return fromBinary(FileDescriptorSetSchema, readFileSync(output));
}
