import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FileRegistry } from "@bufbuild/protobuf";
import type { ApiSafety } from "../../lib/call/safety.ts";
import { readPermissions } from "../../lib/reference/permissions.ts";
import { readSafety } from "../../lib/reference/safety.ts";
import { loadRegistry } from "../../lib/schema/registry.ts";
import config from "../../playground.config.ts";
import type { Permissions } from "../../server/policy/access.ts";

const [api] = config.apis;

/** What the bridge knows of the API. */
export interface ServedApi {
  readonly registry: FileRegistry;
  readonly permissions: Permissions;
  readonly safety: ApiSafety;
}

/** Reads what `generate` wrote, and the permissions and safety facts beside the protos. */
export async function readApi(root: string): Promise<ServedApi> {
  const registry = loadRegistry(await readFile(join(root, ".cache/api/image.binpb")));
  const [permissions, safety] = await Promise.all([permissionsOf(root, registry), safetyOf(root, registry)]);
  return { registry, permissions, safety };
}

async function safetyOf(root: string, registry: FileRegistry): Promise<ApiSafety> {
  const { safety: file } = api;
  return readSafety(
    file === undefined ? "" : await readFile(join(root, file), "utf8"),
    file ?? "safety",
    registry,
  );
}

async function permissionsOf(root: string, registry: FileRegistry): Promise<Permissions> {
  if (api.permissions === undefined) return new Map();
  const methods = [...registry]
    .filter((type) => type.kind === "service")
    .flatMap((service) => service.methods.map(({ name }) => `${service.typeName}.${name}`));
  const yaml = await readFile(join(root, api.permissions), "utf8");
  return readPermissions(yaml, api.permissions, new Set(methods));
}
