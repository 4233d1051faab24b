/** Timers of browsers and of Node end at 2^31 ms. */
const LONGEST_SECONDS = 2_000_000;

export type DeadlineReading =
  | { readonly kind: "ok"; readonly ms: number | null }
  | { readonly kind: "problem"; readonly message: string };

/** A deadline typed in seconds, as whole milliseconds; null where nothing is typed. */
export function readDeadline(text: string): DeadlineReading {
  if (text.trim() === "") return { kind: "ok", ms: null };
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= LONGEST_SECONDS)) {
    return {
      kind: "problem",
      message: `deadline: write seconds, more than 0 and at most ${LONGEST_SECONDS.toLocaleString("en-US")}.`,
    };
  }
  return { kind: "ok", ms: Math.max(1, Math.round(seconds * 1000)) };
}
