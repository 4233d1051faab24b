import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Reference } from "../../lib/reference/reference.ts";
import { openApi } from "./openapi.ts";
import { isMissing, type Missing, missing } from "./peer.ts";

/** A program that shows a REST description in a page, with the page that it is at. */
export interface RestPeer {
  readonly name: string;
  readonly path: string;
}

/** Serves the pages of the peers that are here, compressed, beside the same description for all. */
export interface RestPages extends AsyncDisposable {
  readonly origin: string;
  readonly peers: readonly RestPeer[];
  readonly missing: readonly Missing[];
}

/** npm package, what names its folder instead, and its page. As each one's own documentation says to embed it. */
const PEERS = [
  {
    name: "rapidoc",
    env: "RAPIDOC",
    page: `<!doctype html><meta charset="utf-8"><script type="module" src="/rapidoc/dist/rapidoc-min.js"></script>
<rapi-doc spec-url="/openapi.json" render-style="read" load-fonts="false"></rapi-doc>`,
  },
  {
    name: "swagger-ui-dist",
    env: "SWAGGER_UI_DIST",
    page: `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/swagger-ui-dist/swagger-ui.css">
<div id="ui"></div><script src="/swagger-ui-dist/swagger-ui-bundle.js"></script>
<script>SwaggerUIBundle({ url: "/openapi.json", dom_id: "#ui", validatorUrl: null })</script>`,
  },
] as const;

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
};

/** Starts the pages. A peer is taken from `<ENV>=<folder>`, or from npm, unpacked once under `cacheDir`. */
export async function startRestPages(reference: Reference, cacheDir: string): Promise<RestPages> {
  const found = PEERS.map((peer) => ({ ...peer, folder: findPackage(peer.name, peer.env, cacheDir) }));
  const files = new Map<string, { type: string; body: Buffer }>();
  const add = (path: string, type: string, text: string | Buffer) => {
    files.set(path, { type, body: gzipSync(text) });
  };
  add("/openapi.json", "application/json", JSON.stringify(openApi(reference)));
  for (const { name, page } of found) add(`/${name}`, "text/html; charset=utf-8", page);
  const server = createServer((req, res) => {
    const path = (req.url ?? "/").split("?", 1)[0] ?? "/";
    const owner = found.find(({ name }) => path.startsWith(`/${name}/`));
    if (owner !== undefined && typeof owner.folder === "string" && !path.includes("..") && !files.has(path)) {
      const file = join(owner.folder, path.slice(owner.name.length + 1));
      if (existsSync(file)) add(path, TYPES[extname(file)] ?? "application/octet-stream", readFileSync(file));
    }
    const answer = files.get(path);
    if (answer === undefined) return void res.writeHead(404).end();
    res.writeHead(200, { "content-type": answer.type, "content-encoding": "gzip" }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the peers' server has no port");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    peers: found.flatMap(({ name, folder }) =>
      typeof folder === "string" ? [{ name, path: `/${name}` }] : [],
    ),
    missing: found.flatMap(({ folder }) => (typeof folder === "object" && isMissing(folder) ? [folder] : [])),
    [Symbol.asyncDispose]: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

function findPackage(name: string, env: string, cacheDir: string): string | Missing {
  const named = process.env[env];
  if (named !== undefined) return existsSync(named) ? named : missing(name, `${env}=${named} is no folder`);
  const folder = join(cacheDir, name);
  const unpacked = join(folder, "package");
  if (existsSync(unpacked)) return unpacked;
  mkdirSync(folder, { recursive: true });
  const packed = spawnSync("npm", ["pack", name, "--silent", "--pack-destination", folder], {
    encoding: "utf8",
  });
  const archive = packed.stdout?.trim().split("\n").at(-1) ?? "";
  if (packed.status !== 0 || archive === "") {
    const why = (packed.error?.message ?? packed.stderr ?? "").trim().split("\n").at(-1);
    return missing(name, `"npm pack ${name}" failed (${why}); name its folder with ${env}=<path>`);
  }
  const { status, stderr } = spawnSync("tar", ["-xzf", join(folder, archive), "-C", folder], {
    encoding: "utf8",
  });
  return status === 0 ? unpacked : missing(name, `${archive} cannot be unpacked: ${stderr.trim()}`);
}
