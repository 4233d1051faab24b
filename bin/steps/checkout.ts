import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { ApiConfig, CheckoutSource } from "../../lib/reference/api-config.ts";

/** Protos of an API that are taken instead of the config's: a reader's own checkout. */
export interface Checkout {
  /** Relative to the project. */
  readonly protoRoot: string;
  readonly upstream: CheckoutSource;
}

/** By the id of the API. */
export type Checkouts = Readonly<Record<string, Checkout>>;

/** Relative to the project. */
export const CHECKOUTS_FILE = ".cache/checkouts.json";

/** What `npm run generate -- --proto-root` was last told: it holds until `--own-protos`. */
export function readCheckouts(root: string): Checkouts {
  const file = join(root, CHECKOUTS_FILE);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Checkouts) : {};
}

/** Keeps the checkouts for the runs to come; without any, none are kept. */
export function keepCheckouts(root: string, checkouts: Checkouts): void {
  const file = join(root, CHECKOUTS_FILE);
  if (Object.keys(checkouts).length === 0) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(checkouts, null, 2)}\n`);
}

/**
 * The config of an API with the protos of a checkout. A service config that lies beside the config's protos is that of
 * the checkout, where it has one; permissions, safety and the like stay those of the config.
 */
export function withCheckout(root: string, api: ApiConfig, { protoRoot, upstream }: Checkout): ApiConfig {
  const { serviceConfig } = api;
  const moved = (path: string) => {
    const inside = relative(resolve(root, api.protoRoot), resolve(root, path));
    const other = join(protoRoot, inside).split(sep).join("/");
    return !inside.startsWith("..") && existsSync(resolve(root, other)) ? other : path;
  };
  return {
    ...api,
    protoRoot,
    upstream,
    ...(serviceConfig === undefined
      ? {}
      : {
          serviceConfig: typeof serviceConfig === "string" ? moved(serviceConfig) : serviceConfig.map(moved),
        }),
  };
}
