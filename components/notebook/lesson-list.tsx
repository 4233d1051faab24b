"use client";

import { useSyncExternalStore } from "react";
import { type LessonSummary, summaryWords } from "./lesson-summary.ts";
import styles from "./lessons.module.css";
import {
  allProgress,
  forgetProgress,
  type LessonProgress,
  noProgress,
  onProgress,
} from "./progress-store.ts";

/** The lessons in their order, each with how far the reader has come. */
export function LessonList({ lessons }: { readonly lessons: readonly LessonSummary[] }) {
  const progress = useSyncExternalStore(onProgress, allProgress, noProgress);
  const finished = lessons.filter(({ slug }) => progress[slug]?.finishedAt != null).length;
  const begun = lessons.some(({ slug }) => progress[slug] !== undefined);
  const next = lessons.find(({ slug }) => progress[slug]?.finishedAt == null);
  if (lessons.length === 0) {
    return <p className={styles.meta}>There are none here: lessons are files in content/notebooks.</p>;
  }
  return (
    <>
      <div className={styles.overall}>
        <p>
          {begun
            ? `${finished} of ${lessons.length} finished on this machine.`
            : `${lessons.length} lessons, in this order.`}
        </p>
        <progress max={lessons.length} value={finished} aria-label="Lessons finished" hidden={!begun} />
        {next !== undefined && (
          <a className={styles.go} href={`/notebooks/${next.slug}`}>
            {begun ? "Go on with" : "Begin with"} “{next.title}”
          </a>
        )}
        {begun && (
          <button type="button" className={styles.forget} onClick={forgetProgress}>
            Forget progress
          </button>
        )}
      </div>
      <ol className={styles.lessons}>
        {lessons.map((lesson, index) => (
          <li key={lesson.slug} data-next={lesson === next}>
            <a href={`/notebooks/${lesson.slug}`} className={styles.lesson}>
              <span className={styles.ordinal} aria-hidden="true">
                {index + 1}
              </span>
              <span className={styles.about}>
                <strong>{lesson.title}</strong>
                <span>{lesson.description}</span>
                <small>{summaryWords(lesson)}</small>
              </span>
              <Standing progress={progress[lesson.slug]} />
            </a>
          </li>
        ))}
      </ol>
    </>
  );
}

function Standing({ progress }: { readonly progress: LessonProgress | undefined }) {
  if (progress === undefined) return <span className={styles.standing} />;
  if (progress.finishedAt !== null) {
    return (
      <span className={styles.standing} data-finished="true">
        <span aria-hidden="true">✓ </span>Finished
      </span>
    );
  }
  return (
    <span className={styles.standing}>
      {progress.done} of {progress.of}
      <progress max={progress.of} value={progress.done} aria-hidden="true" />
    </span>
  );
}
