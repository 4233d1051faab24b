import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

/** A sandbox in a process of its own, as it reported itself. */
export interface ChildSandbox {
  readonly port: number;
  readonly restPort: number;
  readonly auctioneerPort: number;
  readonly tlsCertPath: string;
  readonly macaroonPath: string;
  /** Resolves when the process has ended, with the last that it wrote to standard error. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** A sandbox has little to do at a time: with less room for what is young its memory stays small. */
export const SANDBOX_NODE_FLAGS = ["--max-semi-space-size=1"];

type Ready = Omit<ChildSandbox, "ended" | "stop">;

/** Starts `bin/sandbox.ts` and waits until it serves. `args` are its flags. Throws where it ends before that. */
export async function startChildSandbox(root: string, args: readonly string[]): Promise<ChildSandbox> {
  const child = spawn(
    process.execPath,
    [...SANDBOX_NODE_FLAGS, "--import", "tsx", join(root, "bin/sandbox.ts"), ...args],
    {
      cwd: root,
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      // In a group of its own: Ctrl+C reaches the parent, which then stops it in order.
      detached: true,
    },
  );
  let complaint = "";
  child.stderr?.on("data", (chunk) => {
    complaint = (complaint + chunk).slice(-4000);
  });
  const ended = new Promise<string>((resolve) => child.once("close", () => resolve(complaint.trim())));
  const ready = await new Promise<Ready>((resolve, reject) => {
    child.on("message", (message) => {
      const { kind, ...rest } = message as { kind: string } & Ready;
      if (kind === "ready") resolve(rest);
    });
    child.on("error", reject);
    child.on("close", (code) => reject(new Error(`The sandbox ended with code ${code}:\n${complaint}`)));
  });
  return { ...ready, ended, stop: () => stopChild(child) };
}

/** SIGTERM, and SIGKILL where that has not ended it within 3 s. */
async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 3000);
  await ended;
  clearTimeout(timer);
}
