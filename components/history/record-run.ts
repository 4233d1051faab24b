import type { Profile } from "../../lib/call/profile.ts";
import { cleanEntry } from "../../lib/workspace/history.ts";
import type { RunRecord } from "../run/run-record.ts";
import { addEntry } from "./history-store.ts";

/** Keeps what a run left behind in the history, where that is on. A browser that keeps nothing is no reason to fail. */
export async function recordRun(record: RunRecord, profiles: readonly Profile[]): Promise<void> {
  const profile = profiles.find(({ id }) => id === record.profile);
  const entry = cleanEntry({
    at: record.startedAt,
    profile: record.profile,
    profileLabel: profile?.label ?? record.profile,
    network: profile?.network ?? "",
    method: record.method,
    bytes: record.bytes,
    request: { text: record.request, complete: true },
    status: record.status,
    durationMs: record.times.end,
    sizes: record.sizes,
    reply: record.reply,
  });
  await addEntry(entry).catch(() => {});
}
