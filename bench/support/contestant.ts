import type { Browser, ElementHandle, Page } from "playwright-core";
import { fillRequest, openPage } from "../../test/support/browser.ts";
import type { BenchSite } from "./bench-site.ts";
import type { Grpcui } from "./grpcui.ts";

/** A page on which one method is ready to be called. */
export interface ReadyPage {
  readonly page: Page;
  readonly button: ElementHandle<SVGElement | HTMLElement>;
  /** Where the reply is shown. */
  readonly selector: string;
  close(): Promise<void>;
}

/** A method and its request, with bytes as such: each page has its own way to write them. */
export interface BenchCall {
  readonly method: string;
  /** Null: the request that the page begins with. */
  readonly request: Readonly<Record<string, string | number | boolean | Buffer>> | null;
}

/** Opens the method's page of the playground with the request in its editor, as a reader who has typed it. */
export async function openOurs(browser: Browser, site: BenchSite, call: BenchCall): Promise<ReadyPage> {
  const page = await site.newPage(browser);
  await page.addInitScript(KEEP_NAMES);
  await page.goto(`${site.origin}/reference/${call.method.replace(/\.(\w+)$/, "/$1")}`);
  await page.getByText(/^block [\d,]+$/).waitFor();
  if (call.request !== null) {
    await fillRequest(page, written(call.request, "hex"));
    await page.locator('[data-language="ready"]').waitFor();
  }
  const button = await page.getByRole("button", { name: /^Run/ }).elementHandle();
  return ready(page, button, 'section[aria-label="Result"]');
}

/** Opens grpcui's form with the method chosen and the request typed into its raw form. */
export async function openGrpcui(browser: Browser, grpcui: Grpcui, call: BenchCall): Promise<ReadyPage> {
  const { page } = await openPage(browser);
  await page.addInitScript(KEEP_NAMES);
  await page.goto(grpcui.origin);
  const [, service = "", method = ""] = /^(.*)\.(\w+)$/.exec(call.method) ?? [];
  await choose(page, "#grpc-service", service);
  await choose(page, "#grpc-method", method);
  await page.locator("#grpc-request-tab .grpc-invoke:enabled").waitFor();
  if (call.request === null) {
    const button = await page.locator("#grpc-request-tab .grpc-invoke:enabled").elementHandle();
    return ready(page, button, "#grpc-response-data textarea");
  }
  await page.getByRole("tab", { name: "Raw Request" }).click();
  await page.locator("#grpc-request-raw-text").fill(written(call.request, "base64"));
  await page.locator("#grpc-request-raw-text").blur();
  const button = await page.locator("#grpc-request-raw-tab .grpc-invoke:enabled").elementHandle();
  return ready(page, button, "#grpc-response-data textarea");
}

/** Functions that are sent into a page were compiled with calls of this helper. */
export const KEEP_NAMES = "globalThis.__name = (it) => it;";

async function choose(page: Page, selector: string, value: string): Promise<void> {
  const answered = page.waitForResponse((response) => response.url().includes("/metadata?method="));
  await page.evaluate(
    ({ selector, value }) => {
      const { $ } = window as unknown as { $(selector: string): { val(value: string): { change(): void } } };
      $(selector).val(value).change();
    },
    { selector, value },
  );
  await answered;
}

function written(request: NonNullable<BenchCall["request"]>, bytes: "hex" | "base64"): string {
  const fields = Object.entries(request).map(([name, value]) => [
    name,
    Buffer.isBuffer(value) ? value.toString(bytes) : value,
  ]);
  return JSON.stringify(Object.fromEntries(fields));
}

function ready(
  page: Page,
  button: ElementHandle<SVGElement | HTMLElement> | null,
  selector: string,
): ReadyPage {
  if (button === null) throw new Error(`${page.url()} has no button to run the call`);
  return { page, button, selector, close: () => page.context().close() };
}
