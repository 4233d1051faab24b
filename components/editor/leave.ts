const tabbable =
  'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), summary, [tabindex]:not([tabindex="-1"])';

/** Moves the focus to the first control after `root`, or takes it away where there is none. */
export function focusAfter(root: HTMLElement): void {
  const next = [...document.querySelectorAll<HTMLElement>(tabbable)].find(
    (element) =>
      !root.contains(element) &&
      (root.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 &&
      element.checkVisibility(),
  );
  if (next !== undefined) next.focus();
  else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}
