import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Permissions } from "./verify.ts";

/**
 * The permissions of each method as `proto/poolrpc/permissions.yaml` lists them, with what the daemon was seen to do
 * otherwise: its GetInfo tells of accounts, orders, batches and tokens and wants to read all four.
 */
export function readPermissions(file: URL): Permissions {
  const table: unknown = parse(readFileSync(file, "utf8"));
  if (typeof table !== "object" || table === null) {
    throw new Error(`${file.pathname} holds no table of permissions`);
  }
  return {
    ...(table as Record<string, string[]>),
    "poolrpc.Trader.GetInfo": ["account:read", "order:read", "auction:read", "auth:read"],
  };
}
