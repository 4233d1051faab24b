import { formatBytes, formatMs } from "../../lib/reply/format.ts";
import styles from "../run/reply-panel.module.css";
import type { RunState } from "../run/run-state.ts";

/** When what came, and how much. */
export function Timing({ state }: { readonly state: RunState }) {
  const rows: [string, string][] = [
    ["Headers", state.headersAtMs === null ? "none" : formatMs(state.headersAtMs)],
    ["First message", state.firstAtMs === null ? "none" : formatMs(state.firstAtMs)],
    ["End", state.endedAtMs === null ? "running" : formatMs(state.endedAtMs)],
    ["Messages received", state.received.toLocaleString("en-US")],
    ["Bytes received", formatBytes(state.receivedBytes)],
  ];
  return (
    <dl className={styles.timing}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
