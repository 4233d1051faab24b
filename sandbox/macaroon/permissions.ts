import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Permissions } from "./verify.ts";

/** The permissions of each method as `proto/poolrpc/permissions.yaml` lists them. */
export function readPermissions(file: URL): Permissions {
  const table: unknown = parse(readFileSync(file, "utf8"));
  if (typeof table !== "object" || table === null) {
    throw new Error(`${file.pathname} holds no table of permissions`);
  }
  return table as Record<string, string[]>;
}
