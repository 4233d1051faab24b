import { test } from "node:test";
import { temporaryFolder } from "../server/support/playground.ts";
import { launchBrowser } from "../support/browser.ts";
import { startPeer } from "../support/peer/start-peer.ts";
import { PEER_HEIGHT, PEER_VERSION } from "../support/peer/trader.ts";
import { startSite } from "../support/start-site.ts";
import { testMainJob } from "./main-job.ts";

test("the main job on another gRPC server, named by flags", { timeout: 180_000 }, async (t) => {
  using folder = temporaryFolder();
  await using peer = await startPeer({ dir: folder.path });
  await using site = await startSite({
    args: [
      ...["--poold", `localhost:${peer.port}`, "--auctioneer", `localhost:${peer.auctioneerPort}`],
      ...["--tlscert", peer.tlsCertPath, "--macaroon", peer.macaroonPath, "--network", "regtest"],
    ],
  });
  await using browser = await launchBrowser();
  await testMainJob(t, browser, {
    url: site.url,
    version: PEER_VERSION,
    height: new RegExp(`"current_block_height": ${PEER_HEIGHT}`),
    sawCancel: async () =>
      peer.calls.some(({ method, cancelled }) => method === "poolrpc.HashMail.RecvStream" && cancelled),
  });
});
