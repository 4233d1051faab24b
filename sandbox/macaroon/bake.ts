import { randomBytes } from "node:crypto";
import macaroons from "macaroon";
import { encodeIdentifier, type Op } from "../../lib/macaroon/identifier.ts";

/** What `pool.macaroon` permits: everything the daemon has. */
const ADMIN_PERMISSIONS: readonly Op[] = [
  { entity: "account", actions: ["read", "write"] },
  { entity: "auction", actions: ["read"] },
  { entity: "auth", actions: ["read"] },
  { entity: "order", actions: ["read", "write"] },
];

/** A macaroon that may read everything and write nothing. */
export const READ_PERMISSIONS: readonly Op[] = ADMIN_PERMISSIONS.map(({ entity }) => ({
  entity,
  actions: ["read"],
}));

/** A V2 macaroon in binary form. Caveats are conditions such as `time-before 2030-01-01T00:00:00Z`. */
export function bakeMacaroon(
  rootKey: Uint8Array,
  permissions: readonly Op[] = ADMIN_PERMISSIONS,
  caveats: readonly string[] = [],
  rootKeyId = "0",
): Uint8Array {
  const identifier = encodeIdentifier({ nonce: randomBytes(16), storageId: rootKeyId, ops: permissions });
  const macaroon = macaroons.newMacaroon({ identifier, location: "pool", rootKey, version: 2 });
  for (const caveat of caveats) {
    macaroon.addFirstPartyCaveat(caveat);
  }
  return macaroon.exportBinary();
}
