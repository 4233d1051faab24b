import { type RefObject, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { compositionEnd } from "./composition.ts";
import { loadMonaco } from "./load-monaco.ts";
import type { MonacoEvents, MonacoHandle } from "./monaco-editor.ts";

/** Where Monaco goes, and what it takes over from. */
export interface MonacoPlaces {
  readonly area: RefObject<HTMLTextAreaElement | null>;
  /** Over the text area. */
  readonly host: RefObject<HTMLDivElement | null>;
}

/**
 * Loads Monaco, and lets it take over from the text area: not while a composition is going on. Null until then; where
 * it cannot be loaded the text area stays.
 */
export function useMonaco(
  { area, host }: MonacoPlaces,
  names: { readonly label: string; readonly describedBy: string },
  events: MonacoEvents,
): MonacoHandle | null {
  const [handle, setHandle] = useState<MonacoHandle | null>(null);
  const latest = useRef(events);
  latest.current = events;
  const { label, describedBy } = names;

  useEffect(() => {
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
  }, [area, host, label, describedBy]);

  return handle;
}
