import type { MacaroonGrant } from "../../lib/call/profile.ts";
import { permissionsIn } from "../../lib/macaroon/identifier.ts";
import { describeCaveat, readMacaroon } from "../../lib/macaroon/macaroon.ts";
import { NO_MACAROON } from "./credential-files.ts";
import { WatchedFile } from "./watched-file.ts";

/** More caveats, or longer ones, are not shown: a macaroon that holds them is somebody's joke. */
const MOST_CAVEATS = 20;
const MOST_CAVEAT_TEXT = 200;

/** Tells what the macaroon in a file permits, as often as it is asked; null: the endpoint sends none. */
export function grantReader(path: string | null): () => MacaroonGrant {
  if (path === null) return () => ({ kind: "none" });
  const file = new WatchedFile(path, readGrant, NO_MACAROON);
  return () => {
    const reading = file.read();
    return reading.kind === "ok" ? reading.value : reading;
  };
}

/** What the macaroon in these bytes permits, or undefined where they are none. */
function readGrant(bytes: Uint8Array): MacaroonGrant | undefined {
  const macaroon = readMacaroon(bytes)?.macaroon;
  if (macaroon === undefined) return undefined;
  const caveats = macaroon.caveats
    .slice(0, MOST_CAVEATS)
    .map((caveat) => describeCaveat(caveat).slice(0, MOST_CAVEAT_TEXT));
  const permissions = permissionsIn(macaroon.identifier);
  return permissions === null ? { kind: "opaque", caveats } : { kind: "known", permissions, caveats };
}
