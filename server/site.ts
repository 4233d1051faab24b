import type { IncomingMessage, ServerResponse } from "node:http";
import type { Session } from "./gate/session.ts";

/** Serves a page or asset of the site: Next's request handler. */
export type SiteHandler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/** Request headers by which Next, or what stands in front of it, steers itself. From a browser they mean harm. */
const INTERNAL = [
  /^x-middleware-/,
  /^x-invoke-/,
  /^x-matched-path$/,
  /^x-now-/,
  /^x-forwarded-/,
  /^forwarded$/,
];

/** Takes away what the site must not see: headers that steer it from inside, and the session. */
export function stripForSite(req: IncomingMessage): void {
  const hidden = (name: string) => name === "cookie" || INTERNAL.some((pattern) => pattern.test(name));
  for (const name of Object.keys(req.headers)) {
    if (hidden(name)) delete req.headers[name];
  }
  for (let at = req.rawHeaders.length - 2; at >= 0; at -= 2) {
    if (hidden(req.rawHeaders[at]?.toLowerCase() ?? "")) req.rawHeaders.splice(at, 2);
  }
}

/**
 * Whether the request opens a page of the site in a tab, by the user or by another page of the site. Browsers that
 * send no fetch metadata are known by the document that they accept.
 */
function opensPage(req: IncomingMessage): boolean {
  const { "sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": dest, accept } = req.headers;
  if (req.method !== "GET" || !(accept ?? "").includes("text/html")) return false;
  if (site === undefined) return true;
  return (site === "none" || site === "same-origin") && mode === "navigate" && dest === "document";
}

/** Opens the session along with a page, where no token is asked for. */
export function giveSession(req: IncomingMessage, res: ServerResponse, session: Session): void {
  if (opensPage(req) && !session.accepts(req.headers.cookie)) res.setHeader("set-cookie", session.setCookie);
}
