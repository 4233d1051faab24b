import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import next from "next";
import { parse as parseYaml } from "yaml";
import { loadRegistry } from "../lib/schema/registry.ts";
import config from "../playground.config.ts";
import { collectInlineScriptHashes } from "../server/csp.ts";
import { PortInUseError } from "../server/listen.ts";
import { openProfiles } from "../server/profiles/open-profiles.ts";
import type { ServedProfile } from "../server/profiles/profile-store.ts";
import { sandboxProfile } from "../server/profiles/sandbox-profile.ts";
import { type RunningServer, type ServerOptions, startServer } from "../server/start-server.ts";
import { buildSite } from "./steps/build-site.ts";
import { type ChildSandbox, startChildSandbox } from "./steps/child-sandbox.ts";
import { generate } from "./steps/generate.ts";
import { parseStartFlags, START_USAGE, type StartFlags } from "./steps/start-flags.ts";

const ROOT = join(import.meta.dirname, "..");
const FIRST_PORT = 4180;
const NETWORK = "regtest";

const flags = parseStartFlags(process.argv.slice(2));
if (typeof flags === "string") refuse(flags);
else if (flags.help === true) console.log(START_USAGE);
else await start(flags);

async function start(flags: StartFlags): Promise<void> {
  const {
    port,
    host,
    help: _,
    "access-token": accessToken,
    "sandbox-dir": sandboxDir,
    ...profileFlags
  } = flags;
  const context = {
    home: homedir(),
    cwd: process.env.INIT_CWD ?? process.cwd(),
    services: config.services,
  };
  const profilesBeside = (sandbox: ServedProfile) => openProfiles(sandbox, profileFlags, context);
  // What the flags name is looked at before anything is started; the sandbox's ports are filled in later.
  const checked = profilesBeside(
    profileOf({ port: 0, auctioneerPort: 0, tlsCertPath: "", macaroonPath: "" }),
  );
  if (checked.kind === "error") return refuse(checked.message);

  const stops: (() => Promise<void>)[] = [];
  const stopAll = async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      console.log("\nStopping the site and the sandbox");
      void stopAll().then(() => process.exit(0));
    });
  }

  try {
    await step("Generating the reference from the protos", async () => {
      const { written, deleted } = await generate({ root: ROOT, force: false, check: false, log: () => {} });
      return written.length + deleted.length === 0 ? "current" : `${written.length} files written`;
    });
    await step("Building the site", () => buildSite(ROOT));
    const sandbox = await step("Starting the sandbox", async () => {
      const started = await startChildSandbox(ROOT, [
        ...["--dir", sandboxDir ?? join(ROOT, ".cache/sandbox"), "--network", NETWORK],
      ]);
      stops.push(() => started.stop());
      return started;
    });
    console.log(`  sandbox      localhost:${sandbox.port}  (auctioneer localhost:${sandbox.auctioneerPort})`);
    const profiles = profilesBeside(profileOf(sandbox));
    if (profiles.kind === "error") throw new Error(profiles.message);
    for (const { kind, label, network, endpoints } of profiles.store.list()) {
      if (kind === "daemon")
        console.log(`  daemon       ${endpoints[0]?.address}  (${label}, ${network}, read-only)`);
    }
    for (const problem of profiles.problems) console.log(`  left out     ${problem}`);
    const server = await step("Starting the site", async () => {
      const app = next({ dev: false, dir: ROOT });
      await app.prepare();
      const site = app.getRequestHandler();
      const started = await listenOnFreePort(port, {
        ...(host === undefined || accessToken === undefined ? {} : { host, accessToken }),
        registry: loadRegistry(await readFile(join(ROOT, ".cache/api/image.binpb"))),
        permissions: await readPermissions(),
        profiles: profiles.store,
        site: (request, response) => site(request, response),
        inlineScriptHashes: collectInlineScriptHashes(join(ROOT, ".next")),
        ...(config.live === undefined ? {} : { live: config.live }),
        log: (line) => console.error(line),
      });
      stops.push(async () => {
        await started.stop();
        await app.close();
      });
      return started;
    });
    console.log(`\n  Open  ${server.url}\n\n  Ctrl+C stops the site and the sandbox.`);
  } catch (cause) {
    console.error(cause instanceof Error ? cause.message : cause);
    await stopAll();
    process.exit(1);
  }
}

/** Runs one step and says what is done, then how it came out and how long it took. */
async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  console.log(name);
  const result = await work();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`  ${typeof result === "string" ? result : "done"}, ${seconds} s`);
  return result;
}

/** The wanted port, or the first free one from `FIRST_PORT` where none is wanted. */
async function listenOnFreePort(
  wanted: string | undefined,
  options: Omit<ServerOptions, "port">,
): Promise<RunningServer> {
  if (wanted !== undefined) return startServer({ ...options, port: Number(wanted) });
  for (let port = FIRST_PORT; ; port++) {
    try {
      return await startServer({ ...options, port });
    } catch (cause) {
      if (!(cause instanceof PortInUseError) || port === FIRST_PORT + 20) throw cause;
    }
  }
}

async function readPermissions(): Promise<ReadonlyMap<string, readonly string[]>> {
  if (config.permissions === undefined) return new Map();
  const text = await readFile(join(ROOT, config.permissions), "utf8");
  return new Map(Object.entries(parseYaml(text) as Record<string, readonly string[]>));
}

function profileOf({
  port,
  auctioneerPort,
  tlsCertPath,
  macaroonPath,
}: Omit<ChildSandbox, "stop">): ServedProfile {
  const at = (port: number) => ({ host: "localhost", port });
  return sandboxProfile(
    { daemon: at(port), auctioneer: at(auctioneerPort), tlsCertPath, macaroonPath, network: NETWORK },
    config.services,
  );
}

/** One sentence, and exit code 2: the command line is wrong and nothing was started. */
function refuse(sentence: string): void {
  console.error(sentence);
  process.exitCode = 2;
}
