import { readFileSync } from "node:fs";
import { create, createFileRegistry, type DescFile, type FileRegistry } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { parse } from "yaml";
import { file_auctioneerrpc_auctioneer } from "../../../gen/auctioneerrpc/auctioneer_pb.ts";
import { file_auctioneerrpc_hashmail } from "../../../gen/auctioneerrpc/hashmail_pb.ts";
import { file_poolrpc_trader } from "../../../gen/poolrpc/trader_pb.ts";

/** The registry of Pool's API, made from the generated code so that these tests need no build. */
export const registry: FileRegistry = createFileRegistry(
  create(FileDescriptorSetSchema, {
    file: withImports([file_poolrpc_trader, file_auctioneerrpc_auctioneer, file_auctioneerrpc_hashmail]).map(
      ({ proto }) => proto,
    ),
  }),
);

/** The permissions file of the repository. */
export const permissions: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(
    parse(readFileSync(new URL("../../../proto/poolrpc/permissions.yaml", import.meta.url), "utf8")),
  ),
);

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
