import type { ReactNode } from "react";

/** Stands in for what keeps a failed page readable for search engines: none comes to a site on loopback. */
export default function GracefulDegradeBoundary({ children }: { readonly children: ReactNode }): ReactNode {
  return children;
}
