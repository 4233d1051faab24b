import type { ReplyStore } from "../../../lib/reply/reply-store.ts";

/** A reply that has ended, kept to compare later ones with it until the page is left. */
export interface Earlier {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly received: number;
  readonly bytes: number;
  /** gRPC status. */
  readonly code: number;
  readonly store: ReplyStore;
}

/** Replies kept of a method and profile, and bytes of all that are kept. */
const MOST_REPLIES = 10;
const MOST_BYTES = 48 << 20;

const kept = new Map<string, Earlier[]>();

/** Keeps a reply. The oldest go where there are too many. Not for methods whose replies are secret. */
export function keepReply(method: string, profile: string, reply: Earlier): void {
  if (reply.received === 0 || reply.bytes > MOST_BYTES / 2) return;
  const key = `${method} ${profile}`;
  kept.set(key, [reply, ...(kept.get(key) ?? [])].slice(0, MOST_REPLIES));
  let bytes = 0;
  for (const { bytes: size } of [...kept.values()].flat()) bytes += size;
  for (const [each, replies] of kept) {
    while (bytes > MOST_BYTES && replies.length > 0) bytes -= replies.pop()?.bytes ?? 0;
    if (replies.length === 0) kept.delete(each);
  }
}

/** The replies kept of a method and profile, newest first, but for the one that is shown. */
export function earlierReplies(method: string, profile: string, but: number): readonly Earlier[] {
  return (kept.get(`${method} ${profile}`) ?? []).filter(({ id }) => id !== but);
}
