import { fork } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Limits } from "../../../server/limits.ts";
import type { ServedProfile } from "../../../server/profiles/profile-store.ts";
import { startPlayground } from "./playground.ts";

/** What the server's process holds, without what a test's own clients and daemons do. */
export interface ProcessFigures {
  /** Resident memory in MiB. */
  readonly memory: number;
  /** Open files and sockets. */
  readonly files: number;
  /** What keeps the event loop alive. */
  readonly handles: number;
}

/** A playground in a process of its own, with a session that is open. */
export interface PlaygroundProcess extends AsyncDisposable {
  readonly origin: string;
  readonly cookie: string;
  figures(): Promise<ProcessFigures>;
}

interface Start {
  readonly profiles: readonly ServedProfile[];
  readonly limits: Partial<Limits>;
}

const SELF = fileURLToPath(import.meta.url);

/** Starts one in front of these profiles. */
export async function startPlaygroundProcess(
  profiles: readonly ServedProfile[],
  limits: Partial<Limits> = {},
): Promise<PlaygroundProcess> {
  const child = fork(SELF, { execArgv: ["--import", "tsx", "--expose-gc"] });
  const start: Start = { profiles, limits };
  child.send(start);
  const [ready] = (await once(child, "message")) as [{ origin: string; cookie: string }];
  return {
    ...ready,
    async figures() {
      child.send("figures");
      const [figures] = (await once(child, "message")) as [ProcessFigures];
      return figures;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

function figures(): ProcessFigures {
  globalThis.gc?.();
  return {
    memory: process.memoryUsage.rss() / 2 ** 20,
    files: readdirSync("/proc/self/fd").length,
    handles: process.getActiveResourcesInfo().length,
  };
}

if (process.argv[1] === SELF) {
  process.once("message", async ({ profiles, limits }: Start) => {
    const { origin, cookie } = await startPlayground(profiles, { limits });
    process.on("message", () => process.send?.(figures()));
    process.send?.({ origin, cookie });
  });
  process.once("disconnect", () => process.exit(0));
}
