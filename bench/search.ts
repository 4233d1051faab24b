import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { twinFiles } from "../bin/steps/write-twins.ts";
import { buildPages } from "../lib/pages/build-pages.ts";
import { readPage } from "../lib/pages/read-page.ts";
import { buildReference } from "../lib/reference/build-reference.ts";
import { indexPage } from "../lib/search/build-index.ts";
import { openIndexes } from "../lib/search/query.ts";
import type { SearchIndex } from "../lib/search/search-index.ts";
import { LARGE, largeConfig, writeLargeApi } from "../test/support/large-api.ts";
import { buildImage, ROOT } from "../test/support/pool-api.ts";
import type { Context } from "./support/context.ts";
import { median } from "./support/median.ts";
import type { Row } from "./support/row.ts";

/** How soon the first hits are there, and how much is loaded for them, in kB gzipped. */
const MOST_MS = 50;
const MOST_POOL = 150;
const MOST_LARGE = 600;

const LARGE_QUERIES = [
  "item name",
  "Part37Message12",
  "part 7 state started",
  "due hieght",
  "seconds since",
  "xyzzyq",
];
const POOL_QUERIES = [
  "rate fixed",
  "poolrpc.Order.rate_fixed",
  "pool orders submit",
  "no order found",
  "sidecra",
  "l",
];

/** The search: its index, what it takes to open that, and queries, in Pool and in an API of 2,000 messages. */
export async function measureSearch(context: Context): Promise<readonly Row[]> {
  const site = await context.site();
  const pool = JSON.parse(twinFiles(ROOT).get("public/search/reference.json") ?? "null") as SearchIndex;
  const rows = [
    ...measureIndex("Pool", pool, POOL_QUERIES, MOST_POOL),
    ...measureIndex("2,000 messages", await largeIndex(context), LARGE_QUERIES, MOST_LARGE),
  ];
  const page = await site.newPage(await context.browser());
  await page.goto(`${site.origin}/reference/messages`);
  await page.keyboard.press("/");
  const box = page.getByRole("combobox", { name: /^Search/ });
  await box.fill("lease");
  await page.locator('dialog [role="option"]').first().waitFor();
  const times: number[] = [];
  for (const query of [
    "rate fixed",
    "order",
    "cancel",
    "sidecar",
    "premium",
    "batch fee",
    "accounts new",
    "nonce",
  ]) {
    await box.fill("");
    await page.locator('dialog [role="option"]').first().waitFor({ state: "detached" });
    times.push(await page.evaluate(timeHits, query));
  }
  await page.context().close();
  rows.push({
    kind: "limit",
    name: "palette: keystroke to hits in the page",
    unit: "ms",
    ours: median(times),
    most: MOST_MS,
  });
  return rows;
}

function measureIndex(name: string, index: SearchIndex, queries: readonly string[], mostKb: number): Row[] {
  const text = JSON.stringify(index);
  const openMs = time(() => openIndexes([JSON.parse(text) as SearchIndex]));
  const { search } = openIndexes([index]);
  const worst = Math.max(...queries.map((query) => time(() => search(query))));
  return [
    {
      kind: "limit",
      name: `search in ${name}: index gzipped`,
      unit: "kB",
      ours: gzipSync(text).length / 1000,
      most: mostKb,
    },
    { kind: "shown", name: `search in ${name}: index opened`, unit: "ms", ours: openMs },
    {
      kind: "limit",
      name: `search in ${name}: slowest of ${queries.length} queries`,
      unit: "ms",
      ours: worst,
      most: MOST_MS,
    },
  ];
}

async function largeIndex({ dir }: Context): Promise<SearchIndex> {
  const folder = join(dir, "large-protos");
  mkdirSync(folder, { recursive: true });
  writeLargeApi(folder, LARGE);
  const config = largeConfig(LARGE, folder);
  const reference = buildReference(await buildImage(ROOT, folder), { config });
  const pages = buildPages(reference, config)
    .filter(({ path }) => path.endsWith(".mdx"))
    .map(({ path, content }) => indexPage(readPage(content), path.slice("content".length, -".mdx".length)));
  return { title: "Large", pages };
}

/** The median of several goes, in ms. */
function time(work: () => unknown): number {
  return median(
    Array.from({ length: 7 }, () => {
      const from = performance.now();
      work();
      return performance.now() - from;
    }),
  );
}

/** Runs in the page: types a query as a whole, and gives the ms until the first hit stands in the list. */
function timeHits(query: string): Promise<number> {
  const input = document.querySelector<HTMLInputElement>("dialog input");
  const list = document.querySelector('[role="listbox"]');
  if (input === null || list === null) throw new Error("the palette is not open");
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
  return new Promise((resolve) => {
    const from = performance.now();
    new MutationObserver((_, observer) => {
      if (list.querySelector('[role="option"]') === null) return;
      observer.disconnect();
      resolve(performance.now() - from);
    }).observe(list, { childList: true, subtree: true });
    set?.call(input, query);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
