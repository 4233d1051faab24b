import { useEffect, useState } from "react";
import type { Profile } from "../../lib/call/profile.ts";
import { readRequest } from "../../lib/schema/request-text.ts";
import { streamKind } from "../../lib/schema/stream-kind.ts";
import { clientProfile } from "../../lib/snippets/client-profile.ts";
import {
  type Inexpressible,
  inexpressible,
  type SnippetLanguage,
  type SnippetRequest,
  streamsFromClient,
} from "../../lib/snippets/snippet.ts";
import { type DocumentedSchema, loadMethodSchema } from "../run/method-schema.ts";
import type { RequestState } from "../run/use-request.ts";
import type { ShownSnippet } from "./save-project.ts";

/** What a call of one message gets that has no deadline of its own. */
const DEADLINE_MS = 30_000;

/** Milliseconds without a key before the snippet follows the text. */
const QUIET_MS = 200;

/** The editor's text, and the conversation that it is a message of. */
export type Conversed = Pick<RequestState, "text" | "bytes" | "examples" | "example" | "step" | "brought">;

type Read = Extract<ReturnType<typeof readRequest>, { kind: "ok" }>;

interface Wanted {
  readonly language: SnippetLanguage;
  readonly method: string;
  readonly request: Conversed;
  readonly profile: Profile | null;
  readonly deadline: string;
}

/** `calm` is false where the snippet is not of what stands in the editor. */
interface Standing {
  readonly text: string;
  readonly calm: boolean;
}

/** The snippet of the last text that could be read, and whether that is the text in the editor. */
export function useSnippet({ language, method, request, profile, deadline }: Wanted): {
  readonly shown: ShownSnippet | Inexpressible | null;
  readonly standing: Standing;
} {
  const schema = useSchema(method);
  const quiet = useQuiet(request);
  const { text, bytes } = quiet;
  const [read, setRead] = useState<Read | null>(null);
  const { before, after } = aroundIt(quiet);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    if (schema.kind !== "loaded") return;
    const { method, registry } = schema.schema;
    const reading = readRequest(text, method.input, { bytes, registry });
    if (reading.kind === "ok") {
      setRead(reading);
      setProblem(null);
    } else setProblem(reading.problems.find(({ severity }) => severity === "error")?.message ?? "");
  }, [schema, text, bytes]);

  if (schema.kind === "failed") {
    return {
      shown: null,
      standing: { text: `The method's types can't be loaded: ${schema.why}`, calm: false },
    };
  }
  if (schema.kind === "loading" || profile === null || (read === null && problem === null)) {
    return { shown: null, standing: { text: "Reading the request.", calm: true } };
  }
  if (read === null) {
    return { shown: null, standing: { text: `The request can't be read yet: ${problem}`, calm: false } };
  }
  const { method: desc, registry, docs } = schema.schema;
  const others = (texts: readonly string[]) =>
    texts.flatMap((each) => {
      const reading = readRequest(each, desc.input, { bytes: "hex", registry });
      return reading.kind === "ok" ? [reading.message] : [];
    });
  const messages = streamsFromClient(desc)
    ? [...others(before), read.message, ...others(after)]
    : [read.message];
  const client = clientProfile(profile, desc.parent.typeName);
  const shown =
    client === null
      ? inexpressible(
          `${profile.label} does not serve ${desc.parent.typeName}, so there is no address to call.`,
        )
      : show(language, docs.api, {
          ...{ method: desc, message: messages[0] ?? read.message, messages, registry, client },
          ...{ http: docs.method.http, cli: docs.method.cli, goModules: docs.goModules ?? [] },
          playground: { origin: location.origin, profile: profile.id },
          deadlineMs: deadlineOf(deadline) ?? (streamKind(desc) === "unary" ? DEADLINE_MS : null),
        });
  const standing =
    problem === null
      ? { text: `${subject(messages.length, before.length)}, for ${profile.label}.`, calm: true }
      : { text: `Of the last request that could be read. Now: ${problem}`, calm: false };
  return { shown, standing };
}

function show(language: SnippetLanguage, api: string, request: SnippetRequest): ShownSnippet | Inexpressible {
  const snippet = language.generate(request);
  if (snippet.kind === "inexpressible") return snippet;
  return { kind: "shown", language, request, snippet, project: language.project(request), api };
}

function subject(count: number, before: number): string {
  if (count === 1) return "The request in the editor";
  return `${count} messages: number ${before + 1} as in the editor, the others as in the example`;
}

/** The other messages of the example, unless the text was brought from elsewhere. Examples are written in hex. */
function aroundIt({ examples, example, step, brought }: Conversed): {
  readonly before: readonly string[];
  readonly after: readonly string[];
} {
  const all = brought === null ? (examples[example]?.messages ?? []) : [];
  return { before: all.slice(0, step), after: all.slice(step + 1) };
}

type SchemaState =
  | { readonly kind: "loading" }
  | { readonly kind: "loaded"; readonly schema: DocumentedSchema }
  | { readonly kind: "failed"; readonly why: string };

function useSchema(method: string): SchemaState {
  const [state, setState] = useState<SchemaState>({ kind: "loading" });
  useEffect(() => {
    let left = false;
    loadMethodSchema(method).then(
      (schema) => left || setState({ kind: "loaded", schema }),
      (cause: unknown) => left || setState({ kind: "failed", why: String(cause) }),
    );
    return () => {
      left = true;
    };
  }, [method]);
  return state;
}

/** The request as it was when it last rested. */
function useQuiet({ text, bytes, examples, example, step, brought }: Conversed): Conversed {
  const [quiet, setQuiet] = useState<Conversed>({ text, bytes, examples, example, step, brought });
  useEffect(() => {
    const next = { text, bytes, examples, example, step, brought };
    const timer = setTimeout(() => setQuiet(next), QUIET_MS);
    return () => clearTimeout(timer);
  }, [text, bytes, examples, example, step, brought]);
  return quiet;
}

function deadlineOf(seconds: string): number | null {
  const number = Number(seconds);
  return seconds.trim() !== "" && Number.isFinite(number) && number > 0 ? Math.round(number * 1000) : null;
}
