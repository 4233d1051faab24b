import type { CheckPart } from "../../lib/notebook/cell-state.ts";
import styles from "./cell.module.css";
import { useTypes } from "./use-types.ts";
import { shortText } from "./value-text.ts";

/** The sides of a condition that does not hold, as they were. */
export function CheckParts({ parts }: { readonly parts: readonly CheckPart[] }) {
  const types = useTypes(parts.map(({ value }) => value));
  if (parts.length === 0) return null;
  return (
    <dl className={styles.parts}>
      {parts.map(({ expression, value }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two sides may read alike
        <div key={index}>
          <dt>
            <code>{expression}</code> was
          </dt>
          <dd>
            <code>{shortText(value, types)}</code>
          </dd>
        </div>
      ))}
    </dl>
  );
}
