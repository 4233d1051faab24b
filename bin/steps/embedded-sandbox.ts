import { join } from "node:path";
import config from "../../playground.config.ts";
import type { ServedProfile } from "../../server/profiles/profile-store.ts";
import { sandboxProfile } from "../../server/profiles/sandbox-profile.ts";
import { type ChildSandbox, startChildSandbox } from "./child-sandbox.ts";

const NETWORK = "regtest";

/** The sandbox beside the site. Its data is in `dir`, or in `.cache/sandbox`; without `ports` it takes free ones. */
export function startEmbeddedSandbox(
  root: string,
  dir: string | undefined,
  ports?: { readonly port: number; readonly auctioneerPort: number },
): Promise<ChildSandbox> {
  return startChildSandbox(root, [
    ...["--dir", dir ?? join(root, ".cache/sandbox"), "--network", NETWORK],
    ...(ports === undefined
      ? []
      : ["--port", `${ports.port}`, "--auctioneer-port", `${ports.auctioneerPort}`]),
  ]);
}

/** The profile of that sandbox. */
export function embeddedProfile({
  port,
  auctioneerPort,
  tlsCertPath,
  macaroonPath,
}: Omit<ChildSandbox, "ended" | "stop">): ServedProfile {
  const at = (port: number) => ({ host: "localhost", port });
  return sandboxProfile(
    { daemon: at(port), auctioneer: at(auctioneerPort), tlsCertPath, macaroonPath, network: NETWORK },
    config.services,
  );
}
