"use client";

import { useEffect } from "react";

/**
 * Fills what unfolds to a part of another page (`data-unfold`), once it is opened. One listener for all of them, so that a page
 * costs nothing for what nobody opens; without script the link inside leads there.
 */
export function UnfoldElsewhere(): null {
  useEffect(() => {
    const onToggle = ({ target }: Event) => {
      if (!(target instanceof HTMLDetailsElement) || !target.open) return;
      const href = target.dataset.unfold;
      if (href !== undefined)
        void import("./fill-unfold.ts").then(({ fillUnfold }) => fillUnfold(target, href));
    };
    // A toggle does not bubble, but it is heard on its way down.
    document.addEventListener("toggle", onToggle, true);
    return () => document.removeEventListener("toggle", onToggle, true);
  }, []);
  return null;
}
