import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FileRegistry } from "@bufbuild/protobuf";
import { parse as parseYaml } from "yaml";
import { loadRegistry } from "../../lib/schema/registry.ts";
import config from "../../playground.config.ts";
import type { Permissions } from "../../server/policy/access.ts";

/** What the bridge knows of the API. */
export interface ServedApi {
  readonly registry: FileRegistry;
  readonly permissions: Permissions;
}

/** Reads what `generate` wrote, and the permissions beside the protos. */
export async function readApi(root: string): Promise<ServedApi> {
  const image = await readFile(join(root, ".cache/api/image.binpb"));
  return { registry: loadRegistry(image), permissions: await readPermissions(root) };
}

async function readPermissions(root: string): Promise<Permissions> {
  if (config.permissions === undefined) return new Map();
  const text = await readFile(join(root, config.permissions), "utf8");
  return new Map(Object.entries(parseYaml(text) as Record<string, readonly string[]>));
}
