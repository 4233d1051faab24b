import type { ReactNode } from "react";

/** What stands above the sections of a method's page: the editor follows it, the sections follow the editor. */
export function Intro({ children }: { readonly children: ReactNode }) {
  return children;
}
