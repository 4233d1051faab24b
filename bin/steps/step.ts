/** Runs one step and says what is done, then how it came out and how long it took. */
export async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  console.log(name);
  const result = await work();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`  ${typeof result === "string" ? result : "done"}, ${seconds} s`);
  return result;
}
