/** What has been started and must be stopped, last first. */
export interface Stops {
  add(stop: () => Promise<unknown>): void;
  all(): Promise<void>;
}

/** Stops what was added, and then the process with exit code 0, at Ctrl+C or SIGTERM. */
export function stopOnSignal(line: string): Stops {
  const stops: (() => Promise<unknown>)[] = [];
  const all = async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      console.log(`\n${line}`);
      void all().then(() => process.exit(0));
    });
  }
  return { add: (stop) => stops.push(stop), all };
}
