import { createServer, type IncomingMessage } from "node:http";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import next from "next";
import { openCompressedAssets } from "../../server/compressed-assets.ts";
import type { SiteHandler } from "../../server/site.ts";

/** The pages of the site, served by Next inside this process. */
export interface NextSite {
  readonly handle: SiteHandler;
  /** Takes the socket by which `next dev` reloads a page. */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

/** The finished build of `.next`, or with `dev` the sources as they are. */
export async function openNextSite(root: string, { dev }: { readonly dev: boolean }): Promise<NextSite> {
  // Next takes the upgrades of the server that its first request came by, past the gate. This one never listens, and
  // gets those that the gate has let through.
  const upgrades = createServer();
  const sockets = new Set<Duplex>();
  const app = next({ dev, dir: root, hostname: "127.0.0.1", httpServer: upgrades });
  await app.prepare();
  const handle = app.getRequestHandler();
  const serveAsset = openCompressedAssets(dev ? "" : join(root, ".next", "static"), "/_next/static/");
  return {
    handle: async (req, res) => {
      if (!serveAsset(req, res)) await handle(req, res);
    },
    upgrade: (req, socket, head) => {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
      upgrades.emit("upgrade", req, socket, head);
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await app.close();
    },
  };
}
