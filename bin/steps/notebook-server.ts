import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Profile } from "../../lib/call/profile.ts";
import type { NotebookApis } from "../../lib/notebook/check-notebook.ts";
import type { NotebookHost } from "../../lib/notebook/host.ts";
import { openProfiles, type ProfileArguments } from "../../server/profiles/open-profiles.ts";
import { createProfileStore, type ServedProfile } from "../../server/profiles/profile-store.ts";
import { type RunningServer, startServer } from "../../server/start-server.ts";
import { apiFile } from "./api-files.ts";
import { startChildSandbox } from "./child-sandbox.ts";
import { embeddedProfile } from "./embedded-sandbox.ts";
import { readNotebookApis } from "./notebook-apis.ts";
import { startNotebookEvaluator } from "./notebook-evaluator.ts";
import { createNotebookHost } from "./notebook-host.ts";
import { openSession } from "./notebook-session.ts";
import { nameWithNetwork } from "./notebook-writes.ts";
import { readApi } from "./read-api.ts";
import { siteConfig, siteDaemons } from "./site-config.ts";

/** Where notebooks run against, and what is known of it. */
export interface NotebookServer extends AsyncDisposable {
  readonly profile: Profile;
  readonly host: NotebookHost;
  /** What names of a notebook are looked up in. */
  readonly apis: NotebookApis;
  /** Whether writes may go to a real daemon. */
  readonly allowWrite: boolean;
  /** Whether a method's replies hold secrets. */
  isSecret(method: string): boolean;
}

export interface NotebookServerOptions {
  readonly root: string;
  /** An id or a label; null: the daemon of the flags, or the sandbox. */
  readonly profile: string | null;
  /** What the command line says of daemons. */
  readonly named: ProfileArguments;
  readonly home: string;
  readonly cwd: string;
  readonly allowWrite: boolean;
  /** Hears of each write to a real daemon, in a line. */
  readonly onWrite?: (line: string) => void;
}

export type OpenedNotebookServer =
  | { readonly kind: "open"; readonly server: NotebookServer }
  /** No such profile, or what the command line says of profiles is wrong: sentences, each on its line. */
  | { readonly kind: "refused"; readonly message: string };

/** The clock of the sandbox stands still, so that two runs give the same: Monday, 5 January 2026, noon UTC. */
const CLOCK = "2026-01-05T12:00:00Z";

/** Which of the profiles that `npm start` would offer is meant. */
type Choice =
  | { readonly kind: "sandbox" }
  | { readonly kind: "daemon"; readonly profile: ServedProfile }
  | { readonly kind: "refused"; readonly message: string };

/**
 * Starts the site's own server in front of one profile, on a port of loopback and without a site, and opens its session. For
 * the sandbox one is started too: with a world of its own that ends with it, in which no block comes by itself.
 */
export async function openNotebookServer(options: NotebookServerOptions): Promise<OpenedNotebookServer> {
  const choice = chooseProfile(options);
  if (choice.kind === "refused") return choice;
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const profile = choice.kind === "daemon" ? choice.profile : await startOwnSandbox(options.root, stops);
    return {
      kind: "open",
      server: { ...(await serve(profile, options, stops)), [Symbol.asyncDispose]: stop },
    };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

function chooseProfile({ profile, named, home, cwd }: NotebookServerOptions): Choice {
  const placeholder =
    siteConfig.sandbox === undefined
      ? null
      : embeddedProfile({ port: 0, restPort: 0, auctioneerPort: 0, tlsCertPath: "", macaroonPath: "" });
  // The sandbox needs nothing of the home folder: what is wrong there is none of its business.
  if (placeholder !== null && profile !== null && isNamed(placeholder, profile)) return { kind: "sandbox" };
  const opened = openProfiles(placeholder, named, { home, cwd, daemons: siteDaemons });
  if (opened.kind === "error") return { kind: "refused", message: opened.message };
  const { store } = opened;
  const known = store.list();
  const wanted = profile === null ? store.selected : known.find((each) => isNamed(each, profile))?.id;
  const found = wanted === undefined ? undefined : store.get(wanted);
  if (found === undefined) {
    const names = known.map(nameWithNetwork).join(", ");
    const left = opened.problems.map((problem) => `\nLeft out: ${problem}`).join("");
    return {
      kind: "refused",
      message: `--profile ${profile}: there is none of that name. There ${known.length === 1 ? "is" : "are"} ${names}.${left}`,
    };
  }
  return found.kind === "sandbox" ? { kind: "sandbox" } : { kind: "daemon", profile: found };
}

function isNamed({ id, label }: Pick<Profile, "id" | "label">, name: string): boolean {
  return id === name || label.toLowerCase() === name.toLowerCase();
}

async function startOwnSandbox(root: string, stops: (() => Promise<unknown>)[]): Promise<ServedProfile> {
  const dir = await mkdtemp(join(tmpdir(), "playground-notebook-"));
  stops.push(() => rm(dir, { recursive: true, force: true }));
  const sandbox = await startChildSandbox(root, [
    ...["--dir", dir, "--ephemeral", "--clock", CLOCK, "--block-interval", "0"],
    ...["--port", "0", "--rest-port", "0", "--auctioneer-port", "0"],
  ]);
  stops.push(sandbox.stop);
  return embeddedProfile(sandbox);
}

async function serve(
  served: ServedProfile,
  { root, home, allowWrite, onWrite = () => {} }: NotebookServerOptions,
  stops: (() => Promise<unknown>)[],
): Promise<Omit<NotebookServer, keyof AsyncDisposable>> {
  const [api, images] = await Promise.all([
    readApi(root, siteConfig.apis),
    Promise.all(siteConfig.apis.map(({ id }) => readFile(join(root, apiFile(id, "image.binpb"))))),
  ]);
  const store = createProfileStore([served], { home });
  const server: RunningServer = await startServer({
    port: 0,
    ...api,
    profiles: store,
    site: async (_req, res) => {
      res.statusCode = 404;
      res.end();
    },
    log: (line) => console.error(line),
  });
  stops.push(server.stop);
  const transports = await openSession(server);
  const evaluator = startNotebookEvaluator(images);
  stops.push(async () => evaluator.close());
  const [profile] = store.list();
  if (profile === undefined) throw new Error("the server has no profile");
  const apis = readNotebookApis(images, api.permissions);
  const { origin } = server;
  const { sandbox } = siteConfig;
  return {
    profile,
    apis,
    allowWrite,
    host: createNotebookHost({
      origin,
      transports,
      profile,
      apis,
      safetyOf: (method) => api.safety.methods.get(method),
      evaluator,
      sandbox,
      allowWrite,
      onWrite,
    }),
    isSecret: (method) => api.safety.methods.get(method)?.secretReply === true,
  };
}
