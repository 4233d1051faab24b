import { readFileSync } from "node:fs";
import { create, createFileRegistry, type DescFile, type FileRegistry } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { parse } from "yaml";
import { file_auctioneerrpc_auctioneer } from "../../../gen/auctioneerrpc/auctioneer_pb.ts";
import { file_auctioneerrpc_hashmail } from "../../../gen/auctioneerrpc/hashmail_pb.ts";
import { file_poolrpc_trader } from "../../../gen/poolrpc/trader_pb.ts";
import type { ApiSafety } from "../../../lib/call/safety.ts";
import { readSafety } from "../../../lib/reference/safety.ts";
import type { CallRules } from "../../../server/bridge/prepare-call.ts";
import { DEFAULT_LIMITS } from "../../../server/limits.ts";
import { Attempts } from "../../../server/policy/attempts.ts";
import { Confirmations } from "../../../server/policy/confirmations.ts";
import { HazardRules } from "../../../server/policy/hazard-rules.ts";
import { WriteRules } from "../../../server/policy/write-rules.ts";
import type { ProfileStore } from "../../../server/profiles/profile-store.ts";

/** The registry of Pool's API, made from the generated code so that these tests need no build. */
export const registry: FileRegistry = createFileRegistry(
  create(FileDescriptorSetSchema, {
    file: withImports([file_poolrpc_trader, file_auctioneerrpc_auctioneer, file_auctioneerrpc_hashmail]).map(
      ({ proto }) => proto,
    ),
  }),
);

/** The safety file of the repository. */
export const safety: ApiSafety = readSafety(
  readFileSync(new URL("../../../proto/poolrpc/safety.yaml", import.meta.url), "utf8"),
  "safety.yaml",
  registry,
);

/** The permissions file of the repository. */
export const permissions: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(
    parse(readFileSync(new URL("../../../proto/poolrpc/permissions.yaml", import.meta.url), "utf8")),
  ),
);

/** The rules of a server in front of `profiles`, each of which is locked. */
export function callRules(profiles: ProfileStore): CallRules {
  return {
    registry,
    permissions,
    profiles,
    writes: new WriteRules(),
    confirmations: new Confirmations(),
    attempts: new Attempts(),
    hazards: new HazardRules(safety),
    limits: DEFAULT_LIMITS,
  };
}

function withImports(files: readonly DescFile[]): DescFile[] {
  const ordered: DescFile[] = [];
  const visit = (file: DescFile) => {
    if (ordered.includes(file)) return;
    file.dependencies.forEach(visit);
    ordered.push(file);
  };
  files.forEach(visit);
  return ordered;
}
