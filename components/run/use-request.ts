import { useEffect, useMemo, useRef, useState } from "react";
import type { BytesForm } from "../../lib/call/call.ts";
import type { Example } from "../../lib/editor/example.ts";
import { keepDraft, recallDraft } from "./drafts.ts";
import { receive } from "./incoming.ts";
import { loadMethodSchema } from "./method-schema.ts";

/** A text to lay in the editor, and how its bytes are written. */
export interface RequestText {
  readonly text: string;
  readonly bytes: BytesForm;
}

/** A request that was laid in the editor from elsewhere: nothing of it was sent. */
export interface Brought {
  /** For people, where it comes from: `This link`. */
  readonly from: string;
  /** What is worth knowing of it beside, in sentences; empty for nothing. */
  readonly notes: readonly string[];
  /** What it took the place of. */
  readonly before: { readonly request: RequestText; readonly example: number; readonly step: number };
}

/** The request of a method as it stands in the editor, and what it began as. */
export interface RequestState extends RequestText {
  readonly method: string;
  readonly examples: readonly Example[];
  /** Which of the examples it began as, and which message of its conversation. */
  readonly example: number;
  readonly step: number;
  /** Whether it is not what the example says. */
  readonly edited: boolean;
  setText(text: string): void;
  /** Lays another request in the editor. */
  load(request: RequestText): void;
  /** Where the text was brought from, until it is kept or discarded. */
  readonly brought: Brought | null;
  /** Lays a request from elsewhere in the editor, and remembers what stood there. */
  bring(request: RequestText, origin: Pick<Brought, "from" | "notes">): void;
  keepBrought(): void;
  /** Lays in the editor what stood there before. */
  discardBrought(): void;
  /** Lays an example's message in the editor: its first one, unless `step` says otherwise. */
  choose(example: number, step?: number): void;
  /** The example's message as it was. */
  reset(): void;
  /** Rewrites the bytes in another form. Gives a sentence where a value cannot be read, and changes nothing then. */
  changeBytes(form: BytesForm): Promise<string | null>;
  /** Whether the text can be sent. Its problems stand below the editor where it cannot. */
  isValid(): Promise<boolean>;
  /** After a message of the example's conversation went out as it was: lays the next one in the editor. */
  advance(): void;
  /** After the conversation's end: begins it anew, where its text was left as the example has it. */
  rewind(): void;
}

/** Holds the request of a method. It is kept when the page is left, until it is loaded anew. */
export function useRequest(method: string, examples: readonly Example[]): RequestState {
  const [draft] = useState(() => recallDraft(method));
  const [text, setText] = useState(draft?.text ?? messageOf(examples, 0, 0));
  const [example, setExample] = useState(draft?.example ?? 0);
  const [step, setStep] = useState(draft?.step ?? 0);
  const [bytes, setBytes] = useState<BytesForm>(draft?.bytes ?? "hex");
  const [brought, setBrought] = useState<Brought | null>(null);
  const original = messageOf(examples, example, step);
  const edited = text !== original;

  useEffect(
    () => keepDraft(method, edited || example > 0 ? { text, bytes, example, step } : null),
    [method, edited, text, bytes, example, step],
  );

  const state = useMemo<RequestState>(() => {
    const choose = (chosen: number, at = 0) => {
      setExample(chosen);
      setStep(at);
      // Examples are written in hex.
      setBytes("hex");
      setText(messageOf(examples, chosen, at));
    };
    return {
      ...{ method, examples, example, step, text, bytes, edited, brought },
      setText,
      load: (request) => {
        setText(request.text);
        setBytes(request.bytes);
      },
      bring: (request, origin) => {
        // What was brought and not kept is not what there is to go back to.
        const before = brought?.before ?? { request: { text, bytes }, example, step };
        setBrought({ ...origin, before });
        setText(request.text);
        setBytes(request.bytes);
      },
      keepBrought: () => setBrought(null),
      discardBrought: () => {
        if (brought === null) return;
        setBrought(null);
        setExample(brought.before.example);
        setStep(brought.before.step);
        setText(brought.before.request.text);
        setBytes(brought.before.request.bytes);
      },
      choose,
      reset: () => choose(example, step),
      changeBytes: async (form) => {
        const converted = await convert(method, { text, bytes }, form);
        if (converted.kind === "problem") return converted.message;
        setText(converted.text);
        setBytes(form);
        return null;
      },
      isValid: async () => {
        const [{ readRequest }, schema] = await Promise.all([
          import("../../lib/schema/request-text.ts"),
          loadMethodSchema(method),
        ]);
        const reading = readRequest(text, schema.method.input, { bytes, registry: schema.registry });
        return reading.kind === "ok";
      },
      advance: () => {
        if (!edited && examples[example]?.messages[step + 1] !== undefined) choose(example, step + 1);
      },
      rewind: () => {
        if (!edited && step > 0) choose(example);
      },
    };
  }, [method, examples, example, step, text, bytes, edited, brought]);

  const latest = useRef(state);
  latest.current = state;
  useEffect(() => {
    const incoming = receive(method);
    if (incoming !== null) latest.current.bring(incoming.request, incoming.origin);
  }, [method]);
  return state;
}

function messageOf(examples: readonly Example[], example: number, step: number): string {
  return examples[example]?.messages[step] ?? "{}";
}

async function convert(method: string, { text, bytes }: RequestText, form: BytesForm) {
  const [{ convertBytes }, { describeProblem }, schema] = await Promise.all([
    import("../../lib/schema/convert-bytes.ts"),
    import("../../lib/schema/problem.ts"),
    loadMethodSchema(method),
  ]);
  const options = { from: bytes, to: form, registry: schema.registry };
  const converted = convertBytes(text, schema.method.input, options);
  return converted.kind === "problem"
    ? { kind: "problem" as const, message: describeProblem(text, converted.problem) }
    : converted;
}
