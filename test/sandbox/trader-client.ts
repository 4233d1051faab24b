import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { Trader } from "../../gen/poolrpc/trader_pb.ts";
import type { CallLine } from "../../sandbox/call-log.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../sandbox/start-sandbox.ts";

/** A sandbox of its own in a folder of its own, with what it logged. Mines no block by itself. */
export interface TestSandbox {
  readonly sandbox: Sandbox;
  readonly dir: string;
  readonly calls: CallLine[];
  readonly notes: string[];
  /** A client over real TLS that sends this macaroon; the sandbox's own where none is given, none for "". */
  trader(macaroonHex?: string): Client<typeof Trader>;
  stop(): Promise<void>;
}

/** Starts one on any free ports. */
export async function startTestSandbox(options: Partial<SandboxOptions> = {}): Promise<TestSandbox> {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), "sandbox-test-"));
  const calls: CallLine[] = [];
  const notes: string[] = [];
  const sandbox = await startSandbox({
    port: 0,
    blockInterval: 0,
    onCall: (line) => calls.push(line),
    onNote: (text) => notes.push(text),
    ...options,
    dir,
  });
  return {
    sandbox,
    dir,
    calls,
    notes,
    trader: (macaroonHex) => createClient(Trader, traderTransport(sandbox, macaroonHex)),
    stop: async () => {
      await sandbox.stop();
      rmSync(dir, { recursive: true });
    },
  };
}

/** gRPC over TLS to the sandbox, trusting its certificate alone. */
export function traderTransport(
  at: Pick<Sandbox, "port" | "tlsCertPath" | "macaroonPath">,
  macaroonHex = readFileSync(at.macaroonPath).toString("hex"),
): Transport {
  return createGrpcTransport({
    baseUrl: `https://localhost:${at.port}`,
    nodeOptions: { ca: readFileSync(at.tlsCertPath) },
    // A session left open would keep the test's process alive.
    idleConnectionTimeoutMs: 200,
    interceptors: [
      (next) => (request) => {
        if (macaroonHex !== "") {
          request.header.set("macaroon", macaroonHex);
        }
        return next(request);
      },
    ],
  });
}

/** Code and message of the error that a call must end with. */
export async function failure(call: Promise<unknown>): Promise<{ code: number; message: string }> {
  try {
    await call;
  } catch (error) {
    const { code, rawMessage } = ConnectError.from(error);
    return { code, message: rawMessage };
  }
  throw new Error("the call was answered, but should have been refused");
}
