import { type RefObject, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { MonacoEvents, MonacoHandle } from "./monaco-editor.ts";

/** Loads Monaco, once a page. */
export const loadMonaco = () => import("./monaco-editor.ts");

export interface MonacoUse {
  /** Where Monaco goes: over the text area. */
  readonly host: RefObject<HTMLDivElement | null>;
  /** Null until Monaco has taken over. */
  readonly handle: MonacoHandle | null;
}

/**
 * Loads Monaco once `wanted`, and lets it take over from the text area: not while a composition is going on. Where it
 * cannot be loaded the text area stays.
 */
export function useMonaco(
  wanted: boolean,
  area: RefObject<HTMLTextAreaElement | null>,
  names: { readonly label: string; readonly describedBy: string },
  events: MonacoEvents,
): MonacoUse {
  const host = useRef<HTMLDivElement>(null);
  const [handle, setHandle] = useState<MonacoHandle | null>(null);
  const latest = useRef(events);
  latest.current = events;
  const { label, describedBy } = names;

  useEffect(() => {
    if (!wanted) return;
    let mounted: MonacoHandle | null = null;
    let stale = false;
    void (async () => {
      const monaco = await loadMonaco().catch(() => null);
      if (area.current !== null) await compositionEnd(area.current);
      if (stale || monaco === null || area.current === null || host.current === null) return;
      host.current.hidden = false;
      const start = { area: area.current, label, describedBy };
      mounted = monaco.mountMonaco(host.current, start, {
        // At once: a text that came back later would overwrite what has been typed since.
        onChange: (text) => flushSync(() => latest.current.onChange(text)),
        onRun: () => latest.current.onRun(),
        onLeave: () => latest.current.onLeave(),
        onCursor: (offset) => latest.current.onCursor(offset),
        onOpenType: (offset) => latest.current.onOpenType(offset),
        onLenses: () => latest.current.onLenses(),
      });
      setHandle(mounted);
    })();
    return () => {
      stale = true;
      mounted?.dispose();
      setHandle(null);
    };
  }, [wanted, area, label, describedBy]);

  return { host, handle };
}

const composing = new WeakSet<EventTarget>();

/** Notes the start of a composition: to be called by the text area. */
export function startComposition(event: { readonly target: EventTarget }): void {
  composing.add(event.target);
}

/** Notes its end. */
export function endComposition(event: { readonly target: EventTarget }): void {
  composing.delete(event.target);
}

function compositionEnd(area: HTMLTextAreaElement): Promise<void> {
  if (!composing.has(area)) return Promise.resolve();
  return new Promise((done) => {
    area.addEventListener("compositionend", () => setTimeout(done), { once: true });
  });
}
