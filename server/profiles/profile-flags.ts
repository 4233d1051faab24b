import { basename, dirname, join, resolve } from "node:path";
import { parseAddress } from "./address.ts";
import { certificateProblem, type FileReader, macaroonProblem } from "./credential-files.ts";
import { type DaemonDefaults, type ProfileContext, usualRest } from "./daemon-defaults.ts";
import { expandHome, shortenHome } from "./home-path.ts";
import { isNetwork, NETWORKS } from "./networks.ts";
import type { Endpoint, ServedProfile } from "./profile-store.ts";

/** The command line's flags for one real daemon, as they were typed, without their dashes and without the daemon's prefix. */
export interface ProfileFlags {
  /** `host:port`. The flag itself has the name of the daemon's program. */
  readonly address?: string | undefined;
  readonly tlscert?: string | undefined;
  readonly macaroon?: string | undefined;
  readonly network?: string | undefined;
  readonly auctioneer?: string | undefined;
  readonly "auctioneer-tlscert"?: string | undefined;
  readonly "auctioneer-macaroon"?: string | undefined;
}

/** What the flags say. `error` is one sentence that names the flag, the file and the way out. */
export type FlagsReading =
  | { readonly kind: "none" }
  | { readonly kind: "profile"; readonly profile: ServedProfile }
  | { readonly kind: "error"; readonly message: string };

class FlagError extends Error {}

/** A daemon, and what leads the names of its flags: nothing for the first one's, `lnd-` for those of another. */
export interface FlaggedDaemon extends DaemonDefaults {
  readonly prefix: string;
}

/** The daemons that flags can name. */
export function flaggedDaemons(daemons: readonly DaemonDefaults[]): FlaggedDaemon[] {
  return daemons.map((each, i) => ({ ...each, prefix: i === 0 ? "" : `${each.daemon.program}-` }));
}

/**
 * Reads the profile that the address and its companions describe, and looks into the files that they name. Files that are
 * not named are those of the daemon's folder of that network; a network that is not named is the macaroon's folder, or
 * else mainnet, with which one is most careful.
 */
export function readProfileFlags(
  flags: ProfileFlags,
  files: FileReader,
  context: Pick<ProfileContext, "home" | "cwd">,
  daemon: FlaggedDaemon,
): FlagsReading {
  try {
    const given = Object.entries(flags).filter(([, value]) => value !== undefined);
    if (given.length === 0) return { kind: "none" };
    if (flags.address === undefined) {
      const { program, port } = daemon.daemon;
      throw new FlagError(
        `--${daemon.prefix}${given[0]?.[0]} says nothing without --${program}: add --${program} host:port, such as --${program} localhost:${port}.`,
      );
    }
    return { kind: "profile", profile: readProfile(flags, flags.address, files, context, daemon) };
  } catch (error) {
    if (error instanceof FlagError) return { kind: "error", message: error.message };
    throw error;
  }
}

function readProfile(
  flags: ProfileFlags,
  daemonAddress: string,
  files: FileReader,
  { home, cwd }: Pick<ProfileContext, "home" | "cwd">,
  api: FlaggedDaemon,
): ServedProfile {
  const { prefix } = api;
  const { program, port, files: names } = api.daemon;
  const full = (path: string) => resolve(cwd, expandHome(path, home));
  const network = readNetwork(flags, full, prefix);
  const folder = join(expandHome(names.folder, home), network);
  const file = (flag: keyof ProfileFlags, fallback: string, problemOf: typeof certificateProblem) => {
    const path = flags[flag] === undefined ? fallback : full(flags[flag]);
    const problem = problemOf(path, files);
    if (problem === null) return path;
    throw new FlagError(
      `--${prefix}${flag}: ${shortenHome(path, home)} cannot be used, ${problem}; ` +
        `give the daemon's own file${flags[flag] === undefined ? ` with --${prefix}${flag} FILE` : ""}.`,
    );
  };
  const address = readAddress(program, daemonAddress, port);
  const daemon: Endpoint = {
    address,
    ...usualRest(api.daemon, address),
    services: api.services.daemon,
    tlsCertPath: file("tlscert", join(folder, names.tlsCert), certificateProblem),
    macaroonPath: file("macaroon", join(folder, names.macaroon), macaroonProblem),
  };
  return {
    id: `${program}-${network}`,
    label: `${program} ${network}`,
    kind: "daemon",
    network,
    endpoints: [daemon, ...readAuctioneer(flags, daemon, api, file)],
  };
}

/** The auctioneer's endpoint, if any. It is another party than the daemon: its macaroon is not sent there. */
function readAuctioneer(
  flags: ProfileFlags,
  daemon: Endpoint,
  api: FlaggedDaemon,
  file: (flag: keyof ProfileFlags, fallback: string, problemOf: typeof certificateProblem) => string,
): Endpoint[] {
  if (flags.auctioneer === undefined) {
    for (const flag of ["auctioneer-tlscert", "auctioneer-macaroon"] as const) {
      if (flags[flag] === undefined) continue;
      const { prefix } = api;
      throw new FlagError(
        `--${prefix}${flag} says nothing without --${prefix}auctioneer: add --${prefix}auctioneer host:port.`,
      );
    }
    return [];
  }
  return [
    {
      address: readAddress(`${api.prefix}auctioneer`, flags.auctioneer, api.daemon.port),
      services: api.services.auctioneer,
      tlsCertPath: file("auctioneer-tlscert", daemon.tlsCertPath, certificateProblem),
      macaroonPath:
        flags["auctioneer-macaroon"] === undefined ? null : file("auctioneer-macaroon", "", macaroonProblem),
    },
  ];
}

function readNetwork(flags: ProfileFlags, full: (path: string) => string, prefix: string): string {
  if (flags.network !== undefined) {
    if (isNetwork(flags.network)) return flags.network;
    throw new FlagError(
      `--${prefix}network: ${JSON.stringify(flags.network)} is not a network; give one of ${NETWORKS.join(", ")}.`,
    );
  }
  const folder = flags.macaroon === undefined ? "" : basename(dirname(full(flags.macaroon)));
  return isNetwork(folder) ? folder : "mainnet";
}

/** `usualPort` is for the example in the error. */
function readAddress(flag: string, text: string, usualPort: number) {
  const parsed = parseAddress(text);
  if (parsed !== undefined) return parsed;
  throw new FlagError(
    `--${flag}: ${JSON.stringify(text)} is not host:port; give the daemon's gRPC address, such as localhost:${usualPort}.`,
  );
}
