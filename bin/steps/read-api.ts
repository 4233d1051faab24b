import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { ApiSafety } from "../../lib/call/safety.ts";
import type { ResolvedApi } from "../../lib/reference/api-config.ts";
import { readPermissions } from "../../lib/reference/permissions.ts";
import { readSafety } from "../../lib/reference/safety.ts";
import { joinRegistries } from "../../lib/schema/join-registries.ts";
import { loadRegistry, type ServiceRegistry } from "../../lib/schema/registry.ts";
import type { Permissions } from "../../server/policy/access.ts";
import { apiFile } from "./api-files.ts";

/** What the bridge knows of the APIs. */
export interface ServedApi {
  readonly registry: ServiceRegistry;
  readonly permissions: Permissions;
  readonly safety: ApiSafety;
}

/** Reads what `generate` wrote of the APIs, and the permissions and safety facts beside their protos. */
export async function readApi(root: string, apis: readonly ResolvedApi[]): Promise<ServedApi> {
  const read = await Promise.all(apis.map((api) => readOne(root, api)));
  return {
    registry: joinRegistries(read.map(({ registry }) => registry)),
    permissions: new Map(read.flatMap(({ permissions }) => [...permissions])),
    safety: {
      needed: new Map(read.flatMap(({ safety }) => [...safety.needed])),
      methods: new Map(read.flatMap(({ safety }) => [...safety.methods])),
    },
  };
}

async function readOne(root: string, api: ResolvedApi) {
  const registry = loadRegistry(await readFile(join(root, apiFile(api.id, "image.binpb"))));
  const methods = [...registry]
    .filter((type) => type.kind === "service")
    .flatMap((service) => service.methods.map(({ name }) => `${service.typeName}.${name}`));
  const text = async (path: string | undefined) =>
    path === undefined ? "" : readFile(resolve(root, path), "utf8");
  const [permissions, safety] = await Promise.all([text(api.permissions), text(api.safety)]);
  return {
    registry,
    permissions: readPermissions(
      permissions,
      api.permissions ?? "permissions",
      new Set(methods),
      skipStrangers,
    ),
    safety: readSafety(safety, api.safety ?? "safety", registry, skipStrangers),
  };
}

/** Where the protos are a checkout's, facts may be of other methods: `generate` has said so. */
function skipStrangers(): void {}
