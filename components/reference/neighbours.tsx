import styles from "./neighbours.module.css";
import { PageLink } from "./page-link.tsx";

interface Neighbour {
  readonly text: string;
  readonly href: string;
}

/** The way to the page before and the page after, in the order of the navigation. */
export function Neighbours({ previous, next }: { readonly previous?: Neighbour; readonly next?: Neighbour }) {
  return (
    <nav aria-label="Previous and next" className={styles.neighbours}>
      {previous !== undefined && (
        <PageLink href={previous.href}>
          <span>Previous</span> {previous.text}
        </PageLink>
      )}
      {next !== undefined && (
        <PageLink href={next.href} className={styles.next}>
          <span>Next</span> {next.text}
        </PageLink>
      )}
    </nav>
  );
}
