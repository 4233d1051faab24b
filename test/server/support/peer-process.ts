import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { until } from "../../support/until.ts";
import { peerAsDaemon, temporaryFolder } from "./playground.ts";

/** A line that the peer's process prints. */
interface PeerLine {
  readonly kind: "ready" | "start" | "message" | "end" | "cancel";
  readonly method?: string;
}

/** The peer as a process of its own, which can be killed in the middle of a call. */
export interface PeerProcess extends AsyncDisposable {
  /** Its profile, a real daemon's with the id `poold`. */
  readonly profile: ReturnType<typeof peerAsDaemon>;
  /** How many calls of a method came with a message, as it counted before anything else was done with them. */
  taken(method: string): number;
  /** SIGKILL. */
  kill(): void;
}

/** Starts the peer and waits until it serves. */
export async function startPeerProcess(): Promise<PeerProcess> {
  const folder = temporaryFolder();
  const child: ChildProcess = spawn(
    process.execPath,
    ["--import", "tsx", "test/support/peer/main.ts", "--dir", folder.path],
    { cwd: new URL("../../..", import.meta.url), stdio: ["ignore", "pipe", "inherit"] },
  );
  const lines: PeerLine[] = [];
  if (child.stdout === null) throw new Error("the peer has no output");
  createInterface({ input: child.stdout }).on("line", (line) => lines.push(JSON.parse(line) as PeerLine));
  const ready = await until(() => lines.find(({ kind }) => kind === "ready"), Boolean, 30_000);
  return {
    profile: peerAsDaemon(ready as unknown as Parameters<typeof peerAsDaemon>[0]),
    taken: (method) => lines.filter((line) => line.kind === "message" && line.method === method).length,
    kill: () => void child.kill("SIGKILL"),
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      folder[Symbol.dispose]();
    },
  };
}
