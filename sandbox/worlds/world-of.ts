import macaroons from "macaroon";
import { decodeIdentifier } from "../../lib/macaroon/identifier.ts";
import { recent } from "../macaroon/recent.ts";

/** The world of a sandbox's own `pool.macaroon`. */
export const FIRST_WORLD = "0";

/**
 * Whose world a call is for: the id of the root key that its macaroon names. Nothing is verified here, the world does that
 * with its own key. A header that is no macaroon goes to the first world, to be refused there.
 */
export function worldOf(header: string | string[] | undefined): string {
  return typeof header === "string" ? worldNamed(header) : FIRST_WORLD;
}

const worldNamed = recent((header) => {
  try {
    const { identifier } = macaroons.importMacaroon(Buffer.from(header, "hex"));
    return decodeIdentifier(identifier)?.storageId ?? FIRST_WORLD;
  } catch {
    return FIRST_WORLD;
  }
});
