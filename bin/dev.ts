import { homedir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { CollectionFile } from "../server/collections/collection-file.ts";
import { createProfileStore } from "../server/profiles/profile-store.ts";
import type { ChildSandbox } from "./steps/child-sandbox.ts";
import { embeddedProfile, sandboxPort, startEmbeddedSandbox } from "./steps/embedded-sandbox.ts";
import { generateInputs } from "./steps/generate.ts";
import { generateInChild } from "./steps/generate-in-child.ts";
import { listenOnFreePort } from "./steps/listen-on-free-port.ts";
import { liveCallsOf } from "./steps/live-calls.ts";
import { openNextSite } from "./steps/next-site.ts";
import { readApi } from "./steps/read-api.ts";
import { siteConfig } from "./steps/site-config.ts";
import { step } from "./steps/step.ts";
import { stopOnSignal } from "./steps/stop-on-signal.ts";
import { watchPaths } from "./steps/watch-paths.ts";
import { writeTwins } from "./steps/write-twins.ts";

const USAGE = `Usage: npm run dev -- [--port N] [--sandbox-dir DIR]

The sandbox and the site, from their sources: what is edited is reloaded. For the sandbox alone: a real daemon is only
for npm start.`;

const ROOT = join(import.meta.dirname, "..");

/** What a running sandbox is made of. */
const SANDBOX_SOURCES = [
  "sandbox",
  "gen",
  "lib/schema",
  "bin/sandbox.ts",
  ...siteConfig.apis.map(({ permissions }) => permissions ?? "proto"),
];

/** What this very process is made of. */
const OWN_SOURCES = ["server", "bin", "playground.config.ts"];

try {
  const { values } = parseArgs({
    options: {
      port: { type: "string" },
      "sandbox-dir": { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help === true) console.log(USAGE);
  else await develop(values.port, values["sandbox-dir"]);
} catch (cause) {
  console.error(`${cause instanceof Error ? cause.message : cause}\n\n${USAGE}`);
  process.exitCode = 2;
}

async function develop(port: string | undefined, sandboxDir: string | undefined): Promise<void> {
  if (siteConfig.sandbox === undefined)
    throw new Error("The config names no sandbox, and npm run dev is for the sandbox alone: use npm start.");
  const stops = stopOnSignal("Stopping the site and the sandbox");
  try {
    await step("Generating the reference from the protos", () => generateInChild(ROOT));
    writeTwins(ROOT);
    const first = await step("Starting the sandbox", () =>
      startEmbeddedSandbox(ROOT, sandboxDir, { port: sandboxPort([]) }),
    );
    const sandbox = currentSandbox(first);
    stops.add(() => sandbox.stop());
    let api = await readApi(ROOT, siteConfig.apis);
    const server = await step("Starting the site", async () => {
      const site = await openNextSite(ROOT, { dev: true });
      const started = await listenOnFreePort(port, {
        registry: standIn(() => api.registry),
        permissions: standIn(() => api.permissions),
        safety: standIn(() => api.safety),
        profiles: createProfileStore([embeddedProfile(first)], { home: homedir() }),
        collection: new CollectionFile(join(ROOT, ".cache/dev.collection.json")),
        site: site.handle,
        development: { upgrade: site.upgrade },
        live: liveCallsOf(siteConfig.apis),
        log: (line) => console.error(line),
      });
      stops.add(() => Promise.all([started.stop(), site.close()]));
      return started;
    });

    const inTurn = taskQueue();
    const watch = (paths: readonly string[], onChange: (what: string) => Promise<void>) => {
      const end = watchPaths(ROOT, paths, (files) => inTurn(() => onChange(nameFiles(files))));
      stops.add(async () => end());
    };
    watch(generateInputs(ROOT, siteConfig), async (what) => {
      await step(`${what} changed: generating`, () => generateInChild(ROOT));
      api = await readApi(ROOT, siteConfig.apis);
    });
    watch(["content"], async () => void writeTwins(ROOT));
    watch(SANDBOX_SOURCES, async (what) => {
      await step(`${what} changed: restarting the sandbox`, async () => {
        await sandbox.stop();
        const next = await startEmbeddedSandbox(ROOT, sandboxDir, first);
        sandbox.replace(next);
        if (next.port !== first.port)
          throw new Error(`Port ${first.port} is taken now: restart npm run dev.`);
      });
    });
    watch(OWN_SOURCES, async (what) => console.log(`${what} changed: restart npm run dev to see it`));
    console.log(`\n  Open  ${server.url}\n\n  Ctrl+C stops the site and the sandbox.`);
  } catch (cause) {
    console.error(cause instanceof Error ? cause.message : cause);
    await stops.all();
    process.exit(1);
  }
}

/** Holds the sandbox that runs, and says so where it ends by itself. */
function currentSandbox(first: ChildSandbox) {
  let current: ChildSandbox | null = null;
  const replace = (next: ChildSandbox) => {
    current = next;
    void next.ended.then((complaint) => {
      if (current === next)
        console.error(`The sandbox ended: it starts again with the next change\n${complaint}`);
    });
  };
  const stop = async () => {
    const stopped = current;
    current = null;
    await stopped?.stop();
  };
  replace(first);
  return { replace, stop };
}

/** Runs tasks one after the other. One that fails says so, and the next one runs all the same. */
function taskQueue(): (task: () => Promise<void>) => void {
  let last = Promise.resolve();
  return (task) => {
    last = last.then(task).catch((cause) => console.error(cause instanceof Error ? cause.message : cause));
  };
}

function nameFiles([first = "", ...more]: readonly string[]): string {
  return more.length === 0 ? first : `${first} and ${more.length} more`;
}

/** Stands for the object that `current` gives at the moment it is used. */
function standIn<T extends object>(current: () => T): T {
  return new Proxy({} as T, {
    get(_, name) {
      const target = current();
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
