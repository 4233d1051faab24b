import { useEffect, useState } from "react";
import type { Call } from "../../lib/call/call.ts";
import type { Profile } from "../../lib/call/profile.ts";
import { singlePress } from "../safety/single-press.ts";
import type { ConfirmedRun } from "../safety/use-confirmed-run.tsx";
import { isTyping } from "../shell/is-typing.ts";
import type { CallOptionsValue } from "./call-options.tsx";
import { readDeadline } from "./read-deadline.ts";
import { readMetadata } from "./read-metadata.ts";
import type { RequestState } from "./use-request.ts";
import type { RunControls } from "./use-run.ts";

export interface CallControls {
  /**
   * Starts a call with the editor's request, where nothing stands against it: a write on a real profile once it is
   * confirmed, and one for all presses that follow each other at once.
   */
  run(): Promise<void>;
  /** Sends the editor's request as the next message. One that cannot be read stays, with its problems below it. */
  sendNext(): Promise<void>;
}

/** From what the page holds to a call: the one place that makes it, and where it can be held back. */
export function useCall({
  request,
  controls,
  options,
  profile,
  obstacle,
  clientStreams,
  write,
  confirming,
}: {
  readonly request: RequestState;
  readonly controls: RunControls;
  readonly options: CallOptionsValue;
  readonly profile: Profile | null;
  readonly obstacle: string | null;
  readonly clientStreams: boolean;
  readonly write: boolean;
  readonly confirming: ConfirmedRun;
}): CallControls {
  const { state, start, refuse, send, cancel } = controls;
  const [isNewPress] = useState(() => singlePress());
  useCancelKey(state.phase === "running", cancel);

  // A conversation that has ended begins anew with its first message.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the end of a run does this
  useEffect(() => {
    if (state.phase === "ended") request.rewind();
  }, [state.phase]);

  return {
    run: async () => {
      // What is sent is what the page holds at this moment, whatever it holds when the reader has agreed.
      if (write && !isNewPress()) return;
      if (profile === null || obstacle !== null || state.phase === "running") return;
      const metadata = readMetadata(options.metadata);
      const deadline = readDeadline(options.deadline);
      if (metadata.kind === "problem") return refuse(metadata.message);
      if (deadline.kind === "problem") return refuse(deadline.message);
      const call: Call = {
        profile: profile.id,
        method: request.method,
        request: request.text,
        bytes: request.bytes,
        metadata: metadata.entries,
        deadlineMs: deadline.ms,
        compression: "identity",
        confirmation: null,
      };
      if (confirming.needed) {
        const agreement = await confirming.agree(request);
        if (agreement.kind === "refused") refuse(agreement.message);
        if (agreement.kind !== "go") return;
        start({ ...call, confirmation: agreement.confirmation }, clientStreams);
      } else start(call, clientStreams);
      if (clientStreams) request.advance();
    },
    sendNext: async () => {
      if (write && !isNewPress()) return;
      if (!(await request.isValid())) return;
      const agreement = confirming.needed ? await confirming.agree(request) : null;
      // A call that runs is not ended for a message that is not sent.
      if (agreement?.kind === "refused") confirming.tell(agreement.message);
      if (agreement !== null && agreement.kind !== "go") return;
      send(request.text, agreement?.confirmation ?? null);
      request.advance();
    },
  };
}

/** Esc cancels a run, unless it is typed into something or closes a dialog. */
function useCancelKey(running: boolean, cancel: () => void): void {
  useEffect(() => {
    if (!running) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || isTyping(event.target)) return;
      if (document.querySelector("dialog[open]") === null) cancel();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [running, cancel]);
}
