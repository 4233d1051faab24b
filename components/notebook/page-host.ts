import type { Call } from "../../lib/call/call.ts";
import type { Profile } from "../../lib/call/profile.ts";
import type { RunEvent } from "../../lib/call/run-event.ts";
import { beginWorld } from "../../lib/notebook/begin-world.ts";
import type { Evaluator, NotebookHost, NotebookMethod } from "../../lib/notebook/host.ts";
import type { ScenarioCall } from "../../lib/reference/api-config.ts";
import { createBrowserRunner } from "../../lib/run/browser-runner.ts";
import { localError } from "../../lib/run/local-error.ts";
import type { OutgoingMessage, Runner, RunOptions } from "../../lib/run/runner.ts";
import { loadMethodSchema } from "../run/method-schema.ts";
import { askForWrite } from "../safety/ask-for-write.ts";
import type { AskedWrite } from "../safety/confirm-dialog.tsx";
import type { Agreement } from "../safety/use-confirmed-run.tsx";
import { begins, serves } from "./world-standing.ts";

export interface PageHostOptions {
  /** As it is at the moment of a call. */
  readonly profile: () => Profile;
  /** What begins the sandbox's world anew; null where the site has no such call. */
  readonly scenarioCall: ScenarioCall | null;
  readonly evaluator: Evaluator;
  /** Shows what is to be confirmed, then null. */
  readonly show: (asked: AskedWrite | null) => void;
}

/** Runs a notebook's calls as a method's page runs its own: the same gate, the same confirmation of every write. */
export function createPageHost({ profile, scenarioCall, evaluator, show }: PageHostOptions): NotebookHost {
  const { id } = profile();
  const runner = createBrowserRunner(location.origin, loadMethodSchema);
  return {
    profile: id,
    serves: (method) => serves(profile(), method),
    methodOf,
    run: (call, options) => confirmedRun(runner, profile(), show, call, options),
    evaluator,
    begin: begins(profile(), scenarioCall)
      ? (scenario, seed) => beginWorld(runner, id, scenarioCall, { scenario, seed })
      : null,
  };
}

async function methodOf(name: string): Promise<NotebookMethod | undefined> {
  try {
    const { method, registry, docs } = await loadMethodSchema(name);
    return { method, registry, access: docs.method.access };
  } catch (cause) {
    // The site has a file for each method that it knows: that there is none says that it knows none of the name.
    if (cause instanceof Error && cause.message.endsWith("HTTP 404")) return undefined;
    throw cause;
  }
}

async function* confirmedRun(
  runner: Runner,
  profile: Profile,
  show: (asked: AskedWrite | null) => void,
  call: Call,
  options: RunOptions,
): AsyncGenerator<RunEvent, void, undefined> {
  const { docs } = await loadMethodSchema(call.method);
  if (docs.method.access === "read" || profile.writes !== "confirmed") {
    yield* runner.run(call, options);
    return;
  }
  const agree = ({ text, bytes }: Pick<OutgoingMessage, "text" | "bytes">) =>
    askForWrite({
      profile,
      method: call.method,
      safety: docs.method.safety,
      schema: loadMethodSchema(call.method),
      show,
      text,
      bytes,
    });
  const agreement = await agree({ text: call.request, bytes: call.bytes });
  if (agreement.kind !== "go") {
    yield { kind: "error", error: notSent(agreement), atMs: 0 };
    return;
  }
  const confirmed = { ...call, confirmation: agreement.confirmation };
  const { outgoing, signal } = options;
  if (outgoing === undefined) {
    yield* runner.run(confirmed, options);
    return;
  }
  // A message that is not agreed to ends the whole conversation: the daemon must not take the rest for all of it.
  const stop = new AbortController();
  const abort = () => stop.abort();
  signal.addEventListener("abort", abort, { once: true });
  let refused: Agreement | null = null;
  async function* agreed(messages: AsyncIterable<OutgoingMessage>) {
    for await (const message of messages) {
      const answer = await agree(message);
      if (answer.kind === "go") yield { ...message, confirmation: answer.confirmation };
      else {
        refused = answer;
        stop.abort();
        return;
      }
    }
  }
  try {
    for await (const event of runner.run(confirmed, { signal: stop.signal, outgoing: agreed(outgoing) })) {
      if (event.kind === "error" && refused !== null) {
        yield { ...event, error: { ...notSent(refused), outcome: event.error.outcome } };
      } else yield event;
    }
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** The error of a write that its reader did not agree to. */
function notSent(agreement: Agreement) {
  const why = agreement.kind === "refused" ? agreement.message : "you did not confirm it, so it was not sent";
  return localError("confirmation", 9, why);
}
