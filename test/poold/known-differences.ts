/** Steps in which the sandbox differs from a real poold, each with the reason. One that no longer differs fails the run. */
export const KNOWN_DIFFERENCES: Readonly<Record<string, string>> = {};
