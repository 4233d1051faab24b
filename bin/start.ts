import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { CollectionFile } from "../server/collections/collection-file.ts";
import { collectInlineScriptHashes } from "../server/csp.ts";
import { openProfiles } from "../server/profiles/open-profiles.ts";
import type { ServedProfile } from "../server/profiles/profile-store.ts";
import { isSameFile, profilesPath } from "../server/profiles/profiles-file.ts";
import { buildSite } from "./steps/build-site.ts";
import { embeddedProfile, sandboxPort, startEmbeddedSandbox } from "./steps/embedded-sandbox.ts";
import { generate } from "./steps/generate.ts";
import { listenOnFreePort } from "./steps/listen-on-free-port.ts";
import { liveCallsOf } from "./steps/live-calls.ts";
import { openNextSite } from "./steps/next-site.ts";
import { readApi } from "./steps/read-api.ts";
import { siteConfig, siteDaemons } from "./steps/site-config.ts";
import { parseStartFlags, profileArguments, START_USAGE, type StartFlags } from "./steps/start-flags.ts";
import { step } from "./steps/step.ts";
import { stopOnSignal } from "./steps/stop-on-signal.ts";

const ROOT = join(import.meta.dirname, "..");

/** Relative to the folder in which the start command was given. */
const DEFAULT_COLLECTION = "playground.collection.json";

const flags = parseStartFlags(process.argv.slice(2));
if (typeof flags === "string") refuse(flags);
else if (flags.help === true) console.log(START_USAGE);
else await start(flags);

async function start(flags: StartFlags): Promise<void> {
  const {
    port,
    host,
    "access-token": accessToken,
    "sandbox-dir": sandboxDir,
    collection = DEFAULT_COLLECTION,
  } = flags;
  const context = { home: homedir(), cwd: process.env.INIT_CWD ?? process.cwd(), daemons: siteDaemons };
  const named = profileArguments(flags);
  const collectionPath = resolve(context.cwd, collection);
  if (isSameFile(collectionPath, profilesPath(named.file, context))) {
    return refuse(
      `--collection ${collection} holds profiles, which no browser may write: name another file.`,
    );
  }
  const profilesBeside = (sandbox: ServedProfile | null) => openProfiles(sandbox, named, context);
  // What the flags and the file name is looked at before anything is started; the sandbox's ports are filled in later.
  const hasSandbox = siteConfig.sandbox !== undefined;
  const checked = profilesBeside(
    hasSandbox
      ? embeddedProfile({ port: 0, restPort: 0, auctioneerPort: 0, tlsCertPath: "", macaroonPath: "" })
      : null,
  );
  if (checked.kind === "error") return refuse(checked.message);

  const stops = stopOnSignal("Stopping the site and the sandbox");
  try {
    await step("Generating the reference from the protos", async () => {
      const { written, deleted } = await generate({ root: ROOT, force: false, check: false, log: () => {} });
      return written.length + deleted.length === 0 ? "current" : `${written.length} files written`;
    });
    await step("Building the site", () => buildSite(ROOT));
    let sandbox: ServedProfile | null = null;
    if (hasSandbox) {
      const started = await step("Starting the sandbox", () =>
        startEmbeddedSandbox(ROOT, sandboxDir, { port: sandboxPort(checked.store.list()) }),
      );
      stops.add(started.stop);
      console.log(
        `  sandbox      localhost:${started.port}  (auctioneer localhost:${started.auctioneerPort})`,
      );
      sandbox = embeddedProfile(started);
    }
    const profiles = profilesBeside(sandbox);
    if (profiles.kind === "error") throw new Error(profiles.message);
    for (const { kind, label, network, endpoints } of profiles.store.list()) {
      if (kind === "daemon")
        console.log(
          `  daemon       ${endpoints[0]?.address}  (${label}, ${network}, read-only until writes are turned on)`,
        );
    }
    for (const problem of profiles.problems) console.log(`  left out     ${problem}`);
    const server = await step("Starting the site", async () => {
      const site = await openNextSite(ROOT, { dev: false });
      const started = await listenOnFreePort(port, {
        ...(host === undefined || accessToken === undefined ? {} : { host, accessToken }),
        ...(await readApi(ROOT, siteConfig.apis)),
        profiles: profiles.store,
        collection: new CollectionFile(collectionPath),
        site: site.handle,
        inlineScriptHashes: collectInlineScriptHashes(join(ROOT, ".next")),
        live: liveCallsOf(siteConfig.apis),
        log: (line) => console.error(line),
      });
      stops.add(() => Promise.all([started.stop(), site.close()]));
      return started;
    });
    console.log(`\n  Open  ${server.url}\n\n  Ctrl+C stops the site${hasSandbox ? " and the sandbox" : ""}.`);
  } catch (cause) {
    console.error(cause instanceof Error ? cause.message : cause);
    await stops.all();
    process.exit(1);
  }
}

/** A sentence a line, and exit code 2: the command line or the file with profiles is wrong and nothing was started. */
function refuse(sentences: string): void {
  console.error(sentences);
  process.exitCode = 2;
}
