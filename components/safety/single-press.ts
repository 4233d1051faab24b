/** Presses that follow each other faster than this are one: a double click, or a key that is held down. */
const APART_MS = 700;

/** Tells whether a press counts. One soon after another does not, whether that one counted or not. */
export function singlePress(now: () => number = () => performance.now()): () => boolean {
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    const since = now() - last;
    last = now();
    return since >= APART_MS;
  };
}
