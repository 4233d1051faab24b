import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { requireBrowser } from "../../bin/steps/find-browser.ts";

/** What keeps Chromium from asking other hosts for anything. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const PHONE = { width: 390, height: 844 } as const;
export const DESKTOP = { width: 1440, height: 900 } as const;

/** A headless Chromium with an empty profile. `flags` are added to the usual ones. */
export function launchBrowser(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: requireBrowser(() => {}),
    args: [...FLAGS, ...flags],
  });
}

/** A page that keeps what went wrong in it: errors, console errors, CSP violations, requests to other hosts. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: DESKTOP, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (/^(http|ws)s?:$/.test(protocol) && !["127.0.0.1", "localhost", "[::1]"].includes(hostname)) {
      complaints.push(`request to ${request.url()}`);
    }
  });
  return { page, complaints };
}

/** Lays a text in the request editor, whichever of text area and Monaco is there, once Monaco has loaded. */
export async function fillRequest(page: Page, text: string): Promise<void> {
  await page
    .getByRole("textbox", { name: /^Request of / })
    .first()
    .focus();
  await page.locator(".monaco-editor .view-lines").first().waitFor();
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await page.keyboard.insertText(text);
}
