import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { launchBrowser } from "../support/browser.ts";
import { startSite } from "../support/start-site.ts";
import { testMainJob } from "./main-job.ts";

test("the main job on the sandbox", { timeout: 180_000 }, async (t) => {
  await using site = await startSite();
  await using browser = await launchBrowser();
  const log = join(site.sandboxDir, "logs/regtest/sandbox.log");
  await testMainJob(t, browser, {
    url: site.url,
    version: "playground-sandbox",
    height: /"current_block_height": 812\d{3}/,
    sawCancel: async () =>
      (await readFile(log, "utf8"))
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as { method?: string; cancelled?: boolean })
        .some(({ method, cancelled }) => method === "poolrpc.HashMail.RecvStream" && cancelled === true),
  });
});
