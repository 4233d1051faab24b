import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createFileRegistry, type FileRegistry, fromBinary } from "@bufbuild/protobuf";
import { type FileDescriptorSet, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { runBuf } from "../../bin/steps/run-buf.ts";
import { buildReference, type ReferenceSources } from "../../lib/reference/build-reference.ts";
import { resolveApi } from "../../lib/reference/check-config.ts";
import type { Reference } from "../../lib/reference/reference.ts";
import config from "../../playground.config.ts";

/** The project's folder. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export interface PoolApi {
  readonly image: FileDescriptorSet;
  readonly registry: FileRegistry;
  readonly sources: ReferenceSources;
  readonly reference: Reference;
}

/** The project's own API, built from `proto/` as the generator does. */
export async function loadPoolApi(): Promise<PoolApi> {
  const image = await buildImage(ROOT);
  const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
  const sources: ReferenceSources = {
    config: resolveApi(config.apis[0], []),
    serviceConfigYaml: read("proto/poolrpc/trader.yaml"),
    permissionsYaml: read("proto/poolrpc/permissions.yaml"),
    safetyYaml: read("proto/poolrpc/safety.yaml"),
    commandsYaml: read("proto/poolrpc/cli.yaml"),
    errorsYaml: read("proto/poolrpc/errors.yaml"),
    repliesJson: read("content/replies/pool.json"),
    upstreamJson: read("proto/UPSTREAM.json"),
  };
  const reference = buildReference(image, sources);
  return { image, registry: createFileRegistry(image), sources, reference };
}

/** Builds the proto files that `root`'s buf.yaml names, or those of the folder `input`, with source info. */
export async function buildImage(root: string, input?: string): Promise<FileDescriptorSet> {
  const folder = mkdtempSync(join(tmpdir(), "playground-image-"));
  try {
    const file = join(folder, "image.binpb");
    await runBuf(root, ["build", ...(input === undefined ? [] : [input]), "--output", file]);
    return fromBinary(FileDescriptorSetSchema, readFileSync(file));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
