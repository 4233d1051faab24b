import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const BIN = join(import.meta.dirname, "../../bin/sandbox.ts");

/** Where a sandbox listens, and its files. */
export interface SandboxAddress {
  readonly port: number;
  readonly restPort: number;
  readonly auctioneerPort: number;
  readonly tlsCertPath: string;
  readonly macaroonPath: string;
}

/** A sandbox in a process and a folder of its own. Nothing happens in it by itself: no block, no batch. */
export interface SandboxProcess extends SandboxAddress {
  /** What a client has to be told as the daemon's folder. */
  readonly dir: string;
  readonly ca: Buffer;
  stop(): Promise<void>;
}

/** Starts one on any free ports, as `npm run sandbox -- --ephemeral` does. */
export async function startSandboxProcess(): Promise<SandboxProcess> {
  const dir = mkdtempSync(join(tmpdir(), "sandbox-clients-"));
  const args = ["--dir", dir, "--ephemeral", "--port=0", "--rest-port=0", "--block-interval=0"];
  const child = fork(BIN, args, {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const exit = once(child, "exit");
  const ready = await Promise.race([once(child, "message"), exit.then(() => null)]);
  if (ready === null) throw new Error("the sandbox ended before it was ready: see what it says above");
  const address = ready[0] as SandboxAddress;
  return {
    ...address,
    dir,
    ca: readFileSync(address.tlsCertPath),
    stop: async () => {
      child.kill("SIGTERM");
      await exit;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
