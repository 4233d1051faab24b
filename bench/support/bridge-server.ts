/** The server in front of a site of one page, as a process of its own. Its argument is the daemon, as JSON. */
import { openSession, peerAsSandbox, startPlayground } from "../../test/server/support/playground.ts";
import type { DaemonFiles } from "./start-daemon.ts";

/** Where the bridge is, and the cookie of its session. */
export interface BridgeReady {
  readonly origin: string;
  readonly cookie: string;
}

const daemon = JSON.parse(process.argv[2] ?? "") as DaemonFiles;
const server = await startPlayground([peerAsSandbox({ ...daemon, auctioneerPort: daemon.port })]);
process.send?.({ origin: server.origin, cookie: await openSession(server) } satisfies BridgeReady);
process.on("disconnect", () => process.exit());
