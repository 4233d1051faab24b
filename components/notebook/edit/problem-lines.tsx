import type { NotebookProblem } from "../../../lib/notebook/notebook.ts";
import styles from "./edit.module.css";

const MOST = 20;

/** What is wrong, each with its line and column, which lead there. */
export function ProblemLines({
  problems,
  onGoTo,
}: {
  readonly problems: readonly NotebookProblem[];
  readonly onGoTo: ((problem: NotebookProblem) => void) | null;
}) {
  if (problems.length === 0) return null;
  return (
    <ul className={styles.problems}>
      {problems.slice(0, MOST).map((problem) => {
        const { offset, line, column, message } = problem;
        const words = (
          <>
            <strong>
              {line}:{column}
            </strong>{" "}
            {message}
          </>
        );
        return (
          <li key={`${offset} ${message}`}>
            {onGoTo === null ? (
              words
            ) : (
              <button type="button" onClick={() => onGoTo(problem)}>
                {words}
              </button>
            )}
          </li>
        );
      })}
      {problems.length > MOST && <li>and {problems.length - MOST} more</li>}
    </ul>
  );
}
