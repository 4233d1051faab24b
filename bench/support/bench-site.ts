import type { Browser, Page } from "playwright-core";
import { openPage } from "../../test/support/browser.ts";
import { startSite } from "../../test/support/start-site.ts";
import type { Daemon } from "./start-daemon.ts";

/** The finished site with the bench's daemon as its profile. */
export interface BenchSite extends AsyncDisposable {
  readonly origin: string;
  readonly pid: number;
  /** An empty page of a new browser profile that holds the session: the printed URL would open one only. */
  newPage(browser: Browser): Promise<Page>;
}

export async function startBenchSite({ port, tlsCertPath, macaroonPath }: Daemon): Promise<BenchSite> {
  const site = await startSite({
    args: [
      ...["--poold", `localhost:${port}`, "--auctioneer", `localhost:${port}`, "--network", "regtest"],
      ...["--tlscert", tlsCertPath, "--macaroon", macaroonPath, "--auctioneer-macaroon", macaroonPath],
    ],
  });
  const answer = await fetch(`${site.origin}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: site.origin },
    body: JSON.stringify({ token: new URL(site.url).hash.replace("#token=", "") }),
  });
  const [pair = ""] = (answer.headers.get("set-cookie") ?? "").split(";", 1);
  const [name = "", value = ""] = pair.split("=", 2);
  return {
    origin: site.origin,
    pid: site.pid,
    async newPage(browser) {
      const { page } = await openPage(browser);
      await page.context().addCookies([{ name, value, url: site.origin }]);
      return page;
    },
    [Symbol.asyncDispose]: () => site[Symbol.asyncDispose](),
  };
}
