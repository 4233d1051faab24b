import { parseArgs } from "node:util";
import { DAEMON_FOLDERS, daemonUsage, PROFILE_OPTIONS } from "./start-flags.ts";

export const NOTEBOOK_USAGE = `Usage: npm run notebook -- FILE… [flags]

Runs notebooks cell by cell, as the page does, and prints a line for each. Without a profile it runs them against a sandbox of
their own, which ends with the run, and compares the replies with outputs/NAME.json beside the notebook. Ends with code 0 where
every cell did what it is for, with 1 where one did not, and with 2 where the command line is wrong.

  --profile NAME             run against this profile of npm start instead of the sandbox
  --allow-write              let writes through to a real daemon; without it a notebook with one is not run there
  --mainnet                  with --allow-write: it is mainnet, and that is meant
  --junit FILE               write JUnit XML, a test case for each cell
  --report FILE              write an HTML page with the notebook and what its cells gave
  --update                   write what the cells replied to outputs/NAME.json
${daemonUsage("offer")}
  --profiles FILE            more daemons: a list of them
  --help                     show this

Daemons whose files are in ${DAEMON_FOLDERS} are found by themselves.`;

const OPTIONS = {
  ...PROFILE_OPTIONS,
  profile: { type: "string" },
  "allow-write": { type: "boolean" },
  mainnet: { type: "boolean" },
  junit: { type: "string" },
  report: { type: "string" },
  update: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** What the command line says. */
export interface NotebookFlags {
  readonly files: readonly string[];
  readonly values: ReturnType<typeof parse>["values"];
}

/** Reads the command line, or gives the sentence that says what is wrong with it. */
export function parseNotebookFlags(argv: readonly string[]): NotebookFlags | string {
  let read: ReturnType<typeof parse>;
  try {
    read = parse(argv);
  } catch (cause) {
    return `${cause instanceof Error ? cause.message.split(". To specify")[0] : cause}. See npm run notebook -- --help.`;
  }
  const { values, positionals } = read;
  if (values.help === true) return { files: positionals, values };
  if (positionals.length === 0)
    return "Name a notebook: npm run notebook -- content/notebooks/first-account.mdx";
  if (values.mainnet === true && values["allow-write"] !== true) return "--mainnet goes with --allow-write.";
  const twice = positionals.find((file, i) => positionals.indexOf(file) < i);
  if (twice !== undefined) return `${twice} is named twice.`;
  return { files: positionals, values };
}

function parse(argv: readonly string[]) {
  return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
}
