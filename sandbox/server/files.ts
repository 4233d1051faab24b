import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bakeMacaroon } from "../macaroon/bake.ts";
import { checkMacaroon } from "../macaroon/verify.ts";
import { RootKeys } from "../worlds/root-keys.ts";
import { FIRST_WORLD } from "../worlds/world-of.ts";
import { createCertificate, stillGood } from "./certificate.ts";

/** The files of one network's folder, read or made. */
export interface SandboxFiles {
  readonly tlsCertPath: string;
  readonly tlsKeyPath: string;
  readonly macaroonPath: string;
  readonly cert: string;
  readonly key: string;
  /** What macaroons are signed with, by the id of a world. */
  readonly rootKeys: RootKeys;
}

/** Reads `<dir>/<network>/`, making what is missing, expired or does not fit together. */
export async function prepareFiles(dir: string, network: string): Promise<SandboxFiles> {
  const folder = join(dir, network);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const tlsCertPath = join(folder, "tls.cert");
  const tlsKeyPath = join(folder, "tls.key");
  const macaroonPath = join(folder, "pool.macaroon");

  const now = Date.now();
  const old = { cert: readIf(tlsCertPath), key: readIf(tlsKeyPath) };
  const pair = stillGood(old, now) ? old : await createCertificate(now);
  if (pair !== old) {
    write(tlsKeyPath, pair.key, 0o600);
    write(tlsCertPath, pair.cert, 0o644);
  }
  const keysPath = join(folder, "macaroons.json");
  const rootKeys = new RootKeys(readIf(keysPath), (text) => write(keysPath, text, 0o600));
  const rootKey = rootKeys.make(FIRST_WORLD);
  const macaroon = existsSync(macaroonPath) ? readFileSync(macaroonPath) : Buffer.alloc(0);
  // A method that needs nothing: asks only whether this root key signed the file.
  const ours = { rootKey, permissions: { any: [] }, now: Date.now };
  if (checkMacaroon(macaroon.toString("hex"), "any", ours) !== undefined) {
    write(macaroonPath, bakeMacaroon(rootKey), 0o644);
  }
  return { tlsCertPath, tlsKeyPath, macaroonPath, cert: pair.cert, key: pair.key, rootKeys };
}

function readIf(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

/** Written beside and renamed: a reader never sees half a file, and a key is never readable by others. */
function write(path: string, content: string | Uint8Array, mode: number): void {
  const beside = `${path}.new`;
  writeFileSync(beside, content, { mode });
  chmodSync(beside, mode);
  renameSync(beside, path);
}
