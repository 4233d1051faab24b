import { formatBytes, formatMs } from "../../lib/reply/format.ts";
import styles from "../run/reply-panel.module.css";
import type { RunState } from "../run/run-state.ts";
import reply from "./reply.module.css";

interface Stage {
  readonly name: string;
  readonly colour: string;
  /** Milliseconds; null: it did not come to that, or it is not known. */
  readonly ms: number | null;
  readonly otherwise: string;
}

/** When what came, as a bar and in numbers, and how much. */
export function Timing({ state, sentBytes }: { readonly state: RunState; readonly sentBytes: number }) {
  const { connectMs, headersAtMs, firstAtMs, lastAtMs, endedAtMs } = state;
  const end = endedAtMs ?? lastAtMs ?? firstAtMs ?? headersAtMs ?? 0;
  const stages: Stage[] = [
    { name: "Connecting to the daemon", colour: "var(--warn)", ms: connectMs, otherwise: "not said" },
    {
      name: "Waiting for the first byte",
      colour: "var(--accent)",
      ms: headersAtMs === null ? null : Math.max(0, headersAtMs - (connectMs ?? 0)),
      otherwise: "none came",
    },
    {
      name: "Then to the first message",
      colour: "var(--text-3)",
      ms: firstAtMs === null ? null : Math.max(0, firstAtMs - (headersAtMs ?? 0)),
      otherwise: "none came",
    },
    {
      name: "Then to the end",
      colour: "var(--ok)",
      ms: endedAtMs === null ? null : Math.max(0, endedAtMs - (firstAtMs ?? headersAtMs ?? 0)),
      otherwise: "running",
    },
  ];
  const encoding = state.headers?.find(({ name }) => name === "grpc-encoding")?.value;
  const perMessage =
    state.received > 1 ? `, ${formatBytes(Math.round(state.receivedBytes / state.received))} each` : "";
  const figures: [string, string][] = [
    ["Whole call", endedAtMs === null ? "running" : formatMs(endedAtMs)],
    ["Sent", `${count(state.sentCount)}, ${formatBytes(sentBytes)}`],
    ["Received", `${count(state.received)}, ${formatBytes(state.receivedBytes)}${perMessage}`],
    ...(state.received > 1 && firstAtMs !== null && lastAtMs !== null && lastAtMs > firstAtMs
      ? [["Messages a second", rate(state.received, lastAtMs - firstAtMs)] as [string, string]]
      : []),
    ...(encoding === undefined ? [] : [["Compression of the daemon", encoding] as [string, string]]),
  ];
  return (
    <>
      <div className={reply.bar} aria-hidden="true">
        {stages.map(({ name, colour, ms }) =>
          ms === null || ms === 0 ? null : (
            <span key={name} style={{ width: `${(ms / end) * 100}%`, background: colour }} />
          ),
        )}
      </div>
      <dl className={styles.timing}>
        {stages.map(({ name, colour, ms, otherwise }) => (
          <div key={name}>
            <dt>
              <span className={reply.swatch} style={{ background: colour }} aria-hidden="true" />
              {name}
            </dt>
            <dd>
              {ms === null
                ? otherwise
                : name.startsWith("Connecting") && ms === 0
                  ? "was open"
                  : formatMs(ms)}
            </dd>
          </div>
        ))}
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function count(messages: number): string {
  return messages === 1 ? "1 message" : `${messages.toLocaleString("en-US")} messages`;
}

function rate(messages: number, ms: number): string {
  return ((messages * 1000) / ms).toLocaleString("en-US", { maximumSignificantDigits: 3 });
}
