import { after, before } from "node:test";
import type { Browser } from "playwright-core";
import { launchBrowser } from "./browser.ts";
import { type RunningSite, startSite } from "./start-site.ts";

/** The site on its sandbox, for all tests of the file that imports it: started before them, stopped after them. */
export let site: RunningSite;

/** A browser for the same tests. */
export let browser: Browser;

before(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
});

after(async () => {
  await browser.close();
  await site.stop();
});
