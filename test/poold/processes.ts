import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A daemon that runs until it is stopped. */
export interface Daemon {
  stop(): Promise<void>;
}

/** How long a daemon may take to end before it is killed, in ms. */
const END_PATIENCE = 20_000;

/** Starts a program that writes to a log file. */
export function startDaemon(path: string, args: readonly string[], log: string): Daemon {
  const file = openSync(log, "a");
  const child: ChildProcess = spawn(path, args, { stdio: ["ignore", file, file] });
  closeSync(file);
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  return {
    stop: async () => {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), END_PATIENCE);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** Asks until there is an answer other than undefined; a question that fails is asked again. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  patienceMs = 120_000,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  let last: unknown = "no answer";
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) {
      throw new Error(`${what}: not within ${patienceMs / 1000} s`, { cause: last });
    }
    await sleep(150);
  }
}

/** Ports that were free a moment ago. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once("error", reject);
          server.listen(0, "127.0.0.1", () => {
            const address = server.address();
            resolve(typeof address === "object" && address !== null ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** The last lines of a log, for whoever wonders why a daemon is gone. */
export function lastLines(log: string, count = 5): string {
  return readFileSync(log, "utf8").trimEnd().split("\n").slice(-count).join("\n");
}
