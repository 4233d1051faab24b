import { parseArgs } from "node:util";
import config from "../../playground.config.ts";
import type { ProfileArguments } from "../../server/profiles/open-profiles.ts";
import type { ProfileFlags } from "../../server/profiles/profile-flags.ts";
import { PROFILES_FILE } from "../../server/profiles/profiles-file.ts";

const { program, files } = config.apis[0].daemon;

export const START_USAGE = `Usage: npm start -- [flags]

Starts the sandbox and the site, and prints the URL to open.

  --port N                   port of the site (4180, or the next free one)
  ${`--${program} HOST:PORT`.padEnd(25)}  use this ${program} (gRPC, TLS) beside the sandbox
  --tlscert FILE             its certificate
  --macaroon FILE            its macaroon
  --network NAME             mainnet, testnet, regtest, simnet or signet
  --auctioneer HOST:PORT     where its ChannelAuctioneer and HashMail services are served
  --auctioneer-tlscert FILE  the auctioneer's certificate (default: --tlscert)
  --auctioneer-macaroon FILE sent to the auctioneer; without it none is
  --profiles FILE            more daemons: a list of them (${PROFILES_FILE}, here)
  --host ADDRESS             listen on this address too; needs --access-token
  --access-token TOKEN       what a browser must present once; at least 16 characters
  --sandbox-dir DIR          the sandbox's data (.cache/sandbox)
  --collection FILE          where saved requests are kept (playground.collection.json, here)
  --help                     show this

Daemons whose files are in ${files.folder}/<network>/ are found by themselves. All are offered beside the sandbox, the one of
the flags first.`;

/** The flags that name daemons, the same for every command. */
export const PROFILE_OPTIONS = {
  [program]: { type: "string" },
  profiles: { type: "string" },
  tlscert: { type: "string" },
  macaroon: { type: "string" },
  network: { type: "string" },
  auctioneer: { type: "string" },
  "auctioneer-tlscert": { type: "string" },
  "auctioneer-macaroon": { type: "string" },
} as const;

const OPTIONS = {
  ...PROFILE_OPTIONS,
  collection: { type: "string" },
  port: { type: "string" },
  host: { type: "string" },
  "access-token": { type: "string" },
  "sandbox-dir": { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** The flags as written, by name. */
export type StartFlags = ReturnType<typeof parse>;

/** Reads the command line, or gives the sentence that says what is wrong with it. */
export function parseStartFlags(argv: readonly string[]): StartFlags | string {
  let flags: StartFlags;
  try {
    flags = parse(argv);
  } catch (cause) {
    return `${cause instanceof Error ? cause.message.split(". To specify")[0] : cause}. See npm start -- --help.`;
  }
  const { port, host } = flags;
  if (port !== undefined && !/^\d{1,5}$/.test(port)) return `--port ${port} is not a port number.`;
  if (port !== undefined && Number(port) > 65_535)
    return `--port ${port} is not a port number: they end at 65535.`;
  if (host !== undefined && (flags["access-token"]?.length ?? 0) < 16) {
    return `--host ${host} lets other machines reach your macaroon: give --access-token with at least 16 characters.`;
  }
  if (host === undefined && flags["access-token"] !== undefined) return "--access-token goes with --host.";
  return flags;
}

function parse(argv: readonly string[]) {
  return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: false }).values;
}

/** What the values of `PROFILE_OPTIONS` say. */
export function profileArguments(
  values: Omit<ProfileFlags, "address"> & { profiles?: string },
): ProfileArguments {
  const address = (values as Readonly<Record<string, unknown>>)[program];
  const { tlscert, macaroon, network, auctioneer } = values;
  return {
    flags: {
      address: typeof address === "string" ? address : undefined,
      ...{ tlscert, macaroon, network, auctioneer },
      "auctioneer-tlscert": values["auctioneer-tlscert"],
      "auctioneer-macaroon": values["auctioneer-macaroon"],
    },
    file: values.profiles,
  };
}
