import { join } from "node:path";
import { readConfig } from "../../lib/reference/check-config.ts";
import raw from "../../playground.config.ts";
import { daemonsOf } from "../../server/profiles/daemon-defaults.ts";
import { ConfigError, type LoadedConfig, resolveConfig } from "./load-config.ts";

/** The config of this very project. A program that needs it ends with code 2 where it is wrong, and says what is. */
export const siteConfig: LoadedConfig = load();

/** The daemons that it names. */
export const siteDaemons = daemonsOf(siteConfig.apis);

function load(): LoadedConfig {
  try {
    const reading = readConfig(raw);
    if (reading.kind === "mistakes") throw new ConfigError(reading.mistakes);
    return resolveConfig(join(import.meta.dirname, "../.."), reading.config);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}
