import { createReadStream, existsSync, readdirSync, statSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, sep } from "node:path";

/** What a compressed twin's name ends with: `main.js.gz`. */
export const COMPRESSED_SUFFIX = ".gz";

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=UTF-8",
  ".js": "application/javascript; charset=UTF-8",
  ".json": "application/json; charset=UTF-8",
  ".svg": "image/svg+xml",
};

/** Names of assets hold a hash of their contents: what has been read once never changes. */
const FOR_EVER = "public, max-age=31536000, immutable";

/** Whether a file of this name is text that gets smaller. */
export function isCompressible(name: string): boolean {
  return extname(name) in CONTENT_TYPES;
}

/** Answers a request for an asset that has a compressed twin; false where it is for something else. */
export type AssetHandler = (req: IncomingMessage, res: ServerResponse) => boolean;

/**
 * Serves the assets below `folder` that have a compressed twin, at paths that begin with `prefix`. Only files that are
 * there now are served: a path of a request is looked up and never made into a file name.
 */
export function openCompressedAssets(folder: string, prefix: string): AssetHandler {
  const assets = new Map<string, { readonly file: string; readonly bytes: number; readonly type: string }>();
  for (const name of existsSync(folder) ? (readdirSync(folder, { recursive: true }) as string[]) : []) {
    const plain = name.slice(0, -COMPRESSED_SUFFIX.length);
    const type = CONTENT_TYPES[extname(plain)];
    if (!name.endsWith(COMPRESSED_SUFFIX) || type === undefined) continue;
    const file = join(folder, name);
    assets.set(prefix + plain.split(sep).join("/"), { file, bytes: statSync(file).size, type });
  }
  return (req, res) => {
    const asset = assets.get((req.url ?? "").split("?", 1)[0] ?? "");
    if (asset === undefined || !takesGzip(req.headers["accept-encoding"])) return false;
    res.writeHead(200, {
      "content-type": asset.type,
      "content-encoding": "gzip",
      "content-length": asset.bytes,
      "cache-control": FOR_EVER,
      vary: "accept-encoding",
    });
    if (req.method === "HEAD") res.end();
    else
      createReadStream(asset.file)
        .on("error", () => res.destroy())
        .pipe(res);
    return true;
  };
}

function takesGzip(accepted: string | string[] | undefined): boolean {
  return String(accepted ?? "")
    .split(",")
    .map((item) => item.replaceAll(/\s/g, "").toLowerCase())
    .some((item) => item === "gzip" || (item.startsWith("gzip;q=") && Number(item.slice(7)) > 0));
}
