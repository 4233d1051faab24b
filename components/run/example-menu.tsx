import styles from "./try-it.module.css";
import type { RequestState } from "./use-request.ts";

/** Lays one of the method's examples in the editor. */
export function ExampleMenu({ request }: { readonly request: RequestState }) {
  const { examples, example, step } = request;
  const rows = examples.flatMap(({ title, messages }, index) =>
    messages.map((_, at) => ({
      key: `${index}.${at}`,
      label: messages.length === 1 ? title : `${title}: message ${at + 1} of ${messages.length}`,
    })),
  );
  if (rows.length < 2) return null;
  return (
    <label className={styles.choice}>
      <span className="visually-hidden">Example</span>
      <select
        value={`${example}.${step}`}
        onChange={({ target }) => {
          const [index = 0, at = 0] = target.value.split(".").map(Number);
          request.choose(index, at);
        }}
      >
        {rows.map(({ key, label }) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
