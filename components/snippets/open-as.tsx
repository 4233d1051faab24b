import { useEffect, useState } from "react";
import reply from "../reply/reply.module.css";
import { type ShownSnippet, saveProgram, saveProject } from "./save-project.ts";
import styles from "./snippets.module.css";

/** Saves the snippet as a file, or as a folder with all that it takes to run it. */
export function OpenAs({ shown }: { readonly shown: ShownSnippet }) {
  const { language, request, project } = shown;
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is said is of the snippet before
  useEffect(() => setProblem(null), [language, request.method]);

  async function save() {
    setBusy(true);
    setProblem(null);
    try {
      await saveProject(shown);
    } catch (cause) {
      setProblem(`The project can't be made: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
    setBusy(false);
  }

  return (
    <>
      <div className={styles.bar}>
        <h3>Open as</h3>
        <button type="button" className={reply.button} onClick={() => saveProgram(shown)}>
          File
        </button>
        <button type="button" className={reply.button} disabled={busy} onClick={() => void save()}>
          Project (zip)
        </button>
      </div>
      <p className={problem === null ? styles.standing : styles.behind} role="status">
        {problem ??
          `${language.fileName(request.method)} alone, or a folder with all that it takes${project.protos ? ", proto files included," : ""} and a README that says how it is run. Nothing secret is in either.`}
      </p>
    </>
  );
}
