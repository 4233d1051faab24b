import { basename, dirname, join, resolve } from "node:path";
import { parseAddress } from "./address.ts";
import { certificateProblem, type FileReader, macaroonProblem } from "./credential-files.ts";
import { expandHome, shortenHome } from "./home-path.ts";
import { isNetwork, NETWORKS } from "./networks.ts";
import { POOL_SERVICES, type ProfileServices } from "./pool-services.ts";
import type { Endpoint, ServedProfile } from "./profile-store.ts";

/** The command line's flags for one real daemon, as they were typed, without their dashes. */
export interface ProfileFlags {
  readonly poold?: string | undefined;
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

/** Where relative paths and `~` begin, and which services are meant. */
export interface FlagsContext {
  readonly home: string;
  readonly cwd: string;
  readonly services?: ProfileServices;
}

class FlagError extends Error {}

/**
 * Reads the profile that `--poold` and its companions describe, and looks into the files that they name. Files that are
 * not named are those of `~/.pool/<network>`; a network that is not named is the macaroon's folder, or else mainnet,
 * with which one is most careful.
 */
export function readProfileFlags(
  flags: ProfileFlags,
  files: FileReader,
  context: FlagsContext,
): FlagsReading {
  try {
    const given = Object.entries(flags).filter(([, value]) => value !== undefined);
    if (given.length === 0) return { kind: "none" };
    if (flags.poold === undefined) {
      throw new FlagError(
        `--${given[0]?.[0]} says nothing without --poold: add --poold host:port, such as --poold localhost:12010.`,
      );
    }
    return { kind: "profile", profile: readProfile(flags, flags.poold, files, context) };
  } catch (error) {
    if (error instanceof FlagError) return { kind: "error", message: error.message };
    throw error;
  }
}

function readProfile(
  flags: ProfileFlags,
  poold: string,
  files: FileReader,
  context: FlagsContext,
): ServedProfile {
  const { home, cwd, services = POOL_SERVICES } = context;
  const full = (path: string) => resolve(cwd, expandHome(path, home));
  const network = readNetwork(flags, full);
  const folder = join(home, ".pool", network);
  const file = (flag: keyof ProfileFlags, fallback: string, problemOf: typeof certificateProblem) => {
    const path = flags[flag] === undefined ? fallback : full(flags[flag]);
    const problem = problemOf(path, files);
    if (problem === null) return path;
    throw new FlagError(
      `--${flag}: ${shortenHome(path, home)} cannot be used, ${problem}; ` +
        `give the daemon's own file${flags[flag] === undefined ? ` with --${flag} FILE` : ""}.`,
    );
  };
  const daemon: Endpoint = {
    address: address("poold", poold),
    services: services.daemon,
    tlsCertPath: file("tlscert", join(folder, "tls.cert"), certificateProblem),
    macaroonPath: file("macaroon", join(folder, "pool.macaroon"), macaroonProblem),
  };
  return {
    id: `poold-${network}`,
    label: `poold ${network}`,
    kind: "daemon",
    network,
    endpoints: [daemon, ...readAuctioneer(flags, daemon, services, file)],
  };
}

/** The auctioneer's endpoint, if any. It is another party than the daemon: its macaroon is not sent there. */
function readAuctioneer(
  flags: ProfileFlags,
  daemon: Endpoint,
  services: ProfileServices,
  file: (flag: keyof ProfileFlags, fallback: string, problemOf: typeof certificateProblem) => string,
): Endpoint[] {
  if (flags.auctioneer === undefined) {
    for (const flag of ["auctioneer-tlscert", "auctioneer-macaroon"] as const) {
      if (flags[flag] === undefined) continue;
      throw new FlagError(`--${flag} says nothing without --auctioneer: add --auctioneer host:port.`);
    }
    return [];
  }
  return [
    {
      address: address("auctioneer", flags.auctioneer),
      services: services.auctioneer,
      tlsCertPath: file("auctioneer-tlscert", daemon.tlsCertPath, certificateProblem),
      macaroonPath:
        flags["auctioneer-macaroon"] === undefined ? null : file("auctioneer-macaroon", "", macaroonProblem),
    },
  ];
}

function readNetwork(flags: ProfileFlags, full: (path: string) => string): string {
  if (flags.network !== undefined) {
    if (isNetwork(flags.network)) return flags.network;
    throw new FlagError(
      `--network: ${JSON.stringify(flags.network)} is not a network; give one of ${NETWORKS.join(", ")}.`,
    );
  }
  const folder = flags.macaroon === undefined ? "" : basename(dirname(full(flags.macaroon)));
  return isNetwork(folder) ? folder : "mainnet";
}

function address(flag: string, text: string) {
  const parsed = parseAddress(text);
  if (parsed !== undefined) return parsed;
  throw new FlagError(
    `--${flag}: ${JSON.stringify(text)} is not host:port; give the daemon's gRPC address, such as localhost:12010.`,
  );
}
