import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { collectInlineScriptHashes } from "../../server/csp.ts";
import { launchBrowser } from "../support/browser.ts";
import { startPlaygroundWithPeer, temporaryFolder } from "./support/playground.ts";

const hashOf = (code: string) => `'sha256-${createHash("sha256").update(code).digest("base64")}'`;

test("inline scripts are hashed as they stand, each once; scripts with a source are not", () => {
  using folder = temporaryFolder();
  mkdirSync(join(folder.path, "server", "app"), { recursive: true });
  writeFileSync(
    join(folder.path, "server", "app", "index.html"),
    `<script>a("ü")</script><SCRIPT nonce="x" >\n b() </SCRIPT><script src="/x.js"></script>
<script async="" src="/y.js">c()</script><script>a("ü")</script><script></script>`,
  );
  assert.deepEqual(collectInlineScriptHashes(folder.path)("/"), [hashOf('a("ü")'), hashOf("\n b() ")]);
});

test("each path of a build has its own page's hashes; others have those of the pages that stand in", () => {
  using folder = temporaryFolder();
  const write = (path: string, code: string) => {
    const file = join(folder.path, "server", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `<script>${code}</script>`);
  };
  assert.deepEqual(collectInlineScriptHashes(folder.path)("/"), []);
  write("app/index.html", "index");
  write("app/reference/poolrpc.Trader/GetInfo.html", "page");
  write("app/guides/größe.html", "umlaut");
  write("app/_not-found.html", "not found");
  write("pages/500.html", "broken");
  const hashes = collectInlineScriptHashes(folder.path);
  assert.deepEqual(hashes("/"), [hashOf("index")]);
  assert.deepEqual(hashes("/reference/poolrpc.Trader/GetInfo"), [hashOf("page")]);
  assert.deepEqual(hashes("/reference/poolrpc.Trader/GetInfo/"), [hashOf("page")]);
  assert.deepEqual(hashes("/guides/gr%C3%B6%C3%9Fe"), [hashOf("umlaut")]);
  for (const path of ["/none", "/%", "/reference"]) {
    assert.deepEqual([...hashes(path)].sort(), [hashOf("not found"), hashOf("broken")].sort(), path);
  }
});

test("in a browser the page's own inline script runs, and no other does", async () => {
  const own = "document.title = 'own'";
  const html = `<!doctype html><title>-</title><script>${own}</script><script>document.title = 'injected'</script>
<p onclick="document.title = 'handler'">x</p><img src="http://127.0.0.1:9/x.png">`;
  await using playground = await startPlaygroundWithPeer({
    inlineScriptHashes: () => [hashOf(own)],
    site: async (_req, res) => {
      res.setHeader("content-type", "text/html");
      res.end(html);
    },
  });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const blocked: string[] = [];
    page.on("console", (message) => blocked.push(message.text()));
    await page.goto(playground.url);
    assert.equal(await page.title(), "own");
    await page.locator("p").click();
    assert.equal(await page.title(), "own");
    assert.equal(
      blocked.filter((text) => /Content Security Policy/i.test(text)).length,
      3,
      blocked.join("\n"),
    );
  } finally {
    await browser.close();
  }
});
