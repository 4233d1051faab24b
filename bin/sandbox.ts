import { join, resolve } from "node:path";
import { parseSandboxFlags, type SandboxFlags } from "../sandbox/sandbox-flags.ts";
import { onFreePort } from "../sandbox/server/free-port.ts";
import { openLogFile } from "../sandbox/server/log-file.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../sandbox/start-sandbox.ts";

const flags = parseSandboxFlags(process.argv.slice(2));
if (typeof flags === "string") {
  console.error(flags);
  process.exit(2);
}
void run(flags);

async function run(flags: SandboxFlags): Promise<void> {
  const dir = resolve(flags.dir);
  const { clock } = flags;
  const logPath = join(dir, "logs", flags.network, "sandbox.log");
  let sandbox: Sandbox;
  try {
    const log = openLogFile(logPath);
    const stamp = () => new Date().toISOString();
    const options: SandboxOptions = {
      dir,
      network: flags.network,
      restPort: flags.restPort,
      auctioneerPort: flags.auctioneerPort,
      blockInterval: flags.blockInterval,
      scenario: flags.scenario,
      seed: flags.seed,
      ephemeral: flags.ephemeral,
      ...(clock !== null && { now: () => clock }),
      onCall: (line) => log.write(JSON.stringify({ time: stamp(), ...line })),
      onNote: (text) => {
        log.write(JSON.stringify({ time: stamp(), note: text }));
        console.log(`sandbox: ${text}`);
      },
    };
    sandbox = await onFreePort(flags.port, (port) => startSandbox({ ...options, port }));
  } catch (error) {
    console.error(`The sandbox cannot start: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
  const { port, restPort, auctioneerPort, tlsCertPath, macaroonPath } = sandbox;
  if (flags.port !== 0 && port !== flags.port) {
    console.log(`sandbox: port ${flags.port} is taken, using ${port}`);
  }
  console.log(`sandbox: poold work-alike  localhost:${port}  (${flags.network}, gRPC over TLS)`);
  console.log(`sandbox: REST              https://localhost:${restPort}`);
  console.log(`sandbox: auctioneer        localhost:${auctioneerPort}`);
  console.log(`sandbox: certificate       ${tlsCertPath}`);
  console.log(`sandbox: macaroon          ${macaroonPath}`);
  console.log(`sandbox: log               ${logPath}`);
  process.send?.({ kind: "ready", port, restPort, auctioneerPort, tlsCertPath, macaroonPath });

  let stopping = false;
  const stop = (): void => {
    if (!stopping) {
      stopping = true;
      void sandbox.stop().then(() => process.exit(0));
    }
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  process.on("disconnect", stop);
}
