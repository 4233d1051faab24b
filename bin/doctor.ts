import { homedir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { DOCTOR_STAGES, type DoctorStage } from "../lib/call/doctor.ts";
import { createBridge } from "../server/create-bridge.ts";
import { Doctor } from "../server/doctor/doctor.ts";
import { formatAddress } from "../server/profiles/address.ts";
import { openProfiles, type ProfileArguments } from "../server/profiles/open-profiles.ts";
import type { ServedProfile } from "../server/profiles/profile-store.ts";
import { PROFILES_FILE } from "../server/profiles/profiles-file.ts";
import { generate } from "./steps/generate.ts";
import { liveCallsOf } from "./steps/live-calls.ts";
import { readApi } from "./steps/read-api.ts";
import { siteConfig, siteDaemons } from "./steps/site-config.ts";
import { DAEMON_FOLDERS, daemonUsage, PROFILE_OPTIONS, profileArguments } from "./steps/start-flags.ts";

const USAGE = `Usage: npm run doctor -- [flags]

Checks the daemons that npm start would offer, from the outside in: address, TLS, macaroon, permissions, version,
network, and what program answers. Changes nothing. Ends with code 0 where nothing failed, and with 1 where something did.

${daemonUsage("check")}
  --profiles FILE            check the daemons of this list (${PROFILES_FILE}, here)
  --json                     one JSON document instead of text
  --help                     show this

Daemons whose files are in ${DAEMON_FOLDERS} are checked too.`;

const ROOT = join(import.meta.dirname, "..");

/** What was found of one profile. */
interface Report {
  readonly profile: string;
  readonly network: string;
  readonly address: string;
  readonly stages: readonly DoctorStage[];
}

const flags = parse(process.argv.slice(2));
if (typeof flags === "string") {
  console.error(flags);
  process.exitCode = 2;
} else if (flags.help === true) console.log(USAGE);
else {
  process.exitCode = await examine(profileArguments(flags), flags.json === true);
}

function parse(argv: readonly string[]) {
  const options = {
    ...PROFILE_OPTIONS,
    json: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  } as const;
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: false }).values;
  } catch (cause) {
    return `${cause instanceof Error ? cause.message.split(". To specify")[0] : cause}. See npm run doctor -- --help.`;
  }
}

/** The exit code: 1 where a stage failed, or where there is nothing to check. */
async function examine(named: ProfileArguments, json: boolean): Promise<number> {
  const home = homedir();
  const cwd = process.env.INIT_CWD ?? process.cwd();
  const opened = openProfiles(null, named, { home, cwd, daemons: siteDaemons });
  if (opened.kind === "error") {
    if (json) console.log(JSON.stringify({ profiles: [], problems: [opened.message] }, null, 2));
    else console.error(opened.message);
    return 1;
  }
  await generate({ root: ROOT, force: false, check: false, log: () => {} });
  const bridge = createBridge({ ...(await readApi(ROOT, siteConfig.apis)), profiles: opened.store });
  const doctor = new Doctor(bridge, { live: liveCallsOf(siteConfig.apis) });
  const reports: Report[] = [];
  for (const { id } of opened.store.list()) {
    const profile = opened.store.get(id);
    if (profile === undefined) continue;
    if (!json) console.log(heading(profile));
    const stages: DoctorStage[] = [];
    for await (const stage of doctor.examine(profile)) {
      stages.push(stage);
      if (!json) console.log(lines(stage, stages.at(-2)?.address));
    }
    reports.push({
      profile: profile.label,
      network: profile.network,
      address: addressOf(profile),
      stages,
    });
  }
  bridge.pool.close();
  if (json) console.log(JSON.stringify({ profiles: reports, problems: opened.problems }, null, 2));
  else for (const problem of opened.problems) console.log(`\nfailed   ${problem}`);
  const failed = reports.some(({ stages }) => stages.some(({ state }) => state === "failed"));
  return failed || opened.problems.length > 0 ? 1 : 0;
}

function heading(profile: ServedProfile): string {
  return `\n${profile.label}, ${profile.network}, ${addressOf(profile)}`;
}

function addressOf({ endpoints: [first] }: ServedProfile): string {
  return first === undefined ? "no address" : formatAddress(first.address);
}

/** One stage as text, under a line with its address where that is another than before. */
function lines({ stage, address, state, sentence, facts }: DoctorStage, before: string | undefined): string {
  const word = state === "not-reached" ? "-" : state;
  const head = before !== undefined && before !== address ? [`\n  at ${address}`] : [];
  return [
    ...head,
    `  ${word.padEnd(8)} ${DOCTOR_STAGES[stage].padEnd(12)} ${sentence}`,
    ...facts.map(([name, value]) => `${" ".repeat(24)}${name}: ${value}`),
  ].join("\n");
}
