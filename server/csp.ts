import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** CSP sources (`'sha256-…'`) of the inline scripts on the page at a path, without its query. */
export type InlineScriptHashes = (pathname: string) => readonly string[];

/** Pages that Next shows in place of another one, at that one's path. */
const STAND_INS = ["/_not-found", "/_global-error", "/404", "/500"];

/**
 * Reads the prerendered pages of a finished build (`nextDir` is the `.next` folder). A path without a page of its own
 * gets the hashes of the not-found and error pages.
 */
export function collectInlineScriptHashes(nextDir: string): InlineScriptHashes {
  const pages = new Map<string, readonly string[]>();
  for (const folder of [join(nextDir, "server", "app"), join(nextDir, "server", "pages")]) {
    for (const file of htmlFiles(folder)) {
      const name = relative(folder, file).slice(0, -".html".length).split(sep).join("/");
      const pathname = name === "index" ? "/" : `/${name}`;
      pages.set(pathname, [
        ...(pages.get(pathname) ?? []),
        ...inlineScriptHashes(readFileSync(file, "utf8")),
      ]);
    }
  }
  const standIns = [...new Set(STAND_INS.flatMap((pathname) => pages.get(pathname) ?? []))];
  return (pathname) => pages.get(pageKey(pathname)) ?? standIns;
}

/** The CSP sources of a document's inline scripts, each once. */
function inlineScriptHashes(html: string): readonly string[] {
  const hashes = new Set<string>();
  for (const [, attributes, code] of html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi)) {
    if (/\ssrc\s*=/i.test(attributes ?? "") || code === undefined || code === "") continue;
    hashes.add(`'sha256-${createHash("sha256").update(code, "utf8").digest("base64")}'`);
  }
  return [...hashes];
}

function pageKey(pathname: string): string {
  const trimmed = pathname.length > 1 ? pathname.replace(/\/$/, "") : pathname;
  try {
    return decodeURIComponent(trimmed);
  } catch {
    return trimmed;
  }
}

function htmlFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".html"))
      .map((name) => join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
