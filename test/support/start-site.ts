import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "../..");

export interface RunningSite extends AsyncDisposable {
  /** What the start command printed to open, with its one-time token where one is needed. */
  readonly url: string;
  readonly origin: string;
  readonly pid: number;
  /** The sandbox's data: logs, certificate, macaroon. */
  readonly sandboxDir: string;
  output(): string;
  /** SIGINT, as Ctrl+C sends it; resolves with the exit code. The sandbox's data is gone then. */
  stop(): Promise<number | null>;
}

/** `npm start` on free ports, in an empty home folder unless one is given. Rejects where it ends before serving. */
export async function startSite({
  args = [],
  home,
}: {
  readonly args?: readonly string[];
  readonly home?: string;
} = {}): Promise<RunningSite> {
  const folder = await mkdtemp(join(tmpdir(), "playground-site-"));
  const sandboxDir = join(folder, "sandbox");
  const child = runStart(["--port", "0", "--sandbox-dir", sandboxDir, ...args], home ?? folder);
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    const onOutput = (chunk: Buffer) => {
      output += chunk;
      const found = /^\s*Open\s+(http:\/\/\S+)$/m.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout?.on("data", onOutput);
    child.stderr?.on("data", onOutput);
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`npm start ended with code ${code}:\n${output}`)));
  });
  const stop = async () => {
    const code = await stopWith(child, "SIGINT");
    await rm(folder, { recursive: true, force: true });
    return code;
  };
  return {
    url,
    origin: new URL(url).origin,
    pid: child.pid as number,
    sandboxDir,
    output: () => output,
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop();
    },
  };
}

/** The start command as a process, given in the home folder, without waiting for anything. */
export function runStart(args: readonly string[], home: string): ChildProcess {
  return spawn(process.execPath, ["bin/with-packages.mjs", "bin/start.ts", ...args], {
    cwd: ROOT,
    env: { ...process.env, HOME: home, INIT_CWD: home },
    stdio: ["ignore", "pipe", "pipe"],
    // A process group of its own, so that a signal to it reaches what a terminal's Ctrl+C would reach.
    detached: true,
  });
}

async function stopWith(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  process.kill(-(child.pid as number), signal);
  return ended;
}
