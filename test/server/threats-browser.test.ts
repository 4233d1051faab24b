import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import { after, before, describe, test } from "node:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchBrowser } from "../support/browser.ts";
import { startPlaygroundWithPeer } from "./support/playground.ts";

const SECRET = "what only the playground's own pages may read";

/** A page of somebody else, on a port of its own. */
async function startEvilSite(): Promise<{ readonly port: number; readonly server: Server }> {
  const server = createServer((_req, res) => {
    res.setHeader("content-type", "text/html");
    res.end("<!doctype html><title>evil</title>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as { port: number }).port, server };
}

describe("hostile pages in a real browser", () => {
  let browser: Browser;
  let playground: Awaited<ReturnType<typeof startPlaygroundWithPeer>>;
  let evil: Awaited<ReturnType<typeof startEvilSite>>;

  before(async () => {
    browser = await launchBrowser(["--host-resolver-rules=MAP evil.test 127.0.0.1"]);
    playground = await startPlaygroundWithPeer({
      site: async (_req, res) => {
        res.setHeader("content-type", "text/html; charset=utf-8");
        res.end(`<!doctype html><title>playground</title><p>${SECRET}</p>`);
      },
    });
    evil = await startEvilSite();
  });
  after(async () => {
    await browser?.close();
    await playground?.[Symbol.asyncDispose]();
    evil?.server.close();
  });

  async function newContext(): Promise<BrowserContext> {
    const context = await browser.newContext();
    // tsx compiles named functions to calls of this helper, which a page does not have.
    await context.addInitScript("globalThis.__name = (named) => named");
    return context;
  }

  /** A page of the playground in a fresh context, which has its cookie, and a page of somebody else beside it. */
  async function openBoth(evilUrl: string): Promise<{ own: Page; other: Page }> {
    const context = await newContext();
    const own = await context.newPage();
    await own.goto(playground.url);
    const cookies = await context.cookies(playground.origin);
    assert.deepEqual(
      cookies.map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite })),
      [{ name: `playground-${playground.port}`, httpOnly: true, sameSite: "Strict" }],
    );
    const other = await context.newPage();
    await other.goto(evilUrl);
    return { own, other };
  }

  test("the playground's own page does reach the daemon, so that the refusals below mean something", async () => {
    const { own } = await openBoth(`http://evil.test:${evil.port}/`);
    const before = playground.peer.calls.length;
    assert.equal(await own.evaluate(callFromPage, playground.origin), 200);
    assert.equal(playground.peer.calls.length, before + 1);
    assert.equal(await own.evaluate(() => document.cookie), "");
    await own.context().close();
  });

  test("THREATS 2: a name that is rebound to loopback reads nothing and gets no cookie", async () => {
    const rebound = `http://evil.test:${playground.port}`;
    const context = await newContext();
    const page = await context.newPage();
    const before = playground.peer.calls.length;
    const response = await page.goto(rebound);
    assert.equal(response?.status(), 421);
    assert.ok(!(await page.content()).includes(SECRET), "!(await page.content()).includes(SECRET)");
    assert.deepEqual(await context.cookies(), []);

    // The page's own origin is the rebound name now: nothing of the browser's own keeps it from reading.
    const read = await page.evaluate(async (methodPath) => {
      const ask = async (path: string, init?: RequestInit) => {
        const answer = await fetch(path, init);
        return { status: answer.status, text: await answer.text() };
      };
      return [
        await ask("/"),
        await ask("/api/profiles", { headers: { "x-playground": "1" } }),
        await ask("/api/session", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: '{"token":"x"}',
        }),
        await ask(methodPath, {
          method: "POST",
          headers: { "content-type": "application/grpc-web+proto", "x-playground-profile": "sandbox" },
          body: new Uint8Array(5),
        }),
      ];
    }, "/rpc/poolrpc.Trader/GetInfo");
    for (const { status, text } of read) {
      assert.equal(status, 421);
      assert.ok(!text.includes(SECRET) && !text.includes("sandbox"), text);
    }
    const opened = await page.evaluate(
      (url) =>
        new Promise<string>((resolve) => {
          const socket = new WebSocket(url, "playground.v1");
          socket.onopen = () => resolve("open");
          socket.onerror = () => resolve("refused");
        }),
      `ws://evil.test:${playground.port}/rpc/poolrpc.ChannelAuctioneer/SubscribeBatchAuction?profile=sandbox`,
    );
    assert.equal(opened, "refused");
    assert.deepEqual(await context.cookies(), []);
    assert.equal(playground.peer.calls.length, before);
    await context.close();
  });

  for (const host of ["evil.test", "127.0.0.1", "localhost"]) {
    test(`THREATS 3: forms, no-cors fetches, sockets and frames of a page on ${host}:<another port>: nothing is sent on`, async () => {
      // On another port of 127.0.0.1 the page is of the same site, so SameSite=Strict cookies do go along.
      const { other } = await openBoth(`http://${host}:${evil.port}/`);
      const before = playground.peer.calls.length;
      const outcomes = await other.evaluate(attack, {
        origin: playground.origin,
        path: "/rpc/poolrpc.Trader/GetInfo",
      });
      // Cross-Origin-Resource-Policy keeps even the empty shell of a refusal from the page.
      assert.deepEqual(outcomes, {
        simple: ["blocked", "blocked", "blocked"],
        cors: "blocked",
        profiles: "blocked",
        page: "blocked",
        socket: "refused",
        sandboxedFrame: ["blocked", "blocked", "refused"],
        script: "blocked",
      });
      await other.evaluate(postForm, `${playground.origin}/rpc/poolrpc.Trader/GetInfo`);
      await other.waitForURL(/\/rpc\//);
      assert.match(await other.evaluate(() => document.body.textContent ?? ""), /"origin"/);
      assert.equal(playground.peer.calls.length, before);
      await other.context().close();
    });
  }

  test("THREATS 3: a page of another site cannot hold the playground in a frame", async () => {
    const { other } = await openBoth(`http://evil.test:${evil.port}/`);
    await other.evaluate((url) => {
      const frame = document.createElement("iframe");
      frame.src = url;
      document.body.append(frame);
      return new Promise((resolve) => {
        frame.onload = resolve;
      });
    }, playground.origin);
    const inner = other.frames().find((frame) => frame !== other.mainFrame());
    assert.ok(!(await inner?.content())?.includes(SECRET), "!(await inner?.content())?.includes(SECRET)");
    await other.context().close();
  });
});

async function callFromPage(origin: string): Promise<number> {
  const answer = await fetch(`${origin}/rpc/poolrpc.Trader/GetInfo`, {
    method: "POST",
    headers: { "content-type": "application/grpc-web+proto", "x-playground-profile": "sandbox" },
    body: new Uint8Array(5),
  });
  await answer.arrayBuffer();
  return answer.status;
}

/** Everything that a hostile page may do without asking first, and some of what it must ask for. Runs in the page. */
async function attack({ origin, path }: { origin: string; path: string }) {
  const settle = (work: Promise<Response>) =>
    work.then(
      (answer) => answer.type,
      () => "blocked",
    );
  const openSocket = (url: string) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(url, "playground.v1");
      socket.onopen = () => resolve("open");
      socket.onerror = () => resolve("refused");
    });
  const url = origin + path;
  const message = new Uint8Array(5);
  const simple: string[] = [];
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
    simple.push(
      await settle(
        fetch(url, {
          method: "POST",
          mode: "no-cors",
          credentials: "include",
          headers: { "content-type": type },
          body: message,
        }),
      ),
    );
  }
  const cors = await settle(
    fetch(url, {
      method: "POST",
      credentials: "include",
      headers: { "content-type": "application/grpc-web+proto", "x-playground-profile": "sandbox" },
      body: message,
    }),
  );
  const profiles = await settle(
    fetch(`${origin}/api/profiles`, { credentials: "include", headers: { "x-playground": "1" } }),
  );
  const page = await settle(fetch(`${origin}/`, { credentials: "include" }));
  const socketUrl = `${origin.replace("http", "ws")}/rpc/poolrpc.ChannelAuctioneer/SubscribeBatchAuction?profile=sandbox`;
  const socket = await openSocket(socketUrl);
  const script = await new Promise<string>((resolve) => {
    const element = document.createElement("script");
    element.src = `${origin}/api/profiles`;
    element.onload = () => resolve("loaded");
    element.onerror = () => resolve("blocked");
    document.head.append(element);
  });
  // A frame without an origin: its requests say `Origin: null`.
  const sandboxedFrame = await new Promise<string[]>((resolve) => {
    window.addEventListener("message", (event) => resolve(event.data));
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-scripts");
    frame.srcdoc = `<script>
      const outcome = (work) => work.then((answer) => answer.type, () => "blocked");
      const body = new Uint8Array(5);
      const socket = new Promise((resolve) => {
        const opened = new WebSocket(${JSON.stringify(socketUrl)}, "playground.v1");
        opened.onopen = () => resolve("open");
        opened.onerror = () => resolve("refused");
      });
      Promise.all([
        outcome(fetch(${JSON.stringify(url)}, { method: "POST", credentials: "include", body,
          headers: { "content-type": "application/grpc-web+proto", "x-playground-profile": "sandbox" } })),
        outcome(fetch(${JSON.stringify(url)}, { method: "POST", mode: "no-cors", credentials: "include", body })),
        socket,
      ]).then((all) => parent.postMessage(all, "*"));
    </script>`;
    document.body.append(frame);
  });
  return { simple, cors, profiles, page, socket, sandboxedFrame, script };
}

/** Sends a form as a page can: the browser goes to what it is answered. */
function postForm(url: string): void {
  const form = document.createElement("form");
  form.method = "POST";
  form.action = url;
  form.enctype = "text/plain";
  const field = document.createElement("input");
  field.name = "\0\0\0\0\0";
  form.append(field);
  document.body.append(form);
  form.submit();
}
