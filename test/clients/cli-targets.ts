import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bakeMacaroon } from "../../sandbox/macaroon/bake.ts";
import type { CliTarget } from "./cli-case.ts";
import type { SandboxProcess } from "./sandbox-process.ts";
import type { ScriptTarget } from "./script-client.ts";

const NETWORK = "regtest";

/** The flags that point the CLI at each of its targets. Their folders lie in that of the sandbox. */
export function layOutTargets(
  sandbox: SandboxProcess,
  other: ScriptTarget,
): Readonly<Record<CliTarget, readonly string[]>> {
  const flags = (folder: string, address = `localhost:${sandbox.port}`): readonly string[] => [
    ...[`--rpcserver=${address}`, `--network=${NETWORK}`, `--basedir=${folder}`],
  ];
  const withMacaroon = (name: string, macaroon: Uint8Array): string => {
    const folder = join(sandbox.dir, name);
    mkdirSync(join(folder, NETWORK), { recursive: true });
    copyFileSync(sandbox.tlsCertPath, join(folder, NETWORK, "tls.cert"));
    writeFileSync(join(folder, NETWORK, "pool.macaroon"), macaroon, { mode: 0o600 });
    return folder;
  };
  return {
    own: flags(sandbox.dir),
    other: flags(withMacaroon("other-world", Buffer.from(other.macaroon, "hex"))),
    stranger: flags(withMacaroon("stranger", bakeMacaroon(new Uint8Array(32)))),
    nobody: flags(sandbox.dir, "127.0.0.1:1"),
    nowhere: flags("/nonexistent"),
  };
}
