import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { compressAssets } from "../../bin/steps/compress-assets.ts";
import { openCompressedAssets } from "../../server/compressed-assets.ts";

const dir = mkdtempSync(join(tmpdir(), "assets-"));
const TEXT = "const answer = 42;\n".repeat(100);
const server = createServer();

before(async () => {
  mkdirSync(join(dir, "static/chunks"), { recursive: true });
  writeFileSync(join(dir, "secret.js"), TEXT);
  writeFileSync(join(dir, "static/chunks/a.js"), TEXT);
  writeFileSync(join(dir, "static/chunks/tiny.js"), "0");
  writeFileSync(join(dir, "static/chunks/font.woff2"), TEXT);
  await compressAssets(join(dir, "static"));
  await compressAssets(dir);
  const serve = openCompressedAssets(join(dir, "static"), "/_next/static/");
  server.on("request", (req, res) => {
    if (!serve(req, res)) res.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

after(() => {
  server.close();
  rmSync(dir, { recursive: true });
});

function get(path: string, encoding: string | undefined, method = "GET") {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>(
    (resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      const headers = encoding === undefined ? {} : { "accept-encoding": encoding };
      request({ host: "127.0.0.1", port, path, method, headers }, (res) => {
        const chunks: Buffer[] = [];
        res.on("data", (chunk: Buffer) => chunks.push(chunk));
        res.on("end", () =>
          resolve({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(chunks) }),
        );
      })
        .on("error", reject)
        .end();
    },
  );
}

test("an asset is sent as it was compressed, for ever", async () => {
  const { status, headers, body } = await get("/_next/static/chunks/a.js?x=1", "br;q=0.5, gzip");
  assert.equal(status, 200);
  assert.equal(headers["content-encoding"], "gzip");
  assert.match(String(headers["content-type"]), /^application\/javascript/);
  assert.match(String(headers["cache-control"]), /immutable/);
  assert.equal(Number(headers["content-length"]), body.length);
  assert.equal(gunzipSync(body).toString(), TEXT);
});

test("HEAD has the headers alone", async () => {
  const { status, headers, body } = await get("/_next/static/chunks/a.js", "gzip", "HEAD");
  assert.deepEqual([status, headers["content-encoding"], body.length], [200, "gzip", 0]);
});

for (const encoding of [undefined, "br", "gzip;q=0", "gzip; q=0.0", "identity"]) {
  test(`accept-encoding ${encoding}: left to the site`, async () => {
    assert.equal((await get("/_next/static/chunks/a.js", encoding)).status, 404);
  });
}

for (const path of [
  "/_next/static/chunks/tiny.js",
  "/_next/static/chunks/font.woff2",
  "/_next/static/chunks/a.js.gz",
  "/_next/static/../secret.js",
  "/_next/static/%2e%2e/secret.js",
  "/_next/static/",
]) {
  test(`${path}: left to the site`, async () => {
    assert.equal((await get(path, "gzip")).status, 404);
  });
}
