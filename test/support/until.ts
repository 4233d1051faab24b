import assert from "node:assert/strict";

/** Asks again every 20 ms until the answer is as wanted, and gives it; fails with the last answer after `patienceMs`. */
export async function until<T>(
  ask: () => T | Promise<T>,
  wanted: (answer: T) => boolean = Boolean,
  patienceMs = 10_000,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    if (Date.now() > deadline) assert.fail(`still ${JSON.stringify(answer)} after ${patienceMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
