import { basePathAt, methodHref } from "../../lib/pages/links.ts";
import { PageLink } from "../reference/page-link.tsx";
import styles from "./outcome-note.module.css";

/** Says that a write may have happened although its reply was lost, and where to look before doing anything. */
export function OutcomeNote({
  method,
  tells,
}: {
  readonly method: string;
  /** Full name of the read that tells, or null where none is known. */
  readonly tells: string | null;
}) {
  return (
    <div className={styles.note} role="alert">
      <strong>Outcome unknown: it may have been carried out.</strong>
      <p>
        {shortName(method)} was sent, and what became of it was not heard. It is not sent again by itself: do
        not run it again before you have looked.
      </p>
      {tells !== null && (
        <p>
          <PageLink href={methodHref(tells, basePathAt(location.pathname))}>
            Look with {shortName(tells)}
          </PageLink>
        </p>
      )}
    </div>
  );
}

function shortName(method: string): string {
  return method.slice(method.lastIndexOf(".") + 1);
}
