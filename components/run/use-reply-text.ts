import { useEffect, useRef, useState } from "react";
import type { BytesForm } from "../../lib/call/call.ts";
import type { ReplyReading } from "../../lib/schema/reply-text.ts";
import { formatMs } from "./format.ts";
import { loadMethodSchema } from "./method-schema.ts";
import type { ReceivedMessage } from "./run-state.ts";

/** The messages as text. Each is decoded once per form; in a stream each has a line with its number and time. */
export function useReplyText(
  method: string,
  messages: readonly ReceivedMessage[],
  bytes: BytesForm,
  streams: boolean,
): string {
  const [text, setText] = useState("");
  const decoded = useRef(new WeakMap<Uint8Array, { form: BytesForm; text: string }>());

  useEffect(() => {
    if (messages.length === 0) {
      setText("");
      return;
    }
    let stale = false;
    void (async () => {
      const [{ writeReply }, schema] = await Promise.all([
        import("../../lib/schema/reply-text.ts"),
        loadMethodSchema(method),
      ]);
      const parts = messages.map(({ index, wire, atMs }) => {
        const known = decoded.current.get(wire);
        const options = { bytes, registry: schema.registry };
        const body =
          known?.form === bytes ? known.text : replyText(writeReply(schema.method.output, wire, options));
        decoded.current.set(wire, { form: bytes, text: body });
        return streams ? `// ${index + 1} · ${formatMs(atMs)}\n${body}` : body;
      });
      if (!stale) setText(parts.join("\n\n"));
    })();
    return () => {
      stale = true;
    };
  }, [method, messages, bytes, streams]);
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
