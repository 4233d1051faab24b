"use client";

import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { PathnameContext } from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import { useContext } from "react";

/*
 * What `next/navigation` gives of these two, without the rest of it: that weighs 4 kB on every page.
 */

/** The path of the page that is shown. */
export function usePathname(): string {
  return useContext(PathnameContext) ?? "/";
}

/** Goes to another page of the site without loading it anew. */
export function useRouter(): { push(href: string): void; prefetch(href: string): void } {
  const router = useContext(AppRouterContext);
  if (router === null) throw new Error("no page of the app router is shown");
  return router;
}
