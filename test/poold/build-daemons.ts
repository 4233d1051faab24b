import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Where the daemons are, or why there are none. */
export type BuiltDaemons =
  | { readonly kind: "built"; readonly folder: string }
  | { readonly kind: "missing" | "failed"; readonly reason: string };

const MODULE = join(import.meta.dirname, "go");
const CACHE = join(import.meta.dirname, "../../.cache/poold");

/** `lnd` serves the RPC services that poold needs only with these tags. */
const DAEMONS = {
  btcd: { source: "github.com/btcsuite/btcd", tags: "" },
  lnd: {
    source: "github.com/lightningnetwork/lnd/cmd/lnd",
    tags: "signrpc,walletrpc,chainrpc,invoicesrpc",
  },
  poold: { source: "github.com/lightninglabs/pool/cmd/poold", tags: "" },
} as const;

/**
 * Builds btcd, lnd and poold from their module into `.cache/poold`, each once as long as the module stays the same. The
 * environment's POOLD_BIN names a folder that holds them already.
 */
export function buildDaemons(tell: (line: string) => void): BuiltDaemons {
  const given = process.env.POOLD_BIN;
  const names = Object.keys(DAEMONS) as (keyof typeof DAEMONS)[];
  if (given !== undefined && given !== "") {
    const folder = resolve(given);
    const absent = names.filter((name) => !existsSync(join(folder, name)));
    if (absent.length === 0) return { kind: "built", folder };
    return { kind: "failed", reason: `POOLD_BIN ${folder} has no ${absent.join(", ")}` };
  }
  const made = createHash("sha256")
    .update(readFileSync(join(MODULE, "go.mod")))
    .update(readFileSync(join(MODULE, "go.sum")))
    .digest("hex");
  mkdirSync(CACHE, { recursive: true });
  for (const name of names) {
    const [path, mark] = [join(CACHE, name), join(CACHE, `${name}.made`)];
    if (existsSync(path) && existsSync(mark) && readFileSync(mark, "utf8") === made) continue;
    if (spawnSync("go", ["version"]).status !== 0) {
      return { kind: "missing", reason: "there is no Go on this machine: see https://go.dev/doc/install" };
    }
    const { source, tags } = DAEMONS[name];
    const since = Date.now();
    tell(`building ${name}; the first time this takes minutes`);
    const built = spawnSync(
      "go",
      ["build", "-mod=readonly", "-buildvcs=false", `-tags=${tags}`, "-o", path, source],
      { cwd: MODULE, encoding: "utf8", env: { ...process.env, GOFLAGS: "-p=2" } },
    );
    if (built.status !== 0) return { kind: "failed", reason: `go build ${source} failed:\n${built.stderr}` };
    writeFileSync(mark, made);
    tell(`built ${name} in ${Math.round((Date.now() - since) / 1000)} s`);
  }
  return { kind: "built", folder: CACHE };
}
