import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type NotebookServer,
  type NotebookServerOptions,
  openNotebookServer,
} from "../../bin/steps/notebook-server.ts";
import type { Peer } from "./peer/start-peer.ts";
import { ROOT } from "./pool-api.ts";

/** A server to run notebooks against, in an empty home folder; the sandbox's unless the options say another. */
export async function startNotebookServer(
  options: Partial<NotebookServerOptions> = {},
): Promise<NotebookServer> {
  const home = mkdtempSync(join(tmpdir(), "playground-notebook-"));
  const opened = await openNotebookServer({
    root: ROOT,
    profile: null,
    named: { flags: {} },
    home,
    cwd: home,
    allowWrite: false,
    ...options,
  });
  if (opened.kind === "refused") throw new Error(opened.message);
  const { server } = opened;
  return {
    ...server,
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** The flags by which a command is told of a peer as a real daemon. */
export function peerFlags(peer: Peer): readonly string[] {
  return [
    ...["--poold", `localhost:${peer.port}`, "--tlscert", peer.tlsCertPath],
    ...["--macaroon", peer.macaroonPath, "--network", "regtest"],
  ];
}

/** The same as what the command line says. */
export function namedPeer(peer: Peer): NotebookServerOptions["named"] {
  return {
    flags: {
      address: `localhost:${peer.port}`,
      tlscert: peer.tlsCertPath,
      macaroon: peer.macaroonPath,
      network: "regtest",
    },
  };
}
