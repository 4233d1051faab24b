import { parseArgs } from "node:util";
import type { PeerEvent } from "./peer-call.ts";
import { startPeer } from "./start-peer.ts";

const USAGE = "usage: npx tsx test/support/peer/main.ts --dir DIR [--port N] [--auctioneer-port N]";

/** One JSON line on stdout. No metadata value is in it: that is where the macaroon is. */
function print(line: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function printEvent({ kind, call }: PeerEvent): void {
  const { id, method, metadataNames, sent, code } = call;
  const last = call.messages.at(-1);
  const request = kind === "message" && last !== undefined ? Buffer.from(last).toString("hex") : undefined;
  print({ kind, id, method, metadataNames, received: call.messages.length, sent, code, request });
}

function portOf(flag: string, text: string | undefined): number {
  const port = Number(text ?? 0);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  process.stderr.write(`${flag} ${text} is not a port\n${USAGE}\n`);
  process.exit(2);
}

const { values } = parseArgs({
  options: {
    dir: { type: "string" },
    port: { type: "string" },
    "auctioneer-port": { type: "string" },
  },
});
if (values.dir === undefined) {
  process.stderr.write(`--dir is missing\n${USAGE}\n`);
  process.exit(2);
}
const peer = await startPeer({
  dir: values.dir,
  port: portOf("--port", values.port),
  auctioneerPort: portOf("--auctioneer-port", values["auctioneer-port"]),
  onEvent: printEvent,
});
const { port, auctioneerPort, tlsCertPath, macaroonPath } = peer;
print({ kind: "ready", port, auctioneerPort, tlsCertPath, macaroonPath });
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void peer.stop().then(() => process.exit(0)));
}
