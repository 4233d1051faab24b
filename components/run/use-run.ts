import { useCallback, useEffect, useRef, useState } from "react";
import type { Call } from "../../lib/call/call.ts";
import type { RunEvent } from "../../lib/call/run-event.ts";
import type { AsyncQueue } from "../../lib/run/async-queue.ts";
import { localError } from "../../lib/run/local-error.ts";
import type { OutgoingMessage } from "../../lib/run/runner.ts";
import { loadMethodSchema } from "./method-schema.ts";
import { applyEvents, applySent, IDLE, type RunState, started } from "./run-state.ts";

export interface RunControls {
  readonly state: RunState;
  /** Starts a call; one that runs already is cancelled. `streams`: whether more messages can follow. */
  start(call: Call, streams: boolean): void;
  /** Shows why a call was not made. */
  refuse(message: string): void;
  /** `confirmation`: the nonce of this message, where a write needs one. */
  send(text: string, confirmation?: string | null): void;
  halfClose(): void;
  cancel(): void;
}

/** One run at a time, painted at most once a frame. Leaving the page cancels it. */
export function useRun(): RunControls {
  const [state, setState] = useState<RunState>(IDLE);
  const controller = useRef<AbortController | null>(null);
  const outgoing = useRef<AsyncQueue<OutgoingMessage> | null>(null);
  const startedAt = useRef(0);

  const cancel = useCallback(() => controller.current?.abort(), []);
  useEffect(() => cancel, [cancel]);

  const start = useCallback(
    (call: Call, streams: boolean) => {
      cancel();
      const abort = new AbortController();
      controller.current = abort;
      setState(started(call.profile, call.request));
      const fail = (cause: unknown) => {
        if (controller.current === abort) setState((before) => ({ ...before, ...broken(cause) }));
      };
      (async () => {
        const [{ createBrowserRunner }, { AsyncQueue }] = await Promise.all([
          import("../../lib/run/browser-runner.ts"),
          import("../../lib/run/async-queue.ts"),
        ]);
        const queue = new AsyncQueue<OutgoingMessage>();
        outgoing.current = queue;
        const painter = paintByFrame((events) => {
          if (controller.current === abort) setState((before) => applyEvents(before, events));
        });
        const runner = createBrowserRunner(location.origin, loadMethodSchema);
        const options = streams ? { signal: abort.signal, outgoing: queue } : { signal: abort.signal };
        // The runner counts its milliseconds from here.
        startedAt.current = performance.now();
        for await (const event of runner.run(call, options)) painter(event);
        queue.end();
      })().catch(fail);
    },
    [cancel],
  );

  const refuse = useCallback((message: string) => setState({ ...IDLE, ...refused(message) }), []);

  const send = useCallback((text: string, confirmation: string | null = null) => {
    outgoing.current?.push({ text, confirmation });
    const atMs = performance.now() - startedAt.current;
    setState((before) => applySent(before, { text, atMs }));
  }, []);

  const halfClose = useCallback(() => {
    outgoing.current?.end();
    setState((before) => ({ ...before, halfClosed: true }));
  }, []);

  return { state, start, refuse, send, halfClose, cancel };
}

type End = Pick<RunState, "phase" | "error" | "endedAtMs">;

/** The end of a call that never left the page: INVALID_ARGUMENT. */
function refused(message: string): End {
  return { phase: "ended", error: localError(null, 3, message), endedAtMs: null };
}

/** The end of a call whose code could not be loaded, or failed: UNAVAILABLE, and what was sent is not known. */
function broken(cause: unknown): End {
  const message = `this page could not finish the call: ${cause instanceof Error ? cause.message : String(cause)}`;
  return { phase: "ended", error: localError("disconnected", 14, message, "unknown"), endedAtMs: null };
}

/** Collects events and hands them over once a frame; by a timer where the page is hidden and has no frames. */
function paintByFrame(paint: (events: readonly RunEvent[]) => void): (event: RunEvent) => void {
  let waiting: RunEvent[] = [];
  return (event) => {
    waiting.push(event);
    if (waiting.length > 1) return;
    const flush = () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      const events = waiting;
      waiting = [];
      if (events.length > 0) paint(events);
    };
    const frame = requestAnimationFrame(flush);
    const timer = setTimeout(flush, 250);
  };
}
