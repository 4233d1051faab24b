import { SCENARIOS } from "./ledger/scenarios.ts";

/** What the command line of the sandbox says. */
export interface SandboxFlags {
  readonly dir: string;
  readonly network: string;
  readonly port: number;
  readonly restPort: number;
  readonly auctioneerPort: number;
  /** Milliseconds between blocks; 0: only on demand. */
  readonly blockInterval: number;
  /** How a world begins that is not kept yet. */
  readonly scenario: string;
  readonly seed: number;
  /** Nothing is kept but certificate and macaroon. */
  readonly ephemeral: boolean;
  /** Where the clock stands, as milliseconds since 1970; null: it goes with the machine's. */
  readonly clock: number | null;
}

/** The networks that Pool knows. */
const NETWORKS: readonly string[] = ["regtest", "simnet", "testnet", "signet", "mainnet"];

const DEFAULTS: SandboxFlags = {
  dir: ".cache/sandbox",
  network: "regtest",
  port: 12_010,
  restPort: 8_281,
  auctioneerPort: 0,
  blockInterval: 30_000,
  scenario: "busy-market",
  seed: 1,
  ephemeral: false,
  clock: null,
};

/** What a flag's value makes of the flags, or what is wrong with it in one sentence. */
type Reader = (value: string) => Partial<SandboxFlags> | string;

const FLAGS: Readonly<Record<string, Reader>> = {
  "--dir": (dir) => ({ dir }),
  "--network": (network) => oneOf("--network", network, NETWORKS) ?? { network },
  "--port": (value) => number("--port", value, 65_535, "a port", (port) => ({ port })),
  "--rest-port": (value) => number("--rest-port", value, 65_535, "a port", (restPort) => ({ restPort })),
  "--auctioneer-port": (value) =>
    number("--auctioneer-port", value, 65_535, "a port", (auctioneerPort) => ({ auctioneerPort })),
  "--block-interval": (value) =>
    number("--block-interval", value, 86_400, "a number of seconds", (seconds) => ({
      blockInterval: seconds * 1000,
    })),
  "--scenario": (scenario) =>
    oneOf(
      "--scenario",
      scenario,
      SCENARIOS.map(({ name }) => name),
    ) ?? { scenario },
  "--seed": (value) => number("--seed", value, 999_999_999, "a seed", (seed) => ({ seed })),
  "--clock": (value) => {
    const clock = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) ? Date.parse(value) : Number.NaN;
    return Number.isNaN(clock)
      ? `--clock ${value} is not a time: write it as 2026-01-05T12:00:00Z.`
      : { clock };
  },
};

/** Reads `--flag value` and `--flag=value`. A text says in one sentence what is wrong. */
export function parseSandboxFlags(args: readonly string[]): SandboxFlags | string {
  let flags = { ...DEFAULTS };
  const rest = args.flatMap((arg) => (/^--[^=]+=/.test(arg) ? splitOnce(arg) : [arg]));
  while (rest.length > 0) {
    const flag = rest.shift() ?? "";
    if (flag === "--ephemeral") {
      flags = { ...flags, ephemeral: true };
      continue;
    }
    const read = FLAGS[flag];
    if (read === undefined) {
      return `${flag} is not a flag of the sandbox: it knows ${Object.keys(FLAGS).join(", ")} and --ephemeral.`;
    }
    const value = rest.shift();
    if (value === undefined || value === "" || value.startsWith("--")) {
      return `${flag} needs a value.`;
    }
    const change = read(value);
    if (typeof change === "string") {
      return change;
    }
    flags = { ...flags, ...change };
  }
  return flags;
}

function oneOf(flag: string, value: string, known: readonly string[]): string | undefined {
  return known.includes(value) ? undefined : `${flag} ${value} is not one of ${known.join(", ")}.`;
}

function number(
  flag: string,
  value: string,
  most: number,
  what: string,
  change: (value: number) => Partial<SandboxFlags>,
): Partial<SandboxFlags> | string {
  const read = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  return read <= most ? change(read) : `${flag} ${value} is not ${what}: give a number from 0 to ${most}.`;
}

function splitOnce(arg: string): string[] {
  const at = arg.indexOf("=");
  return [arg.slice(0, at), arg.slice(at + 1)];
}
