const composing = new WeakSet<EventTarget>();

/** Notes the start of a composition: to be called by the text area. */
export function startComposition(event: { readonly target: EventTarget }): void {
  composing.add(event.target);
}

/** Notes its end. */
export function endComposition(event: { readonly target: EventTarget }): void {
  composing.delete(event.target);
}

/** Resolves when no composition is going on. */
export function compositionEnd(area: HTMLTextAreaElement): Promise<void> {
  if (!composing.has(area)) return Promise.resolve();
  return new Promise((done) => {
    area.addEventListener("compositionend", () => setTimeout(done), { once: true });
  });
}
