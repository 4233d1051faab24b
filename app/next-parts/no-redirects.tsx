import type { ReactNode } from "react";

/** Stands in for what catches the redirects that a page may throw: no page of this site does. */
export function RedirectBoundary({ children }: { readonly children: ReactNode }): ReactNode {
  return children;
}

export const RedirectErrorBoundary = RedirectBoundary;
