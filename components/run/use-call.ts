import { useEffect, useRef, useState } from "react";
import type { Call } from "../../lib/call/call.ts";
import type { Profile } from "../../lib/call/profile.ts";
import { singlePress } from "../safety/single-press.ts";
import type { ConfirmedRun } from "../safety/use-confirmed-run.tsx";
import type { CallOptionsValue } from "./call-options-value.ts";
import { useCancelKey, useLeaveGuard } from "./run-guards.ts";
import type { RequestState, RequestText } from "./use-request.ts";
import type { RunControls } from "./use-run.ts";

/** Messages of a conversation that are kept to be used again; older ones are forgotten. */
const KEPT_SENT = 100;

export interface CallControls {
  /**
   * Starts a call with the editor's request, where nothing stands against it: a write on a real profile once it is
   * confirmed, and one for all presses that follow each other at once.
   */
  run(): Promise<void>;
  /** Sends the editor's request as the next message. One that cannot be read stays, with its problems below it. */
  sendNext(): Promise<void>;
  /** Starts the last call anew, with its first message as it was then and all that a first call asks for. */
  reconnect(): Promise<void>;
  /** What was sent, oldest first, over reconnections too; anew with each `run`. */
  readonly sent: readonly RequestText[];
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
  const [sent, setSent] = useState<readonly RequestText[]>([]);
  const first = useRef<RequestText | null>(null);
  useCancelKey(state.phase === "running", cancel);
  useLeaveGuard(write && state.phase === "running");

  // A conversation that has ended begins anew with its first message.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the end of a run does this
  useEffect(() => {
    if (state.phase === "ended") request.rewind();
  }, [state.phase]);

  /** Whether the call was made with this as its first message. */
  async function begin({ text, bytes }: RequestText): Promise<boolean> {
    // What is sent is what the page holds at this moment, whatever it holds when the reader has agreed.
    if (write && !isNewPress()) return false;
    if (profile === null || obstacle !== null || controls.busy()) return false;
    const { readOptions } = await import("./read-options.ts");
    const reading = readOptions(options);
    if (reading.kind === "problem") {
      refuse(reading.message);
      return false;
    }
    const call: Call = {
      profile: profile.id,
      method: request.method,
      request: text,
      bytes,
      ...reading.options,
      confirmation: null,
    };
    if (confirming.needed) {
      const agreement = await confirming.agree({ text, bytes });
      if (agreement.kind === "refused") refuse(agreement.message);
      if (agreement.kind !== "go") return false;
      start({ ...call, confirmation: agreement.confirmation }, clientStreams);
    } else start(call, clientStreams);
    first.current = { text, bytes };
    return true;
  }

  return {
    sent,
    run: async () => {
      const { text, bytes } = request;
      if (!(await begin({ text, bytes }))) return;
      setSent((before) => (isOnly(before, { text, bytes }) ? before : [{ text, bytes }]));
      request.keepBrought();
      if (clientStreams) request.advance();
    },
    reconnect: async () => {
      const message = first.current;
      if (message === null || !(await begin(message))) return;
      setSent((before) => [...before, message].slice(-KEPT_SENT));
    },
    sendNext: async () => {
      if (write && !isNewPress()) return;
      if (!(await request.isValid())) return;
      const agreement = confirming.needed ? await confirming.agree(request) : null;
      // A call that runs is not ended for a message that is not sent.
      if (agreement?.kind === "refused") confirming.tell(agreement.message);
      if (agreement !== null && agreement.kind !== "go") return;
      const { text, bytes } = request;
      send({ text, bytes, confirmation: agreement?.confirmation ?? null });
      setSent((before) => [...before, { text, bytes }].slice(-KEPT_SENT));
      request.advance();
    },
  };
}

/** Whether this is all that was sent: then nothing has to be rendered for it. */
function isOnly([only, ...others]: readonly RequestText[], { text, bytes }: RequestText): boolean {
  return only?.text === text && only.bytes === bytes && others.length === 0;
}
