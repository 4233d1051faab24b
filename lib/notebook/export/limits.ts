/** The most messages of a stream whose cell does not say when it has enough, as where a notebook runs. */
export const MOST_MESSAGES = 1_000;

/** The deadline of a program's calls where their cells say no other, in milliseconds. */
export const DEADLINE_MS = 30_000;
