import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page, Request } from "playwright-core";
import { apiFile } from "../bin/steps/api-files.ts";
import type { Reference } from "../lib/reference/reference.ts";
import config from "../playground.config.ts";
import { ROOT } from "../test/support/start-site.ts";
import type { BenchSite } from "./support/bench-site.ts";
import type { Context } from "./support/context.ts";
import { startLargeSite } from "./support/large-site.ts";
import { median } from "./support/median.ts";
import { loadPage, type PageLoad } from "./support/page-load.ts";
import { startRestPages } from "./support/rest-pages.ts";
import type { Row } from "./support/row.ts";

/** Kilobytes of JavaScript, compressed as sent, that a page may load before its editor is wanted. */
const MOST_JS = 150;

/** How long the main thread of a page may be held up, and what a page of an API of 1,000 methods may weigh of Pool's. */
const MOST_BLOCKING_MS = 100;
const MOST_LARGE = 1.1;
const ROUNDS = 5;

const METHOD_PAGE = "/reference/poolrpc.Trader/SubmitOrder";
const PAGES = [
  ["landing page", "/"],
  ["method page", METHOD_PAGE],
  ["message page", "/reference/messages/poolrpc.Order"],
] as const;

type Kind = "JS" | "HTML" | "CSS" | "fonts" | "other";

/** What a page has loaded. Bytes are of bodies as they were sent. */
interface Weight {
  readonly bytes: Record<Kind, number>;
  /** Requests to anything but the site. */
  readonly foreign: string[];
  /** Text of some size that was sent as it is. */
  readonly uncompressed: string[];
}

/** What pages load with an empty cache, before the editor is wanted and, on a method's page, once it is there. */
export async function measurePages(context: Context): Promise<readonly Row[]> {
  const site = await context.site();
  const browser = await context.browser();
  const rows: Row[] = [];
  const faults: string[] = [];
  for (const [name, path] of PAGES) {
    const { before, editor } = await weighPage(browser, site, path, "sandbox");
    rows.push({
      kind: "limit",
      name: `${name}: JS gzipped`,
      unit: "kB",
      ours: kilobytes(before.bytes.JS),
      most: MOST_JS,
    });
    for (const kind of ["HTML", "CSS", "fonts"] as const) {
      rows.push({ kind: "shown", name: `${name}: ${kind}`, unit: "kB", ours: kilobytes(before.bytes[kind]) });
    }
    if (editor !== null) {
      rows.push({
        kind: "shown",
        name: `${name}: JS of the editor`,
        unit: "kB",
        ours: kilobytes(editor.bytes.JS),
      });
    }
    for (const weight of editor === null ? [before] : [before, editor]) {
      faults.push(...weight.foreign.map((url) => `request to another host: ${url}`));
      faults.push(...weight.uncompressed.map((url) => `sent without compression: ${url}`));
    }
  }
  const locked = await weighPage(browser, site, METHOD_PAGE, "poold");
  rows.push({
    kind: "shown",
    name: "method page of a write on a locked profile: JS",
    unit: "kB",
    ours: kilobytes(locked.before.bytes.JS),
  });
  rows.push(...(await compareLoads(context)));
  for (const fault of faults) console.log(`  ${fault}`);
  rows.push({
    kind: "limit",
    name: "foreign or uncompressed requests",
    unit: "count",
    ours: faults.length,
    most: 0,
  });
  return rows;
}

/** Time to read and to answer, beside an API twenty times as large and beside what others make of the REST description. */
async function compareLoads(context: Context): Promise<Row[]> {
  const site = await context.site();
  const browser = await context.browser();
  const reference = JSON.parse(
    readFileSync(join(ROOT, apiFile(config.apis[0].id, "reference.json")), "utf8"),
  ) as Reference;
  await using rest = await startRestPages(reference, join(ROOT, ".cache", "peers"));
  await using large = await startLargeSite();
  const own = (path: string, text: string) => () =>
    loadPage(browser, site.origin + path, text, (browser) => site.newPage(browser));
  const first = reference.services.flatMap(({ methods }) => methods).find(({ http }) => http.length > 0);
  const summary = first?.doc.summary ?? "";
  const contestants: Record<string, () => Promise<PageLoad>> = {
    method: own(METHOD_PAGE, "Places an order: an ask to lease out a channel"),
    small: own("/reference/poolrpc.Trader/CancelOrder", "Takes an order out of the auctioneer"),
    rest: own("/reference/rest", summary),
    large: () => loadPage(browser, large.origin + large.methodPage, large.text),
  };
  for (const { name, path } of rest.peers) {
    contestants[name] = () => loadPage(browser, rest.origin + path, summary);
  }
  const loads = new Map<string, PageLoad[]>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, load] of Object.entries(contestants))
      loads.set(name, [...(loads.get(name) ?? []), await load()]);
  }
  const middle = (name: string, part: keyof PageLoad) =>
    median((loads.get(name) ?? []).map((load) => load[part]));
  const rows: Row[] = [
    { kind: "shown", name: "method page: readable after", unit: "ms", ours: middle("method", "readableMs") },
    {
      kind: "limit",
      name: "method page: total blocking time",
      unit: "ms",
      ours: middle("method", "blockingMs"),
      most: MOST_BLOCKING_MS,
    },
    {
      kind: "ratio",
      name: "method page of 1,000 methods: JS, HTML, CSS and data",
      unit: "kB",
      ours: kilobytes(middle("large", "text")),
      peer: { name: "Pool", value: kilobytes(middle("small", "text")) },
      most: MOST_LARGE,
    },
  ];
  for (const { name } of rest.peers) {
    for (const [part, title, unit] of [
      ["js", "JS gzipped", "kB"],
      ["readableMs", "readable after", "ms"],
      ["blockingMs", "total blocking time", "ms"],
    ] as const) {
      const scale = unit === "kB" ? kilobytes : (value: number) => value;
      rows.push({
        kind: "ratio",
        name: `REST reference: ${title}`,
        unit,
        ours: scale(middle("rest", part)),
        peer: { name, value: scale(middle(name, part)) },
        most: 1,
      });
    }
  }
  return [...rows, ...rest.missing.map(({ name, why }) => ({ kind: "left-out", name, why }) as const)];
}

/** Opens a page and leaves it alone; then focuses its editor, if it has one. */
async function weighPage(
  browser: Browser,
  site: BenchSite,
  path: string,
  profile: string,
): Promise<{ before: Weight; editor: Weight | null }> {
  const page = await site.newPage(browser);
  await page.addInitScript((profile) => localStorage.setItem("profile", profile), profile);
  const finished: Request[] = [];
  page.on("requestfinished", (request) => finished.push(request));
  await page.goto(site.origin + path, { waitUntil: "networkidle" });
  const before = await weigh(finished.splice(0), site.origin);
  const editor = (await focusEditor(page)) ? await weigh(finished.splice(0), site.origin) : null;
  await page.context().close();
  return { before, editor };
}

/** Waits until the focused editor is complete; false where the page has none. */
async function focusEditor(page: Page): Promise<boolean> {
  const editor = page.locator("[data-editor]");
  if ((await editor.count()) === 0) return false;
  await editor.getByRole("textbox").focus();
  await page.locator('[data-editor="monaco"][data-language="ready"]').waitFor();
  await page.waitForLoadState("networkidle");
  return true;
}

async function weigh(requests: readonly Request[], origin: string): Promise<Weight> {
  const weight: Weight = {
    bytes: { JS: 0, HTML: 0, CSS: 0, fonts: 0, other: 0 },
    foreign: [],
    uncompressed: [],
  };
  for (const request of requests) {
    if (!request.url().startsWith(`${origin}/`)) weight.foreign.push(request.url());
    const { responseBodySize } = await request.sizes();
    weight.bytes[kindOf(request)] += responseBodySize;
    const headers = (await request.response())?.headers() ?? {};
    const isText = /javascript|html|css|json/.test(headers["content-type"] ?? "");
    if (isText && responseBodySize > 1500 && headers["content-encoding"] === undefined) {
      weight.uncompressed.push(request.url());
    }
  }
  return weight;
}

function kindOf(request: Request): Kind {
  switch (request.resourceType()) {
    case "script":
      return "JS";
    case "document":
      return "HTML";
    case "stylesheet":
      return "CSS";
    case "font":
      return "fonts";
    default:
      return /\.js(?:$|\?)/.test(request.url()) ? "JS" : "other";
  }
}

const kilobytes = (bytes: number) => bytes / 1000;
