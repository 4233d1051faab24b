import { existsSync } from "node:fs";
import { join } from "node:path";
import { runBuf } from "../../bin/steps/run-buf.ts";
import { ROOT } from "../../test/support/start-site.ts";
import { type Child, freePort, startProgram } from "./child.ts";
import { type Missing, missing } from "./peer.ts";
import type { Daemon } from "./start-daemon.ts";

export interface Grpcui extends Child {
  readonly origin: string;
  /** The cookie and the header that its page sends with each call. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Starts grpcui (`GRPCUI=<path>`) on the daemon, with its certificate, its macaroon and descriptors from `proto/`. */
export async function startGrpcui(daemon: Daemon, dir: string): Promise<Grpcui | Missing> {
  const program = process.env.GRPCUI;
  if (program === undefined) return missing("grpcui", "name its binary with GRPCUI=<path>");
  if (!existsSync(program)) return missing("grpcui", `GRPCUI=${program} is no file`);
  const protoset = join(dir, "api.protoset");
  await runBuf(ROOT, ["build", "--as-file-descriptor-set", "-o", `${protoset}#format=binpb`]);
  const port = await freePort();
  const child = await startProgram(
    program,
    [
      ...["-bind", "127.0.0.1", "-port", String(port), "-open-browser=false"],
      ...["-protoset", protoset, "-max-msg-sz", String(64 << 20)],
      ...["-cacert", daemon.tlsCertPath, "-rpc-header", `macaroon: ${daemon.macaroonHex}`],
      `localhost:${daemon.port}`,
    ],
    port,
  );
  const origin = `http://127.0.0.1:${port}`;
  const page = await fetch(origin);
  const cookie = page.headers.get("set-cookie")?.split(";", 1)[0] ?? "";
  const token = cookie.slice(cookie.indexOf("=") + 1);
  return { ...child, origin, headers: { cookie, "x-grpcui-csrf-token": token } };
}
