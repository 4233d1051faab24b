import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Child, startModule } from "./child.ts";

/** Where the bench's daemon listens on localhost, and what a client needs to be let in. */
export interface DaemonFiles {
  readonly port: number;
  readonly tlsCertPath: string;
  readonly macaroonPath: string;
}

export interface Daemon extends Child, DaemonFiles {
  readonly macaroonHex: string;
}

/** Starts the bench's daemon as a process of its own; its files go into `dir`. */
export async function startDaemon(dir: string): Promise<Daemon> {
  const { ready, ...child } = await startModule<DaemonFiles>(join(import.meta.dirname, "daemon.ts"), [dir]);
  return { ...child, ...ready, macaroonHex: readFileSync(ready.macaroonPath).toString("hex") };
}
