import type { Notebook } from "../../lib/notebook/notebook.ts";
import { Lead } from "../guide/landing.tsx";
import head from "../reference/page-head.module.css";
import type { CellMethods } from "./cell-method.ts";
import { summaryOf, summaryWords } from "./lesson-summary.ts";
import styles from "./lessons.module.css";

/** What a lesson is called, what it is about, and how much there is of it. */
export function LessonHead({
  notebook,
  methods,
  lessons,
}: {
  readonly notebook: Notebook;
  readonly methods: CellMethods;
  /** How many lessons there are. */
  readonly lessons: number;
}) {
  const { title, description, order } = notebook.info;
  return (
    <header className={styles.head}>
      <nav aria-label="Breadcrumbs" className={head.breadcrumbs}>
        <ol>
          <li>
            <a href="/notebooks">Notebooks</a>
          </li>
          {order !== null && (
            <li>
              Lesson {order} of {lessons}
            </li>
          )}
        </ol>
      </nav>
      <h1>{title}</h1>
      <Lead>{description}</Lead>
      <p className={styles.meta}>{summaryWords(summaryOf("", notebook, methods))}</p>
    </header>
  );
}
