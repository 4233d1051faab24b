import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createRegistry, type Registry } from "@bufbuild/protobuf";
import { generate } from "./steps/generate.ts";
import { readNotebookFile, runNotebookFile } from "./steps/notebook-file.ts";
import { NOTEBOOK_USAGE, type NotebookFlags, parseNotebookFlags } from "./steps/notebook-flags.ts";
import { reportHtml } from "./steps/notebook-html.ts";
import { junitXml } from "./steps/notebook-junit.ts";
import { problemLines } from "./steps/notebook-lines.ts";
import { hasPassed, type NotebookReport } from "./steps/notebook-report.ts";
import { type NotebookServer, openNotebookServer } from "./steps/notebook-server.ts";
import { profileArguments } from "./steps/start-flags.ts";

const ROOT = join(import.meta.dirname, "..");
/** The folder in which the command was given. */
const CWD = process.env.INIT_CWD ?? process.cwd();

const flags = parseNotebookFlags(process.argv.slice(2));
if (typeof flags === "string") {
  console.error(flags);
  process.exitCode = 2;
} else if (flags.values.help === true) console.log(NOTEBOOK_USAGE);
else process.exitCode = await main(flags);

/** The exit code: 1 where a notebook has a problem or a cell failed, 2 where the command line is wrong. */
async function main({ files, values }: NotebookFlags): Promise<number> {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  const reports: NotebookReport[] = [];
  let server: NotebookServer | null = null;
  try {
    for (const file of files) {
      const path = resolve(CWD, file);
      const read = await readNotebookFile(path);
      if (read.kind === "problems") {
        const report = {
          file,
          notebook: null,
          profile: "nothing",
          problems: read.problems,
          cells: [],
          ms: 0,
        };
        for (const line of problemLines(report)) console.log(line);
        reports.push(report);
        continue;
      }
      const { notebook } = read;
      // One that names no scenario takes the world as it is, and that is not to depend on the one before.
      if (server?.profile.kind === "sandbox" && notebook.info.scenario === null) {
        await server[Symbol.asyncDispose]();
        server = null;
      }
      if (server === null) {
        const opened = await open(values);
        if (typeof opened === "string") {
          console.error(opened);
          return 2;
        }
        server = opened;
      }
      const update = values.update === true;
      reports.push(
        await runNotebookFile({
          path,
          file,
          notebook,
          server,
          update,
          log: console.log,
          signal: stop.signal,
        }),
      );
      if (stop.signal.aborted) break;
    }
    writeReports(reports, values, server?.apis.registry ?? createRegistry());
  } finally {
    await server?.[Symbol.asyncDispose]();
  }
  return reports.every(hasPassed) && !stop.signal.aborted ? 0 : 1;
}

/** The server, or what is wrong with the command line. */
async function open(values: NotebookFlags["values"]): Promise<NotebookServer | string> {
  await generate({ root: ROOT, force: false, check: false, log: () => {} });
  const opened = await openNotebookServer({
    root: ROOT,
    profile: values.profile ?? null,
    named: profileArguments(values),
    home: homedir(),
    cwd: CWD,
    allowWrite: values["allow-write"] === true,
    onWrite: (line) => console.log(`  write       ${line}`),
  });
  if (opened.kind === "refused") return opened.message;
  const { server } = opened;
  const { label, network, kind } = server.profile;
  const refusal =
    values.update === true && kind === "daemon"
      ? `--update keeps what a sandbox replies, and ${label} is a real daemon: leave out --profile.`
      : kind === "daemon" &&
          network === "mainnet" &&
          values["allow-write"] === true &&
          values.mainnet !== true
        ? `${label} is on mainnet, where writes spend bitcoin: add --mainnet beside --allow-write where you mean it.`
        : null;
  if (refusal === null) return server;
  await server[Symbol.asyncDispose]();
  return refusal;
}

function writeReports(
  reports: readonly NotebookReport[],
  { junit, report }: NotebookFlags["values"],
  registry: Registry,
): void {
  const write = (file: string | undefined, text: () => string) => {
    if (file === undefined) return;
    const path = resolve(CWD, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text());
  };
  const tokens = () => readFileSync(join(ROOT, "app/tokens.css"), "utf8");
  write(junit, () => junitXml(reports, registry));
  write(report, () => reportHtml(reports, { tokens: tokens(), registry, at: new Date() }));
}
