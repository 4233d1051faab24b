import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FileDescriptorSet } from "@bufbuild/protobuf/wkt";
import type { ProtoSource } from "../../lib/snippets/open-as.ts";

/** The text of every proto file that an image was made of, but for those that every compiler brings along. */
export function protoSources(protoRoot: string, { file }: FileDescriptorSet): readonly ProtoSource[] {
  return file.flatMap(({ name, dependency }) => {
    const full = join(protoRoot, name);
    return existsSync(full) ? [{ path: name, imports: dependency, content: readFileSync(full, "utf8") }] : [];
  });
}
