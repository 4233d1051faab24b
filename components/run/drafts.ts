import type { BytesForm } from "../../lib/call/call.ts";

/** What a reader has made of a request. `example` and `step`: which message of which example it began as. */
export interface Draft {
  readonly text: string;
  readonly bytes: BytesForm;
  readonly example: number;
  readonly step: number;
}

const drafts = new Map<string, Draft>();

/** The request of a method as it was left on an earlier visit, until the page is loaded anew. */
export function recallDraft(method: string): Draft | undefined {
  return drafts.get(method);
}

/** Keeps it; null forgets what was kept. */
export function keepDraft(method: string, draft: Draft | null): void {
  if (draft === null) drafts.delete(method);
  else drafts.set(method, draft);
}
