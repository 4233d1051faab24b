import { lazy, Suspense, useState } from "react";
import styles from "./try-it.module.css";
import type { RequestState, RequestText } from "./use-request.ts";

const EarlierList = lazy(() =>
  import("./earlier-list.tsx").then(({ EarlierList }) => ({ default: EarlierList })),
);

/** Earlier runs of the method, its saved requests, and what this conversation sent; folded until wanted. */
export function Earlier(props: {
  readonly request: RequestState;
  /** Profile id, or null while none is known. */
  readonly profile: string | null;
  readonly sent: readonly RequestText[];
}) {
  const [wanted, setWanted] = useState(false);
  return (
    <details className={styles.earlier} onToggle={() => setWanted(true)}>
      <summary>Recent and saved</summary>
      {wanted && (
        <Suspense fallback={<p className={styles.loading}>Reading what is kept.</p>}>
          <EarlierList {...props} />
        </Suspense>
      )}
    </details>
  );
}
