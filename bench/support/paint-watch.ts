import type { ElementHandle, Page } from "playwright-core";

/** When something was first on screen after a press of a button. */
export interface Painted {
  /** Milliseconds from the press. */
  readonly afterMs: number;
  /** `Date.now()` then: what a daemon on this machine can be compared with. */
  readonly at: number;
  /** What the pattern's groups caught. */
  readonly groups: readonly string[];
}

/** Where a page shows its reply, and what must stand there. */
export interface Wanted {
  /** Of this selector's first element the text, or the value of a field, is looked at, where it is not hidden. */
  readonly selector: string;
  readonly pattern: RegExp;
  readonly timeoutMs: number;
}

/** What begins the time: something done to the element, or the key that is pressed next. */
export type Beginning = "click" | "focus" | "key";

/**
 * Begins from within the page, and looks after each frame that was painted whether the wanted text is there; null where
 * it does not come in time. A frame is the accuracy.
 */
export async function actAndWatch(
  element: ElementHandle<SVGElement | HTMLElement>,
  begin: Beginning,
  { selector, pattern, timeoutMs }: Wanted,
): Promise<Painted | null> {
  return element.evaluate(
    (element, { begin, selector, source, timeoutMs }) =>
      new Promise<Painted | null>((resolve) => {
        const pattern = new RegExp(source);
        const armed = performance.now();
        let from = begin === "key" ? Number.NaN : armed;
        if (begin === "key") {
          addEventListener("keydown", ({ timeStamp }) => (from = timeStamp), { capture: true, once: true });
        }
        const { port1, port2 } = new MessageChannel();
        // A message posted in an animation frame arrives once that frame has been painted.
        port1.onmessage = () => {
          const found = document.querySelector(selector);
          const text =
            found === null || !found.checkVisibility()
              ? ""
              : "value" in found
                ? String(found.value)
                : (found.textContent ?? "");
          const match = pattern.exec(text);
          const now = performance.now();
          if (match !== null && now >= from) {
            resolve({ afterMs: now - from, at: Date.now(), groups: match.slice(1) });
          } else if (now - armed > timeoutMs) resolve(null);
          else requestAnimationFrame(() => port2.postMessage(null));
        };
        requestAnimationFrame(() => port2.postMessage(null));
        if (begin === "focus") (element as HTMLElement).focus();
        else if (begin === "click") {
          element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, view: window }));
        }
      }),
    { begin, selector, source: pattern.source, timeoutMs },
  );
}

/** Counts the page's frames from now on. The function that it gives ends that and says what the longest gap was, in ms. */
export async function watchFrames(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const frames = { longest: 0, last: performance.now(), over: false };
    const tick = () => {
      const now = performance.now();
      frames.longest = Math.max(frames.longest, now - frames.last);
      frames.last = now;
      if (!frames.over) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    Object.assign(window, { benchFrames: frames });
  });
  return () =>
    page.evaluate(() => {
      const { benchFrames } = window as unknown as {
        benchFrames: { longest: number; last: number; over: boolean };
      };
      benchFrames.over = true;
      return Math.max(benchFrames.longest, performance.now() - benchFrames.last);
    });
}
