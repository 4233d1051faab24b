import type { Address } from "./address.ts";

/** Which services a daemon serves, and which its auctioneer. */
export interface ProfileServices {
  readonly daemon: readonly string[];
  readonly auctioneer: readonly string[];
}

/** What is taken of a daemon where nothing else is said: what the configs of its APIs say of it. */
export interface DaemonDefaults {
  readonly daemon: {
    /** The daemon's program, and the flag for its address: `--poold`. */
    readonly program: string;
    readonly port: number;
    /** Of REST on the same host, where `port` is gRPC's. */
    readonly restPort?: number;
    /** A folder that has one for each network in it, and the files' names there. `~` is the home folder. */
    readonly files: { readonly folder: string; readonly tlsCert: string; readonly macaroon: string };
  };
  readonly services: ProfileServices;
}

/** Where profiles are read: the places that relative paths and `~` begin at, and the daemons that there are. */
export interface ProfileContext {
  readonly home: string;
  readonly cwd: string;
  /** The first one's flags have no prefix. */
  readonly daemons: readonly DaemonDefaults[];
}

/** Where a daemon at an address serves REST: known where its gRPC has the usual port, and nothing says otherwise. */
export function usualRest(
  { port, restPort }: DaemonDefaults["daemon"],
  address: Address,
): { rest?: Address } {
  if (restPort === undefined || address.port !== port) return {};
  return { rest: { host: address.host, port: restPort } };
}

/** The daemons of the APIs in order, each once: what serves two of them serves the services of both. */
export function daemonsOf(
  apis: readonly {
    readonly daemon?: DaemonDefaults["daemon"];
    readonly services?: { readonly daemon: readonly string[]; readonly auctioneer?: readonly string[] };
  }[],
): DaemonDefaults[] {
  const byProgram = new Map<string, DaemonDefaults>();
  for (const { daemon, services } of apis) {
    if (daemon === undefined) continue;
    const before = byProgram.get(daemon.program)?.services ?? { daemon: [], auctioneer: [] };
    byProgram.set(daemon.program, {
      daemon,
      services: {
        daemon: [...before.daemon, ...(services?.daemon ?? [])],
        auctioneer: [...before.auctioneer, ...(services?.auctioneer ?? [])],
      },
    });
  }
  return [...byProgram.values()];
}
