import type { MetadataEntry } from "../../lib/call/call.ts";
import styles from "./reply-panel.module.css";

/** Headers or trailers as received, in order. */
export function MetadataTable({
  entries,
  caption,
  empty,
}: {
  readonly entries: readonly MetadataEntry[];
  readonly caption: string;
  readonly empty: string;
}) {
  if (entries.length === 0) return <p className={styles.empty}>{empty}</p>;
  return (
    <table className={styles.metadata}>
      <caption className="visually-hidden">{caption}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ name, value }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are never reordered, and names repeat
          <tr key={index}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
