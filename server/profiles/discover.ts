import { existsSync } from "node:fs";
import { join } from "node:path";
import { certificateProblem, diskReader, type FileReader, macaroonProblem } from "./credential-files.ts";
import { shortenHome } from "./home-path.ts";
import { NETWORKS } from "./networks.ts";
import { POOL_SERVICES, type ProfileServices } from "./pool-services.ts";
import type { ServedProfile } from "./profile-store.ts";

/** The port on which a daemon serves gRPC when nothing else is said. */
const DEFAULT_PORT = 12010;

/** Daemons found by their folders, and folders of daemons that cannot be used, each with a sentence that says why. */
export interface Discovered {
  readonly profiles: readonly ServedProfile[];
  readonly problems: readonly string[];
}

/** Looks for `~/.pool/<network>/tls.cert` and `pool.macaroon`. A folder of one network does not spoil the others. */
export function discoverDaemons(
  home: string,
  options: {
    readonly files?: FileReader & { exists(path: string): boolean };
    readonly services?: ProfileServices;
  } = {},
): Discovered {
  const { files = { ...diskReader, exists: existsSync }, services = POOL_SERVICES } = options;
  const profiles: ServedProfile[] = [];
  const problems: string[] = [];
  for (const network of NETWORKS) {
    const folder = join(home, ".pool", network);
    if (!files.exists(folder)) continue;
    const tlsCertPath = join(folder, "tls.cert");
    const macaroonPath = join(folder, "pool.macaroon");
    const found = [
      [tlsCertPath, certificateProblem(tlsCertPath, files)],
      [macaroonPath, macaroonProblem(macaroonPath, files)],
    ] as const;
    const wrong = found.find(([, problem]) => problem !== null);
    if (wrong !== undefined) {
      problems.push(
        `The daemon of ${network} is left out: ${shortenHome(wrong[0], home)} cannot be used, ${wrong[1]}.`,
      );
      continue;
    }
    profiles.push({
      id: `pool-${network}`,
      label: `poold ${network}`,
      kind: "daemon",
      network,
      endpoints: [
        {
          address: { host: "localhost", port: DEFAULT_PORT },
          services: services.daemon,
          tlsCertPath,
          macaroonPath,
        },
      ],
    });
  }
  return { profiles, problems };
}
