import type { Browser, Page, Request } from "playwright-core";
import { launchBrowser } from "../test/support/browser.ts";
import { startSite } from "../test/support/start-site.ts";

/** Bytes of JavaScript, compressed as sent, that a page may load before its editor is wanted. */
const BUDGET = 180_000;

const PAGES = [
  ["landing", "/"],
  ["method", "/reference/poolrpc.Trader/SubmitOrder"],
  ["message", "/reference/messages/poolrpc.Order"],
] as const;

const KINDS = ["JS", "HTML", "CSS", "fonts", "other"] as const;
type Kind = (typeof KINDS)[number];

/** What a page has loaded. Bytes are of bodies as they were sent. */
interface Weight {
  readonly bytes: Record<Kind, number>;
  requests: number;
  /** Requests to anything but the site. */
  readonly foreign: string[];
  /** Text of some size that was sent as it is. */
  readonly uncompressed: string[];
}

await using site = await startSite();
await using browser = await launchBrowser();
const faults: string[] = [];

console.log("Bytes as sent, with an empty cache\n");
console.log(row(["", "page", ...KINDS, "requests"]));
let heaviest = 0;
for (const [name, path] of PAGES) {
  const { before, editor } = await weighPage(browser, site.origin, path);
  console.log(row([name, path, ...figures(before)]));
  if (editor !== null) console.log(row(["", "  and with the editor focused", ...figures(editor)]));
  heaviest = Math.max(heaviest, before.bytes.JS);
  for (const weight of editor === null ? [before] : [before, editor]) {
    faults.push(...weight.foreign.map((url) => `request to another host: ${url}`));
    faults.push(...weight.uncompressed.map((url) => `sent without compression: ${url}`));
  }
}

console.log("");
for (const fault of faults) console.log(fault);
const over = heaviest > BUDGET;
console.log(
  `${over ? "OVER" : "PASS"}  JavaScript before the editor is wanted: ${kilobytes(heaviest)} of ${kilobytes(BUDGET)} kB`,
);
process.exitCode = over || faults.length > 0 ? 1 : 0;

/** Opens a page and leaves it alone; then focuses its editor, if it has one. */
async function weighPage(
  browser: Browser,
  origin: string,
  path: string,
): Promise<{ before: Weight; editor: Weight | null }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const finished: Request[] = [];
  page.on("requestfinished", (request) => finished.push(request));
  await page.goto(origin + path, { waitUntil: "networkidle" });
  const before = await weigh(finished.splice(0), origin);
  const editor = (await focusEditor(page)) ? await weigh(finished.splice(0), origin) : null;
  await context.close();
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
    requests: requests.length,
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

function figures({ bytes, requests }: Weight): string[] {
  return [...KINDS.map((kind) => kilobytes(bytes[kind])), `${requests}`];
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}

function row([name = "", page = "", ...cells]: readonly string[]): string {
  return `${name.padEnd(8)} ${page.padEnd(40)} ${cells.map((cell) => cell.padStart(8)).join(" ")}`;
}
