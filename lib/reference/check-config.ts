import type { ApiConfig, PlaygroundConfig, ResolvedApi } from "./api-config.ts";
import { apiPath } from "./api-config.ts";
import { integer, listOf, object, type Say, type Shape, suggest, text, textOr } from "./config-shape.ts";

/** A config that is right, or each mistake in it: where, what, and what to do, without the file's name. */
export type ConfigReading =
  | { readonly kind: "config"; readonly config: PlaygroundConfig }
  | { readonly kind: "mistakes"; readonly mistakes: readonly string[] };

const NAME = text("letters, digits and dots, as in package.Service", /^[A-Za-z_][\w.]*$/);
const METHOD = text("a method's full name, as in package.Service.Method", /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)+$/);
const PROGRAM = text("the program's name in small letters, digits and dashes", /^[a-z][a-z0-9-]*$/);
const PATH = text("a path");
const FIELD = text("a field's name", /^[a-z_]\w*$/i);
const HTTPS = text("an address that begins with https://", /^https:\/\/\S+$/);

const SERVICES = object({ daemon: listOf(NAME) }, { auctioneer: listOf(NAME) });

const API_NEEDED = {
  id: text("small letters, digits and dashes, such as lnd", /^[a-z][a-z0-9-]{0,39}$/),
  title: text("the name that readers know the API by"),
  protoRoot: text("the folder that imports begin at"),
} as const;

const GO_MODULE = text("a module's path, such as example.org/api", /^[\w-]+(\.[\w-]+)+(\/[\w.~-]+)*$/);

const API_OPTIONAL = {
  path: text('one segment of an address, such as lnd, or ""', /^([a-z][a-z0-9-]{0,39})?$/),
  files: listOf(text("a .proto file, relative to protoRoot", /^(?!\/).*\.proto$/), { least: 1 }),
  importRoots: listOf(text("a folder that imports begin at")),
  serviceConfig: textOr(PATH, listOf(PATH)),
  permissions: PATH,
  safety: PATH,
  upstream: textOr(
    PATH,
    object(
      {},
      { repository: HTTPS, commit: text("a commit's hash", /^[0-9a-f]{7,64}$/), release: text("a tag") },
    ),
  ),
  errors: PATH,
  macaroonGuide: text("a path of the site, such as /guides/macaroons", /^\/[\w/-]+$/),
  replies: PATH,
  upstreamLink,
  cli: object({ program: PROGRAM }, { commands: PATH }),
  goModules: listOf(
    object(
      { module: GO_MODULE, version: text("a version, such as v1.2.3", /^v\d+\.\d+\.\d+[\w.+-]*$/) },
      {
        replaces: listOf(
          object({
            module: GO_MODULE,
            by: text("a module and its version, such as example.org/api@v1.2.3", /^[\w./~-]+@v[\w.+-]+$/),
          }),
        ),
      },
    ),
  ),
  live: object({ method: METHOD }, { height: FIELD, version: FIELD }),
  hosts: object({
    own: PROGRAM,
    others: listOf(
      object({ name: text("the program's name"), probe: text("package.Service/Method", /^[\w.]+\/\w+$/) }),
    ),
  }),
  daemon: object(
    {
      program: PROGRAM,
      port: integer(1, 65_535),
      files: object({ folder: PATH, tlsCert: PATH, macaroon: PATH }),
    },
    { restPort: integer(1, 65_535) },
  ),
  services: SERVICES,
  groups: listOf(object({ title: text("what the navigation shows"), methods: listOf(METHOD, { least: 1 }) })),
} as const satisfies Partial<Record<keyof ApiConfig, Shape>>;

// A setting that has no shape would be refused as unknown.
({ ...API_NEEDED, ...API_OPTIONAL }) satisfies Record<keyof ApiConfig, Shape>;

const SITE = object(
  { apis: listOf(object(API_NEEDED, API_OPTIONAL), { least: 1 }) },
  {
    sandbox: object(
      { daemon: listOf(NAME), auctioneer: listOf(NAME) },
      { scenario: object({ method: METHOD, name: FIELD, seed: FIELD }) },
    ),
  },
);

/** Finds every mistake that shows without the files that the config names. `value` is what the file exports. */
export function readConfig(value: unknown): ConfigReading {
  const mistakes: string[] = [];
  const say: Say = (at, sentence) => {
    mistakes.push(`${at} ${sentence}${/[.?]$/.test(sentence) ? "" : "."}`);
  };
  SITE(value, "config", (at, sentence) => say(at.replace(/^config\./, ""), sentence));
  if (mistakes.length > 0) return { kind: "mistakes", mistakes };
  const config = value as PlaygroundConfig;
  checkTogether(config, say);
  return mistakes.length > 0 ? { kind: "mistakes", mistakes } : { kind: "config", config };
}

/** What each API may say by itself, but not beside the others. */
function checkTogether({ apis, sandbox }: PlaygroundConfig, say: Say): void {
  const ids = new Map<string, string>();
  const paths = new Map<string, string>();
  const servedBy = new Map<string, string>();
  const daemons = new Map<string, readonly [at: string, daemon: string]>();
  for (const [i, api] of apis.entries()) {
    const at = `apis[${i}]`;
    const other = ids.get(api.id);
    if (other !== undefined)
      say(`${at}.id`, `is ${api.id}, which is ${other} already; give each API its own`);
    ids.set(api.id, at);
    const path = apiPath(api);
    const before = paths.get(path);
    if (before !== undefined && other === undefined) {
      say(`${at}.path`, `is ${JSON.stringify(path)}, where the pages of ${before} are; give it another path`);
    }
    paths.set(path, at);
    if (api.services !== undefined && api.daemon === undefined)
      say(`${at}.services`, "names services, but no daemon is said to serve them; add daemon");
    const { daemon = [], auctioneer = [] } = api.services ?? {};
    for (const [key, names] of [
      ["daemon", daemon],
      ["auctioneer", auctioneer],
    ] as const) {
      for (const [j, name] of names.entries()) {
        const place = `${at}.services.${key}[${j}]`;
        const first = servedBy.get(name);
        if (first !== undefined) say(place, `names ${name}, which ${first} has already; take one out`);
        servedBy.set(name, place);
      }
    }
    if (api.daemon === undefined) continue;
    const same = daemons.get(api.daemon.program);
    const facts = JSON.stringify([api.daemon.port, api.daemon.restPort, api.daemon.files]);
    if (same !== undefined && same[1] !== facts)
      say(
        `${at}.daemon`,
        `is ${api.daemon.program} as in ${same[0]}, with another port or other files; make them the same`,
      );
    daemons.set(api.daemon.program, [`${at}.daemon`, facts]);
  }
  const taken = [...RESERVED_FLAGS].filter((flag) => daemons.has(flag));
  for (const flag of taken)
    say(
      daemons.get(flag)?.[0] ?? "",
      `has the program ${flag}, which is a flag of npm start itself; use another name`,
    );
  const inBoth = sandbox?.daemon.filter((name) => sandbox.auctioneer.includes(name)) ?? [];
  for (const name of inBoth) say("sandbox", `names ${name} for both of its ports; take one out`);
}

/** Flags of `npm start` that no daemon's program can be named after. */
const RESERVED_FLAGS = new Set(
  "port tlscert macaroon network auctioneer auctioneer-tlscert auctioneer-macaroon profiles host access-token sandbox-dir collection help json force check profile allow-write mainnet junit report update".split(
    " ",
  ),
);

const PLACEHOLDERS = ["repository", "commit", "path", "line"];

function upstreamLink(value: unknown, at: string, say: Say): void {
  if (typeof value !== "string") {
    text("a pattern with {repository}, {commit}, {path} and {line}")(value, at, say);
    return;
  }
  const used = [...value.matchAll(/\{([^{}]*)\}/g)].map(([, name = ""]) => name);
  for (const name of used) {
    if (!PLACEHOLDERS.includes(name))
      say(at, `has the placeholder {${name}}; ${suggest(name, PLACEHOLDERS)}`);
  }
  if (!used.includes("path")) say(at, "has no {path}, so every link would lead to the same page; add it");
  if (!/^(https:\/\/|\{repository\})/.test(value))
    say(at, "does not begin with https:// or {repository}; begin it so");
}

/** GitHub's. */
const DEFAULT_UPSTREAM_LINK = "{repository}/blob/{commit}/{path}#L{line}";

/** An API with what its config leaves out. `files` are those below the root, for a config that names none. */
export function resolveApi(api: ApiConfig, files: readonly string[]): ResolvedApi {
  const { daemon = [], auctioneer = [] } = api.services ?? {};
  return {
    ...api,
    path: apiPath(api),
    files: api.files ?? files,
    upstreamLink: api.upstreamLink ?? DEFAULT_UPSTREAM_LINK,
    services: { daemon, auctioneer },
    groups: api.groups ?? [],
  };
}
