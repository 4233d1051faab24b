import { useCallback, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { Call } from "../../lib/call/call.ts";
import { localError } from "../../lib/run/local-error.ts";
import type { OutgoingMessage } from "../../lib/run/runner.ts";
import type { RemoteRun } from "../reply/remote-run.ts";
import type { RunRecord } from "./run-record.ts";
import { IDLE, type RunState, started } from "./run-state.ts";

export interface RunControls {
  readonly state: RunState;
  /** The run whose messages are shown, once there is one. */
  readonly run: RemoteRun | null;
  /** Whether a run goes on, though `state` may still be that of the one before. */
  busy(): boolean;
  /** Starts a call; one that runs already is cancelled. `streams`: whether more messages can follow. */
  start(call: Call, streams: boolean): void;
  /** Shows why a call was not made. */
  refuse(message: string): void;
  /** Sends one more message. */
  send(message: OutgoingMessage): void;
  halfClose(): void;
  cancel(): void;
}

/** Loads what a run of the method needs before it is wanted: to be called when the reader comes near. */
async function warmUp(method: string): Promise<void> {
  const [remote] = await Promise.all([
    import("../reply/remote-run.ts"),
    import("../reply/reply-tabs.tsx"),
    import("./read-options.ts"),
  ]);
  remote.warmUp(method);
}

/** How long the editor goes before: what is touched first is what is wanted first. */
const WARM_UP_AFTER_MS = 1_000;

/** `warmUp`, a moment later and when the page has nothing else to do. */
export function warmUpSoon(method: string): void {
  const begin = () => warmUp(method).catch(() => {});
  setTimeout(() => {
    if (typeof requestIdleCallback === "function") requestIdleCallback(begin, { timeout: 2_000 });
    else void begin();
  }, WARM_UP_AFTER_MS);
}

/** How long a reply may stand while the next is on its way: one that comes at once takes its place without a flash. */
const HOLD_MS = 100;

/** What is rendered of a run: its state, and the messages that are shown. */
interface View {
  readonly state: RunState;
  readonly run: RemoteRun | null;
}

const NOTHING: View = { state: IDLE, run: null };

/** A run that has not been let go of. */
interface Running {
  remote: RemoteRun | null;
  cancelled: boolean;
  ended: boolean;
  /** Shows the run in place of the one before, once there is something to see or it was waited for long enough. */
  hold: ReturnType<typeof setTimeout> | null;
}

/**
 * One run at a time, in the call worker. Leaving the page cancels it. `holds`: a reply stands for a moment when the next
 * run begins, and what comes at once is rendered at once. `onEnded` hears of each that was made.
 */
export function useRun(holds: boolean, onEnded?: (record: RunRecord) => void): RunControls {
  const [view, setView] = useState<View>(NOTHING);
  const latest = useRef(view);
  latest.current = view;
  const current = useRef<Running | null>(null);
  const ended = useRef(onEnded);
  ended.current = onEnded;

  const cancel = useCallback(() => {
    if (current.current === null) return;
    current.current.cancelled = true;
    current.current.remote?.cancel();
  }, []);

  const release = useCallback(() => {
    cancel();
    const before = current.current;
    if (before?.hold != null) clearTimeout(before.hold);
    before?.remote?.release();
    current.current = null;
  }, [cancel]);
  useEffect(() => release, [release]);

  const start = useCallback(
    (call: Call, streams: boolean) => {
      release();
      const mine: Running = { remote: null, cancelled: false, ended: false, hold: null };
      current.current = mine;
      let state = started(call.profile);
      const show = (next: RunState) => {
        if (current.current !== mine) return;
        state = next;
        mine.ended = next.phase === "ended";
        const waits = mine.hold !== null;
        if (waits && !mine.ended) return;
        if (mine.hold !== null) clearTimeout(mine.hold);
        mine.hold = null;
        const view = { state, run: mine.remote };
        if (waits) flushSync(() => setView(view));
        else setView(view);
      };
      const { state: before } = latest.current;
      if (holds && before.phase === "ended" && before.error === null && before.received > 0) {
        mine.hold = setTimeout(() => {
          mine.hold = null;
          show(state);
        }, HOLD_MS);
      } else show(state);
      const onBroken = (message: string) => show({ ...state, ...broken(message) });
      import("../reply/remote-run.ts").then(
        ({ startRun }) => {
          if (current.current !== mine) return;
          if (mine.cancelled) return show({ ...state, ...CANCELLED_EARLY });
          mine.remote = startRun(call, streams, {
            onState: seldom(show),
            onEnded: (record) => ended.current?.(record),
            onBroken,
          });
          show(state);
        },
        (cause: unknown) => onBroken(cause instanceof Error ? cause.message : String(cause)),
      );
    },
    [release, holds],
  );

  const refuse = useCallback(
    (message: string) => {
      release();
      setView({ state: { ...IDLE, ...refused(message) }, run: null });
    },
    [release],
  );

  const send = useCallback((message: OutgoingMessage) => current.current?.remote?.send(message), []);
  const halfClose = useCallback(() => current.current?.remote?.halfClose(), []);
  const busy = useCallback(() => current.current?.ended === false, []);

  return { ...view, busy, start, refuse, send, halfClose, cancel };
}

/** Counts that change all the time are shown so often only, in milliseconds: the whole column is rendered with them. */
const COUNTS_MS = 120;

/** Passes states on: at once where more than counts have changed, else now and then, and the last one always. */
function seldom(show: (state: RunState) => void): (state: RunState) => void {
  let shown: RunState | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let latest: RunState | null = null;
  const flush = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    shown = latest;
    if (latest !== null) show(latest);
  };
  return (state) => {
    latest = state;
    const counts =
      shown !== null &&
      shown.phase === state.phase &&
      shown.headersAtMs === state.headersAtMs &&
      shown.sentCount === state.sentCount &&
      shown.halfClosed === state.halfClosed &&
      shown.received > 0;
    if (!counts) flush();
    else timer ??= setTimeout(flush, COUNTS_MS);
  };
}

type End = Pick<RunState, "phase" | "error" | "endedAtMs">;

/** The end of a call that never left the page: INVALID_ARGUMENT. */
function refused(message: string): End {
  return { phase: "ended", error: localError(null, 3, message), endedAtMs: null };
}

/** The end of a call whose code could not be loaded, or failed: UNAVAILABLE, and what was sent is not known. */
function broken(cause: string): End {
  const message = `this page could not finish the call: ${cause}`;
  return { phase: "ended", error: localError("disconnected", 14, message, "unknown"), endedAtMs: null };
}

const CANCELLED_EARLY: End = {
  phase: "ended",
  error: localError("cancelled", 1, "cancelled here before it was sent"),
  endedAtMs: null,
};
