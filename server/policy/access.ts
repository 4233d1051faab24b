/** Macaroon permissions by full method name (`poolrpc.Trader.GetInfo` → `["account:read"]`). */
export type Permissions = ReadonlyMap<string, readonly string[]>;

/** A method changes something when one of its permissions is a `…:write`, or when nothing is known about it. */
export function isWrite(method: string, permissions: Permissions): boolean {
  const actions = permissions.get(method);
  return actions === undefined || actions.some((action) => action.endsWith(":write"));
}
