import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { KNOWN_DIFFERENCES } from "../test/conformance/known-differences.ts";
import { type RecordedCase, readRecordings } from "../test/conformance/recorded-case.ts";
import { type CaseResult, runAll } from "../test/conformance/run-all.ts";
import { readWorlds } from "../test/conformance/worlds.ts";

const FIXTURES = join(import.meta.dirname, "../test/fixtures/recordings");
const USAGE = `npm run conformance [-- --recordings <dir>] [-- --import <dir>]
  --recordings <dir>  make the calls of another folder of recordings; known differences are told, not held against it
  --import <dir>      copy verbatim recordings into test/fixtures/recordings, a case a line, without their macaroons`;

const [flag, dir, ...rest] = process.argv.slice(2);
if (flag === "--import" && dir !== undefined && rest.length === 0) {
  importRecordings(resolve(dir));
} else if (flag === undefined || (flag === "--recordings" && dir !== undefined && rest.length === 0)) {
  void main(dir === undefined ? FIXTURES : resolve(dir), dir === undefined);
} else {
  console.error(USAGE);
  process.exit(2);
}

/** One case a line, so that a change of one is a change of one line. */
function importRecordings(from: string): void {
  for (const { file, cases } of readRecordings(from)) {
    const lines = cases.map((recorded) => `${JSON.stringify(recorded)}\n`);
    writeFileSync(join(FIXTURES, file.replace(/\.json$/, ".jsonl")), lines.join(""));
  }
}

async function main(from: string, own: boolean): Promise<void> {
  const all = readRecordings(from).flatMap(({ cases }) => cases);
  const cases = all.filter(hasAnswer).sort((a, b) => a.order - b.order);
  const results = await runAll(cases, readWorlds(join(FIXTURES, "worlds.jsonl")));
  const known = new Map(KNOWN_DIFFERENCES.map(({ order, reason }) => [order, reason]));
  const differing = results.filter(({ differences }) => differences.length > 0);
  const failed = differing.filter(({ recorded }) => !(own && known.has(recorded.order)));
  const surprising = own
    ? results.filter((result) => known.has(result.recorded.order) && !differing.includes(result))
    : [];
  for (const result of differing) tell(result, known.get(result.recorded.order));
  for (const { recorded } of surprising) {
    console.log(
      `${recorded.order} ${recorded.case}: listed in known-differences.ts, but answered as recorded`,
    );
  }
  const passed = results.length - differing.length - surprising.length;
  const listed = differing.length - failed.length;
  console.log(
    `${passed} passed, ${failed.length + surprising.length} failed${listed > 0 ? `, ${listed} known to differ` : ""}`,
  );
  process.exit(failed.length + surprising.length === 0 ? 0 : 1);
}

/** Now and then the recorder itself failed: then there is nothing to compare. */
function hasAnswer({ rest }: RecordedCase): boolean {
  return rest?.exception === undefined || !rest.exception.startsWith("TypeError");
}

function tell({ recorded, differences }: CaseResult, reason: string | undefined): void {
  const { order, transport, case: name } = recorded;
  console.log(
    `${order} ${name} (${transport})${reason === undefined ? "" : ` is known to differ: ${reason}`}`,
  );
  if (reason === undefined) {
    for (const line of differences.slice(0, 4)) console.log(`    ${line}`);
  }
}
