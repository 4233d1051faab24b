/** What the command line of the sandbox says. */
export interface SandboxFlags {
  readonly dir: string;
  readonly network: string;
  readonly port: number;
  readonly auctioneerPort: number;
}

/** The networks that Pool knows. */
const NETWORKS: readonly string[] = ["regtest", "simnet", "testnet", "signet", "mainnet"];

const DEFAULTS: SandboxFlags = { dir: ".cache/sandbox", network: "regtest", port: 12_010, auctioneerPort: 0 };

/** Reads `--flag value` and `--flag=value`. A text says in one sentence what is wrong. */
export function parseSandboxFlags(args: readonly string[]): SandboxFlags | string {
  const flags = { ...DEFAULTS };
  const rest = args.flatMap((arg) => (/^--[^=]+=/.test(arg) ? splitOnce(arg) : [arg]));
  while (rest.length > 0) {
    const flag = rest.shift() ?? "";
    const value = rest.shift();
    if (!["--dir", "--port", "--auctioneer-port", "--network"].includes(flag)) {
      return `${flag} is not a flag of the sandbox: it knows --dir, --port, --auctioneer-port and --network.`;
    }
    if (value === undefined || value === "" || value.startsWith("--")) {
      return `${flag} needs a value.`;
    }
    if (flag === "--dir") {
      flags.dir = value;
    } else if (flag === "--network") {
      if (!NETWORKS.includes(value)) {
        return `--network ${value} is not one of ${NETWORKS.join(", ")}.`;
      }
      flags.network = value;
    } else {
      const port = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
      if (!(port <= 65_535)) {
        return `${flag} ${value} is not a port: give a number from 0 to 65535.`;
      }
      flags[flag === "--port" ? "port" : "auctioneerPort"] = port;
    }
  }
  return flags;
}

function splitOnce(arg: string): string[] {
  const at = arg.indexOf("=");
  return [arg.slice(0, at), arg.slice(at + 1)];
}
