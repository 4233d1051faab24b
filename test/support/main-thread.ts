import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";

interface TraceEvent {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Processor time in microseconds: what else the machine does is not in it. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** The longest that one task held up the page's thread during `work`, in milliseconds of processor time. */
export async function longestTask(browser: Browser, page: Page, work: () => Promise<void>): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "playground-trace-"));
  const path = join(folder, "trace.json");
  try {
    await browser.startTracing(page, { path, categories: ["toplevel"] });
    await work().finally(() => browser.stopTracing());
    const { traceEvents } = JSON.parse(await readFile(path, "utf8")) as { traceEvents: TraceEvent[] };
    const thread = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
    const named = (event: TraceEvent) => event.ph === "M" && event.args?.name === "CrRendererMain";
    const pages = new Set(traceEvents.filter(named).map(thread));
    const tasks = traceEvents.filter((event) => event.tdur !== undefined && pages.has(thread(event)));
    if (tasks.length === 0) throw new Error("the trace has no tasks of a page");
    return tasks.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur), 0) / 1000;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
