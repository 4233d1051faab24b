import { accessOf } from "../../lib/call/access.ts";

/** Macaroon permissions by full method name (`poolrpc.Trader.GetInfo` → `["account:read"]`). */
export type Permissions = ReadonlyMap<string, readonly string[]>;

/** Whether a method changes something, by its permissions; one of which nothing is known does. */
export function isWrite(method: string, permissions: Permissions): boolean {
  return accessOf(permissions.get(method) ?? null) === "write";
}
