import { join } from "node:path";
import type { Profile } from "../../lib/call/profile.ts";
import type { ServedProfile } from "../../server/profiles/profile-store.ts";
import { sandboxProfile } from "../../server/profiles/sandbox-profile.ts";
import { type ChildSandbox, startChildSandbox } from "./child-sandbox.ts";
import { siteConfig, siteDaemons } from "./site-config.ts";

const NETWORK = "regtest";

/**
 * The sandbox beside the site. Its data is in `dir`, or in `.cache/sandbox`. It takes the port given or the next free
 * one, and any free one for its auctioneer where none is given.
 */
export function startEmbeddedSandbox(
  root: string,
  dir: string | undefined,
  { port, auctioneerPort = 0 }: { readonly port: number; readonly auctioneerPort?: number },
): Promise<ChildSandbox> {
  return startChildSandbox(root, [
    ...["--dir", dir ?? join(root, ".cache/sandbox"), "--network", NETWORK],
    ...["--port", `${port}`, "--auctioneer-port", `${auctioneerPort}`],
  ]);
}

/** The daemon's usual port, which the sandbox has too, or the next that belongs to no daemon: one that is down must find its port free when it starts. */
export function sandboxPort(profiles: readonly Profile[]): number {
  const taken = profiles
    .filter(({ kind }) => kind === "daemon")
    .flatMap(({ endpoints }) => endpoints.map(({ address }) => Number(address.split(":").at(-1))));
  let port = siteDaemons[0]?.daemon.port ?? 0;
  while (port !== 0 && taken.includes(port)) port++;
  return port;
}

/** The profile of that sandbox. */
export function embeddedProfile({
  port,
  restPort,
  auctioneerPort,
  tlsCertPath,
  macaroonPath,
}: Omit<ChildSandbox, "ended" | "stop">): ServedProfile {
  const at = (port: number) => ({ host: "localhost", port });
  return sandboxProfile(
    {
      daemon: at(port),
      rest: at(restPort),
      auctioneer: at(auctioneerPort),
      tlsCertPath,
      macaroonPath,
      network: NETWORK,
    },
    siteConfig.sandbox ?? { daemon: [], auctioneer: [] },
  );
}
