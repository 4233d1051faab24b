import type { Problem } from "../../lib/schema/problem.ts";
import styles from "./form.module.css";
import { useForm } from "./form-context.ts";

/** What is wrong with a value, in the editor's words, with the fix where one is known. */
export function Problems({ id, problems }: { readonly id: string; readonly problems: readonly Problem[] }) {
  const { change } = useForm();
  if (problems.length === 0) return null;
  return (
    <div id={id} className={styles.problems}>
      {problems.map((problem) => {
        const { severity, message, offset, fix } = problem;
        return (
          <p key={`${offset} ${message}`} className={styles.problem} data-severity={severity}>
            <strong>{severity === "error" ? "Error" : "Warning"}</strong> {message}{" "}
            {fix !== undefined && (
              <button type="button" className={styles.link} onClick={() => change(() => fix.edits)}>
                {fix.title}
              </button>
            )}
          </p>
        );
      })}
    </div>
  );
}
