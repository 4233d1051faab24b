import type { ReactNode } from "react";

/** The first part of a method's page: the editor follows it where there is one column. */
export function Intro({ children }: { readonly children: ReactNode }) {
  return children;
}

/** The second part of a method's page: it follows the editor where there is one column. */
export function Body({ children }: { readonly children: ReactNode }) {
  return children;
}
