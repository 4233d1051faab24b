import { join } from "node:path";
import { type Answer, traderCaller } from "./pool-world.ts";
import { eventually, freePorts, startDaemon } from "./processes.ts";
import type { Regtest } from "./regtest.ts";

/** A real daemon that runs. */
export interface RealPoold {
  call(method: string, request: object): Promise<Answer>;
  readonly log: string;
  stop(): Promise<void>;
}

/** What it needs: programs, a folder, a node, and an auctioneer. */
export interface PooldOptions {
  readonly bin: string;
  readonly dir: string;
  readonly name?: string;
  readonly lnd: Regtest["lnd"];
  readonly auctioneer: { readonly auctioneerPort: number; readonly tlsCertPath: string };
}

/** Starts poold with an auctioneer over TLS, and waits until it answers. */
export async function startPoold(options: PooldOptions): Promise<RealPoold> {
  const { bin, dir, lnd, auctioneer, name = "poold" } = options;
  const [port = 0, restPort = 0] = await freePorts(2);
  const base = join(dir, name);
  const log = join(dir, `${name}.log`);
  const flags = [
    ...["--network=regtest", `--basedir=${base}`, "--debuglevel=debug"],
    ...[`--lnd.host=${lnd.host}`, `--lnd.macaroonpath=${lnd.macaroonPath}`, `--lnd.tlspath=${lnd.tlsPath}`],
    ...[`--auctionserver=localhost:${auctioneer.auctioneerPort}`],
    ...[`--tlspathauctserver=${auctioneer.tlsCertPath}`],
    ...[`--rpclisten=127.0.0.1:${port}`, `--restlisten=127.0.0.1:${restPort}`],
  ];
  const daemon = startDaemon(join(bin, "poold"), flags, log);
  const call = await eventually("poold answers", async () => {
    const caller = traderCaller(port, join(base, "regtest/tls.cert"), join(base, "regtest/pool.macaroon"));
    const answer = await caller("GetInfo", {});
    return answer.kind === "reply" ? caller : undefined;
  }).catch(async (error: unknown) => {
    await daemon.stop();
    throw error;
  });
  return { call, log, stop: daemon.stop };
}
