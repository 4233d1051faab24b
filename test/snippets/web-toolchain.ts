import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import type { CommandOutput } from "../clients/run-command.ts";
import { startWebPlayground } from "../clients/via/web-client.ts";
import { launchBrowser, openPage } from "../support/browser.ts";
import { bindOwnPort } from "../support/own-port.ts";
import { until } from "../support/until.ts";
import type { Stage } from "./run-matrix.ts";
import type { RunnableSnippet, Toolchain } from "./toolchains.ts";

type Ready = Extract<Toolchain, { kind: "ready" }>;

/** What a page may take, with all that Vite has to do before it serves it. */
const PATIENCE = 60_000;

/**
 * Pages in a browser that has a session of a playground in front of the recorder, served by Vite with the config that the
 * snippets give. Each has a folder of its own, so that none is another's from before.
 */
export async function openWebToolchain(
  toolchain: Ready,
  { recorder, home }: Pick<Stage, "recorder" | "home">,
): Promise<Toolchain> {
  const files = join(home, ".pool/regtest");
  const playground = await startWebPlayground({
    ...{ port: recorder.port, auctioneerPort: recorder.auctioneerPort },
    ...{ tlsCertPath: join(files, "tls.cert"), macaroonPath: join(files, "pool.macaroon") },
  });
  const browser = await launchBrowser();
  const { page, complaints } = await openPage(browser);
  await page.goto(playground.url);
  const { folder } = toolchain;
  rmSync(join(folder, "index.html"), { force: true });
  const pages = join(folder, "pages");
  rmSync(pages, { recursive: true, force: true });
  let vite: RunningVite | null = null;
  let count = 0;

  return {
    ...toolchain,
    versions: [...toolchain.versions, `Chromium ${browser.version()}`],
    playground: { origin: playground.origin, profile: "sandbox" },
    run: async ({ snippet, project }: RunnableSnippet) => {
      const name = `page-${count++}`;
      for (const { path, content } of project.files) {
        write(join(path === "index.html" ? join(pages, name) : folder, path), content);
      }
      write(join(pages, name, project.main), snippet.code);
      symlinkSync(join(folder, "gen"), join(pages, name, "gen"));
      vite ??= await startVite(folder);
      complaints.splice(0);
      return runPage(page, `${vite.origin}/pages/${name}/`, complaints);
    },
    runFolder: async (folder) => {
      const own = await startVite(folder);
      try {
        return await runPage(page, `${own.origin}/`, complaints);
      } finally {
        await own.stop();
      }
    },
    close: async () => {
      await browser.close();
      await vite?.stop();
      await playground.stop();
    },
  };
}

/** Opens a page, presses its button and gives what it printed when the button can be pressed again. */
async function runPage(page: Page, url: string, complaints: readonly string[]): Promise<CommandOutput> {
  try {
    await page.goto(url);
    const button = page.getByRole("button");
    await button.click({ timeout: PATIENCE });
    await page.locator("button:enabled").waitFor({ timeout: PATIENCE });
    const stdout = (await page.locator("pre").textContent()) ?? "";
    // An error is a line, a reply an object.
    const done = stdout.startsWith("{");
    return { code: done ? 0 : 1, stdout, stderr: done ? "" : stdout, problem: null };
  } catch (cause) {
    return {
      code: null,
      stdout: "",
      stderr: [String(cause), ...complaints].join("\n"),
      problem: "no answer",
    };
  } finally {
    await page.goto("about:blank").catch(() => {});
  }
}

interface RunningVite {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Vite's server, on a port that is free. */
function startVite(folder: string): Promise<RunningVite> {
  return bindOwnPort((port) => startViteOn(port, folder));
}

async function startViteOn(port: number, folder: string): Promise<RunningVite> {
  const program = join(folder, "node_modules/vite/bin/vite.js");
  // Under CI Vite colours what it says, in the middle of words.
  const child = spawn(process.execPath, [program, "--port", String(port)], {
    ...{ cwd: folder, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NO_COLOR: "1" } },
  });
  let said = "";
  for (const output of [child.stdout, child.stderr]) {
    output?.on("data", (chunk: Buffer) => {
      said += chunk;
    });
  }
  const isUp = () => {
    if (child.exitCode !== null) {
      throw new Error(said.includes("already in use") ? "EADDRINUSE" : `Vite ended:\n${said}`);
    }
    return said.includes("Local:");
  };
  await until(isUp, Boolean, PATIENCE);
  return { origin: `http://127.0.0.1:${port}`, stop: () => stop(child) };
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.on("exit", () => resolve());
    child.kill("SIGTERM");
  });
}

/** Leaves a file alone that is so already: Vite starts anew where its config is written. */
function write(path: string, content: string): void {
  if (existsSync(path) && readFileSync(path, "utf8") === content) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
