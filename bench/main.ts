/**
 * Measures the playground against its peers, all in one run, and prints one table; ends with code 1 where a target is
 * missed. A peer that is not here is named and left out.
 *
 * Usage: npm run bench [-- topic...]
 */
import { availableParallelism, loadavg } from "node:os";
import { measureBridge } from "./bridge.ts";
import { measureClick } from "./click.ts";
import { measureEditor } from "./editor.ts";
import { measureGenerate } from "./generate.ts";
import { measureLanguage } from "./language.ts";
import { measureNotebook } from "./notebook.ts";
import { measureOrders } from "./orders.ts";
import { measurePages } from "./page.ts";
import { measureSandbox } from "./sandbox.ts";
import { measureSearch } from "./search.ts";
import { measureStreams } from "./stream.ts";
import { createContext, type Topic } from "./support/context.ts";
import { isMissed, type Row, table } from "./support/row.ts";

const TOPICS: Readonly<Record<string, Topic>> = {
  bridge: measureBridge,
  click: measureClick,
  editor: measureEditor,
  generate: measureGenerate,
  notebook: measureNotebook,
  orders: measureOrders,
  stream: measureStreams,
  language: measureLanguage,
  page: measurePages,
  search: measureSearch,
  sandbox: measureSandbox,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in TOPICS));
if (unknown.length > 0) {
  console.error(`There is no topic ${unknown.join(", ")}. Topics: ${Object.keys(TOPICS).join(", ")}.`);
  process.exit(2);
}

const load = () => `load ${(loadavg()[0] ?? 0).toFixed(1)} on ${availableParallelism()} cores`;
const rows: Row[] = [];
{
  await using context = createContext();
  for (const [name, measure] of Object.entries(TOPICS)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    console.log(`Measuring: ${name} (${load()})`);
    try {
      rows.push(...(await measure(context)));
    } catch (error) {
      rows.push({
        kind: "failed",
        name,
        why: (error instanceof Error ? error.message : String(error)).trim(),
      });
    }
  }
}
console.log(`\n${table(rows)}\n`);
const missed = rows.filter(isMissed).length;
console.log(missed === 0 ? "Every target is met." : `${missed} of ${rows.length} missed their target.`);
process.exit(missed === 0 ? 0 : 1);
