import { useEffect, useRef, useState } from "react";
import type { BytesForm, StreamKind } from "../../lib/call/call.ts";
import type { ReplyReading } from "../../lib/schema/reply-text.ts";
import { formatMs } from "./format.ts";
import { loadMethodSchema } from "./method-schema.ts";
import type { ReceivedMessage, RunState } from "./run-state.ts";

/**
 * The messages of a run as text. A unary reply stands alone; in a stream each message has a line with its number and
 * time, and where the client streams too, what was sent stands between what was received, in the order of time.
 */
export function useTranscript(method: string, stream: StreamKind, state: RunState, bytes: BytesForm): string {
  const { messages, sent, sentCount } = state;
  const [text, setText] = useState("");
  const decoded = useRef(new WeakMap<Uint8Array, { form: BytesForm; text: string }>());

  useEffect(() => {
    if (messages.length === 0 && sent.length === 0) {
      setText("");
      return;
    }
    let stale = false;
    void (async () => {
      const [{ writeReply }, { method: desc, registry }] = await Promise.all([
        import("../../lib/schema/reply-text.ts"),
        loadMethodSchema(method),
      ]);
      const decode = ({ wire }: ReceivedMessage) => {
        const known = decoded.current.get(wire);
        if (known?.form === bytes) return known.text;
        const text = replyText(writeReply(desc.output, wire, { bytes, registry }));
        decoded.current.set(wire, { form: bytes, text });
        return text;
      };
      if (stale) return;
      if (stream === "unary") {
        setText(messages.map(decode).join("\n\n"));
        return;
      }
      const both = stream !== "server-streaming";
      const parts = messages.map((message) => ({
        atMs: message.atMs,
        text: `// ${both ? "received " : ""}${message.index + 1} · ${formatMs(message.atMs)}\n${decode(message)}`,
      }));
      const firstSent = sentCount - sent.length + 1;
      const own = sent.map(({ text, atMs }, index) => ({
        atMs,
        text: `// sent ${firstSent + index} · ${formatMs(atMs)}\n${text}`,
      }));
      const inOrder = both ? [...own, ...parts].sort((a, b) => a.atMs - b.atMs) : parts;
      setText(inOrder.map(({ text }) => text).join("\n\n"));
    })();
    return () => {
      stale = true;
    };
  }, [method, stream, messages, sent, sentCount, bytes]);
  return text;
}

/** The reply's text, led by a line on what its descriptors do not know. */
function replyText(reading: ReplyReading): string {
  if (reading.kind === "malformed") return `// ${reading.message}`;
  const unknown = reading.unknown.map(
    ({ path, number, hex }) => `// unknown field ${path === "" ? "" : `${path}.`}${number}: ${hex}\n`,
  );
  return unknown.join("") + reading.text;
}
