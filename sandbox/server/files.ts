import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bakeMacaroon } from "../macaroon/bake.ts";
import { checkMacaroon } from "../macaroon/verify.ts";
import { createCertificate, stillGood } from "./certificate.ts";

/** The files of one network's folder, read or made. */
export interface SandboxFiles {
  readonly tlsCertPath: string;
  readonly tlsKeyPath: string;
  readonly macaroonPath: string;
  readonly cert: string;
  readonly key: string;
  /** 32 bytes. */
  readonly rootKey: Uint8Array;
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
  const rootKey = readRootKey(join(folder, "macaroons.json"));
  const macaroon = existsSync(macaroonPath) ? readFileSync(macaroonPath) : Buffer.alloc(0);
  // A method that needs nothing: asks only whether this root key signed the file.
  const ours = { rootKey, permissions: { any: [] }, now: Date.now };
  if (checkMacaroon(macaroon.toString("hex"), "any", ours) !== undefined) {
    write(macaroonPath, bakeMacaroon(rootKey), 0o644);
  }
  return { tlsCertPath, tlsKeyPath, macaroonPath, cert: pair.cert, key: pair.key, rootKey };
}

function readRootKey(path: string): Uint8Array {
  const stored = /"0"\s*:\s*"([0-9a-f]{64})"/.exec(readIf(path))?.[1];
  if (stored !== undefined) {
    return Buffer.from(stored, "hex");
  }
  const rootKey = randomBytes(32);
  write(path, `${JSON.stringify({ rootKeys: { "0": rootKey.toString("hex") } }, null, 2)}\n`, 0o600);
  return rootKey;
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
