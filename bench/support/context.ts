import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../../test/support/browser.ts";
import { ROOT } from "../../test/support/start-site.ts";
import { type BenchSite, startBenchSite } from "./bench-site.ts";
import { type Envoy, startEnvoy } from "./envoy.ts";
import { type Grpcui, startGrpcui } from "./grpcui.ts";
import type { Missing } from "./peer.ts";
import type { Row } from "./row.ts";
import { type Daemon, startDaemon } from "./start-daemon.ts";

/** What is measured under one name on the command line. */
export type Topic = (context: Context) => Promise<readonly Row[]>;

/** What topics share: each part is started when the first topic asks for it, and ended with the bench. */
export interface Context extends AsyncDisposable {
  /** A folder that is gone afterwards. */
  readonly dir: string;
  daemon(): Promise<Daemon>;
  envoy(): Promise<Envoy | Missing>;
  grpcui(): Promise<Grpcui | Missing>;
  /** `npm start` with the daemon as its profile `poold`. */
  site(): Promise<BenchSite>;
  browser(): Promise<Browser>;
}

export function createContext(): Context {
  const dir = mkdtempSync(join(tmpdir(), "playground-bench-"));
  const started: (() => Promise<unknown>)[] = [];
  const once = <T extends object>(start: () => Promise<T>): (() => Promise<T>) => {
    let running: Promise<T> | null = null;
    return () => {
      running ??= start().then((part) => {
        if (Symbol.asyncDispose in part)
          started.push(async () => (part as AsyncDisposable)[Symbol.asyncDispose]());
        return part;
      });
      return running;
    };
  };
  const daemon = once(() => startDaemon(dir));
  return {
    dir,
    daemon,
    envoy: once(async () => startEnvoy(await daemon(), join(ROOT, ".cache", "peers"))),
    grpcui: once(async () => startGrpcui(await daemon(), dir)),
    site: once(async () => startBenchSite(await daemon())),
    browser: once(() => launchBrowser()),
    async [Symbol.asyncDispose]() {
      for (const stop of started.reverse()) await stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
