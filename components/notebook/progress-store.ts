/** How far a reader has come in a lesson, on this machine. */
export interface LessonProgress {
  /** The most cells that were done at once, and of how many. */
  readonly done: number;
  readonly of: number;
  /** Milliseconds since 1970 of when all were done for the first time; null: not yet. */
  readonly finishedAt: number | null;
}

const KEY = "notebooks";

type Kept = Readonly<Record<string, LessonProgress>>;

const NOTHING: Kept = {};
let kept: Kept | null = null;
const listeners = new Set<() => void>();

/** Of each lesson that was begun, by its slug. The same object as long as nothing changes. */
export function allProgress(): Kept {
  kept ??= read();
  return kept;
}

export function noProgress(): Kept {
  return NOTHING;
}

export function onProgress(listener: () => void): () => void {
  const onStorage = ({ key }: StorageEvent) => {
    if (key !== KEY && key !== null) return;
    kept = null;
    listener();
  };
  listeners.add(listener);
  window.addEventListener("storage", onStorage);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", onStorage);
  };
}

/** Notes that so many cells of a lesson are done. What was reached before stays. */
export function noteProgress(slug: string, done: number, of: number): void {
  const before = allProgress()[slug];
  const most = before === undefined || before.of !== of ? done : Math.max(done, before.done);
  const finishedAt = before?.finishedAt ?? (of > 0 && done === of ? Date.now() : null);
  if (before?.done === most && before.of === of && before.finishedAt === finishedAt) return;
  write({ ...allProgress(), [slug]: { done: most, of, finishedAt } });
}

/** Forgets how far the reader has come in all lessons. */
export function forgetProgress(): void {
  write({});
}

function write(next: Kept): void {
  kept = next;
  try {
    localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // A browser that keeps nothing shows it until the page is left.
  }
  for (const listener of listeners) listener();
}

function read(): Kept {
  try {
    const parsed: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    if (typeof parsed !== "object" || parsed === null) return NOTHING;
    return Object.fromEntries(
      Object.entries(parsed as Record<string, Partial<LessonProgress>>).flatMap(([slug, each]) =>
        typeof each?.done === "number" && typeof each.of === "number"
          ? [[slug, { done: each.done, of: each.of, finishedAt: each.finishedAt ?? null }]]
          : [],
      ),
    );
  } catch {
    return NOTHING;
  }
}
