import { parseArgs } from "node:util";
import type { ProfileArguments } from "../../server/profiles/open-profiles.ts";
import { flaggedDaemons, type ProfileFlags } from "../../server/profiles/profile-flags.ts";
import { PROFILES_FILE } from "../../server/profiles/profiles-file.ts";
import { siteConfig, siteDaemons } from "./site-config.ts";

const DAEMONS = flaggedDaemons(siteDaemons);

/** The lines of a usage that say how to name daemons; `verb` is what is done with them. */
export function daemonUsage(verb: string): string {
  return DAEMONS.map(({ daemon: { program }, prefix, services }) =>
    [
      flagLine(`--${program} HOST:PORT`, `${verb} this ${program} (gRPC, TLS)`),
      flagLine(`--${prefix}tlscert FILE`, "its certificate"),
      flagLine(`--${prefix}macaroon FILE`, "its macaroon"),
      flagLine(`--${prefix}network NAME`, "mainnet, testnet, regtest, simnet or signet"),
      ...(services.auctioneer.length === 0
        ? []
        : [
            flagLine(
              `--${prefix}auctioneer HOST:PORT`,
              `where ${services.auctioneer.map((name) => name.replace(/^.*\./, "")).join(" and ")} are served`,
            ),
            flagLine(
              `--${prefix}auctioneer-tlscert FILE`,
              `the auctioneer's certificate (default: --${prefix}tlscert)`,
            ),
            flagLine(`--${prefix}auctioneer-macaroon FILE`, "sent to the auctioneer; without it none is"),
          ]),
    ].join("\n"),
  ).join("\n");
}

/** Where daemons are found by themselves: `~/.pool/<network>/`. */
export const DAEMON_FOLDERS = siteDaemons
  .map(({ daemon }) => `${daemon.files.folder}/<network>/`)
  .join(" and ");

function flagLine(flag: string, meaning: string): string {
  return `  ${flag.padEnd(26)} ${meaning}`;
}

export const START_USAGE = `Usage: npm start -- [flags]

Starts ${siteConfig.sandbox === undefined ? "" : "the sandbox and "}the site, and prints the URL to open.

  --port N                   port of the site (4180, or the next free one)
${daemonUsage("use")}
  --profiles FILE            more daemons: a list of them (${PROFILES_FILE}, here)
  --host ADDRESS             listen on this address too; needs --access-token
  --access-token TOKEN       what a browser must present once; at least 16 characters
  --sandbox-dir DIR          the sandbox's data (.cache/sandbox)
  --collection FILE          where saved requests are kept (playground.collection.json, here)
  --help                     show this

Daemons whose files are in ${DAEMON_FOLDERS} are found by themselves. All are offered${siteConfig.sandbox === undefined ? "" : " beside the sandbox"}, the one of
the flags first.`;

/** What can be said of a daemon beside its address. */
const PROFILE_FLAGS = [
  "tlscert",
  "macaroon",
  "network",
  "auctioneer",
  "auctioneer-tlscert",
  "auctioneer-macaroon",
] as const satisfies readonly (keyof ProfileFlags)[];

/** The flags that name daemons, the same for every command. */
export const PROFILE_OPTIONS = {
  ...Object.fromEntries(
    DAEMONS.flatMap(({ daemon: { program }, prefix, services }) => [
      [program, { type: "string" as const }],
      ...PROFILE_FLAGS.filter((flag) => !flag.startsWith("auctioneer") || services.auctioneer.length > 0).map(
        (flag) => [`${prefix}${flag}`, { type: "string" as const }] as const,
      ),
    ]),
  ),
  profiles: { type: "string" },
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
export function profileArguments(values: Readonly<Record<string, unknown>>): ProfileArguments {
  const text = (name: string) => {
    const value = values[name];
    return typeof value === "string" ? value : undefined;
  };
  const read = DAEMONS.map(({ daemon: { program }, prefix }): readonly [string, ProfileFlags] => [
    program,
    {
      address: text(program),
      ...Object.fromEntries(PROFILE_FLAGS.map((flag) => [flag, text(`${prefix}${flag}`)])),
    },
  ]);
  return { flags: read[0]?.[1] ?? {}, others: new Map(read.slice(1)), file: text("profiles") };
}
