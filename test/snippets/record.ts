import type { Cell } from "./run-matrix.ts";

/** The record of a run: what ran with which client. The site's marks come from it. */
export function toRecord(
  results: readonly {
    readonly id: string;
    readonly versions: readonly string[];
    readonly cells: readonly Cell[];
  }[],
): string {
  const languages = Object.fromEntries(
    results.map(({ id, versions, cells }) => [
      id,
      {
        versions,
        methods: cells
          .filter(({ kind, method }) => kind === "passed" && !method.includes(" "))
          .map(({ method }) => method),
      },
    ]),
  );
  return `${JSON.stringify({ languages }, null, 2)}\n`;
}
