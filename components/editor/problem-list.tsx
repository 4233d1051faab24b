import { type Problem, positionAt } from "../../lib/schema/problem.ts";
import styles from "./problem-list.module.css";

const shown = 20;

/** What is wrong with the text, each with its place and, where one is known, its fix. */
export function ProblemList({
  text,
  problems,
  onGoTo,
  onFix,
}: {
  /** The text that the problems were found in. */
  readonly text: string;
  readonly problems: readonly Problem[];
  readonly onGoTo: (problem: Problem) => void;
  readonly onFix: (problem: Problem) => void;
}) {
  return (
    <ul className={styles.list}>
      {problems.slice(0, shown).map((problem) => {
        const { line, column } = positionAt(text, problem.offset);
        return (
          <li key={`${problem.offset} ${problem.code} ${problem.message}`} className={styles.problem}>
            <button type="button" className={styles.place} onClick={() => onGoTo(problem)}>
              <span className={styles.severity} data-severity={problem.severity}>
                {problem.severity === "error" ? "Error" : "Warning"}
              </span>{" "}
              <span className={styles.where}>
                {line}:{column}
              </span>{" "}
              <span>{problem.message}</span>
            </button>
            {problem.fix !== undefined && (
              <button type="button" className={styles.fix} onClick={() => onFix(problem)}>
                {problem.fix.title}
              </button>
            )}
          </li>
        );
      })}
      {problems.length > shown && <li className={styles.more}>and {problems.length - shown} more</li>}
    </ul>
  );
}
