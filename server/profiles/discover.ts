import { existsSync } from "node:fs";
import { join } from "node:path";
import { certificateProblem, diskReader, type FileReader, macaroonProblem } from "./credential-files.ts";
import { type DaemonDefaults, type ProfileContext, usualRest } from "./daemon-defaults.ts";
import { expandHome, shortenHome } from "./home-path.ts";
import { NETWORKS } from "./networks.ts";
import type { ServedProfile } from "./profile-store.ts";

/** Daemons found by their folders, and those that cannot be used, each with a sentence that says why. */
export interface Discovered {
  readonly profiles: readonly ServedProfile[];
  readonly problems: readonly { readonly tlsCertPath: string; readonly sentence: string }[];
}

/**
 * Looks for a certificate and a macaroon in the daemon's folder of each network. A folder of one network does not spoil the
 * others. Where the daemon listens is not known from that: its usual port is taken.
 */
export function discoverDaemons(
  { home, daemons }: Pick<ProfileContext, "home" | "daemons">,
  files: FileReader & { exists(path: string): boolean } = { ...diskReader, exists: existsSync },
): Discovered {
  const found = daemons.map((daemon, i) => discoverDaemon(daemon, i === 0, home, files));
  return {
    profiles: found.flatMap(({ profiles }) => profiles),
    problems: found.flatMap(({ problems }) => problems),
  };
}

/** The ids of the first daemon's profiles are without its name: they are kept in browsers. */
function discoverDaemon(
  { daemon, services }: DaemonDefaults,
  isFirst: boolean,
  home: string,
  files: FileReader & { exists(path: string): boolean },
): Discovered {
  const { program, port, files: names } = daemon;
  const address = { host: "localhost", port };
  const profiles: ServedProfile[] = [];
  const problems: Discovered["problems"][number][] = [];
  for (const network of NETWORKS) {
    const folder = join(expandHome(names.folder, home), network);
    if (!files.exists(folder)) continue;
    const tlsCertPath = join(folder, names.tlsCert);
    const macaroonPath = join(folder, names.macaroon);
    const found = [
      [tlsCertPath, certificateProblem(tlsCertPath, files)],
      [macaroonPath, macaroonProblem(macaroonPath, files)],
    ] as const;
    const wrong = found.find(([, problem]) => problem !== null);
    if (wrong !== undefined) {
      const sentence = `The ${isFirst ? "daemon" : program} of ${network} is left out: ${shortenHome(wrong[0], home)} cannot be used, ${wrong[1]}.`;
      problems.push({ tlsCertPath, sentence });
      continue;
    }
    profiles.push({
      id: isFirst ? `found-${network}` : `found-${program}-${network}`,
      label: `${program} ${network}`,
      kind: "daemon",
      network,
      endpoints: [
        {
          address,
          ...usualRest(daemon, address),
          services: services.daemon,
          tlsCertPath,
          macaroonPath,
        },
      ],
    });
  }
  return { profiles, problems };
}
