import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import config from "../../../playground.config.ts";
import { createProfileStore, type ServedProfile } from "../../../server/profiles/profile-store.ts";
import { sandboxProfile } from "../../../server/profiles/sandbox-profile.ts";
import { type RunningServer, type ServerOptions, startServer } from "../../../server/start-server.ts";
import { type Peer, startPeer } from "../../support/peer/start-peer.ts";
import { permissions, registry, safety } from "./api.ts";

/** A folder that is gone when the test is. */
export function temporaryFolder(): { readonly path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), "playground-server-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** The peer as the profile `sandbox`, which takes writes. */
export function peerAsSandbox(peer: Pick<Peer, "port" | "auctioneerPort" | "tlsCertPath" | "macaroonPath">) {
  return sandboxProfile(
    {
      daemon: { host: "localhost", port: peer.port },
      auctioneer: { host: "localhost", port: peer.auctioneerPort },
      tlsCertPath: peer.tlsCertPath,
      macaroonPath: peer.macaroonPath,
      network: "regtest",
    },
    config.sandbox,
  );
}

/** The peer as a real daemon's profile with the id `poold`. */
export function peerAsDaemon(peer: Parameters<typeof peerAsSandbox>[0]): ServedProfile {
  return { ...peerAsSandbox(peer), id: "poold", label: "poold", kind: "daemon" };
}

/** A running server with a session that is open. */
export interface Playground extends RunningServer {
  readonly cookie: string;
  readonly log: readonly string[];
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts a server in front of `profiles`, with a site of one page. */
export async function startPlayground(
  profiles: readonly ServedProfile[],
  options: Partial<ServerOptions> = {},
): Promise<Playground> {
  const log: string[] = [];
  const server = await startServer({
    port: 0,
    registry,
    permissions,
    safety,
    profiles: createProfileStore(profiles, { home: "/home/nobody" }),
    site: async (_req, res) => {
      res.setHeader("content-type", "text/html; charset=utf-8");
      res.end("<!doctype html><title>site</title><p>The site.</p>");
    },
    log: (line) => log.push(line),
    ...options,
  });
  return {
    ...server,
    cookie: await openSession(server),
    log,
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

/** A server with a peer behind it, in a folder of its own. */
export async function startPlaygroundWithPeer(
  options: Partial<ServerOptions> & { readonly as?: "sandbox" | "daemon" } = {},
): Promise<Playground & { readonly peer: Peer }> {
  const folder = temporaryFolder();
  const peer = await startPeer({ dir: folder.path });
  const { as = "sandbox", ...rest } = options;
  const profile = as === "sandbox" ? peerAsSandbox(peer) : peerAsDaemon(peer);
  const playground = await startPlayground([profile], rest).catch(async (error: unknown) => {
    await peer.stop();
    folder[Symbol.dispose]();
    throw error;
  });
  return {
    ...playground,
    peer,
    async [Symbol.asyncDispose]() {
      await playground.stop();
      await peer.stop();
      folder[Symbol.dispose]();
    },
  };
}

/** Gets the session's cookie as a browser does: with the token in the URL, or by opening a page. */
export async function openSession({ origin, url }: RunningServer): Promise<string> {
  const token = new URL(url).hash.replace("#token=", "");
  const response =
    token === ""
      ? await fetch(origin, { headers: { accept: "text/html" } })
      : await fetch(`${origin}/api/session`, {
          method: "POST",
          headers: { "content-type": "application/json", origin },
          body: JSON.stringify({ token }),
        });
  return response.headers.get("set-cookie")?.split(";", 1)[0] ?? "";
}
