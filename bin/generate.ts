import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Checkouts, keepCheckouts, readCheckouts } from "./steps/checkout.ts";
import { generate } from "./steps/generate.ts";
import { listProtos } from "./steps/list-protos.ts";
import { recordReplies } from "./steps/record-replies.ts";
import { siteConfig } from "./steps/site-config.ts";

const USAGE = `Usage: npm run generate -- [flags]

  --force            generate even where nothing has changed
  --check            write nothing; list the committed files that would change and exit with 1 if there are any
  --proto-root DIR   take the protos of a checkout of your own, comments and lines included, until --own-protos
  --upstream URL[@COMMIT]
                     where that checkout was published (default: its git's origin and HEAD)
  --api ID           which API that is (default: the one whose files are there)
  --own-protos       go back to the protos of playground.config.ts`;

class UsageError extends Error {}

const ROOT = fileURLToPath(new URL("..", import.meta.url));

try {
  const { values } = parseArgs({
    options: {
      force: { type: "boolean" },
      check: { type: "boolean" },
      "proto-root": { type: "string" },
      upstream: { type: "string" },
      api: { type: "string" },
      "own-protos": { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    console.log(USAGE);
  } else {
    await run(values);
  }
} catch (error) {
  const isUsage =
    error instanceof UsageError ||
    (error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS"));
  console.error(error instanceof Error ? error.message : error);
  if (isUsage) {
    console.error(`\n${USAGE}`);
  }
  process.exitCode = isUsage ? 2 : 1;
}

interface Flags {
  readonly force?: boolean;
  readonly check?: boolean;
  readonly "proto-root"?: string;
  readonly upstream?: string;
  readonly api?: string;
  readonly "own-protos"?: boolean;
}

async function run(flags: Flags): Promise<void> {
  const { force = false, check = false } = flags;
  const before = readCheckouts(ROOT);
  const checkouts = chosenCheckouts(flags, before);
  if (checkouts !== before) keepCheckouts(ROOT, checkouts);
  try {
    const generated = () => generate({ root: ROOT, force, check, log: console.log });
    let { written, deleted } = await generated();
    // The sandbox runs on code that was generated; what it answers is on the pages.
    if (Object.keys(checkouts).length === 0) {
      const recorded = await recordAll(check);
      if (check) written = [...written, ...recorded];
      else if (recorded.length > 0) ({ written, deleted } = await generated());
    }
    if (check && written.length + deleted.length > 0) {
      const lines = [
        ...written.map((path) => `  differs: ${path}`),
        ...deleted.map((path) => `  stale: ${path}`),
      ];
      console.error(`These files are not what the protos give. Run npm run generate.\n${lines.join("\n")}`);
      process.exitCode = 1;
    }
  } catch (error) {
    // Protos that cannot be generated from are not those of the runs to come.
    keepCheckouts(ROOT, before);
    throw error;
  }
}

/** Records the replies of the sandbox anew where they may be others. The files that changed, or would change. */
async function recordAll(check: boolean): Promise<string[]> {
  const changed: string[] = [];
  for (const { replies: file } of siteConfig.apis) {
    if (file === undefined) continue;
    try {
      if (await recordReplies({ root: ROOT, file, check, log: console.log })) changed.push(file);
    } catch (error) {
      if (check) throw error;
      // Pages can be made while the sandbox is worked on; the check does not pass until it answers.
      console.log(`replies: as they were, since ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return changed;
}

function chosenCheckouts(flags: Flags, before: Checkouts): Checkouts {
  const { "proto-root": protoRoot, upstream, api, "own-protos": own, check } = flags;
  if (own === true && protoRoot !== undefined)
    throw new UsageError("--own-protos and --proto-root exclude each other.");
  if (protoRoot === undefined && upstream !== undefined)
    throw new UsageError("--upstream goes with --proto-root.");
  if (protoRoot === undefined && own !== true) {
    if (api !== undefined) throw new UsageError("--api goes with --proto-root or --own-protos.");
    return before;
  }
  if (check === true) throw new UsageError("--check is of the site's own protos: give it by itself.");
  const ids = siteConfig.apis.map(({ id }) => id);
  if (api !== undefined && !ids.includes(api))
    throw new UsageError(`--api: there is no API ${api}; give ${ids.join(" or ")}.`);
  if (protoRoot === undefined) {
    return Object.fromEntries(Object.entries(before).filter(([id]) => api !== undefined && id !== api));
  }
  const folder = folderOf(protoRoot);
  const fitting = siteConfig.apis.filter(({ files }) =>
    files.every((path) => existsSync(resolve(ROOT, folder, path))),
  );
  const [only, ...others] = ids.length === 1 ? ids : fitting.map(({ id }) => id);
  const chosen = api ?? (others.length === 0 ? only : undefined);
  if (chosen === undefined)
    throw new UsageError(
      `It is not clear whose protos these are: say it with --api ${ids.join(" or --api ")}.`,
    );
  return { ...before, [chosen]: { protoRoot: folder, upstream: sourceOf(upstream) } };
}

/** The folder relative to the project, as the config names one. */
function folderOf(given: string): string {
  const folder = resolve(process.env.INIT_CWD ?? process.cwd(), given);
  let protos: readonly string[];
  try {
    protos = listProtos(folder);
  } catch {
    throw new UsageError(`--proto-root: there is no folder ${given}.`);
  }
  if (protos.length === 0) throw new UsageError(`--proto-root: there is no .proto file below ${given}.`);
  return relative(ROOT, folder);
}

function sourceOf(given: string | undefined) {
  if (given === undefined) return {};
  const match = /^(https:\/\/[^\s@]+?)(?:\.git)?\/?(?:@([\w./-]+))?$/.exec(given);
  if (match?.[1] === undefined)
    throw new UsageError(
      `--upstream: ${given} is not https://…@COMMIT; give such as https://github.com/owner/name@abc1234.`,
    );
  return { repository: match[1], ...(match[2] === undefined ? {} : { commit: match[2] }) };
}
