"use client";

import { useEffect } from "react";
import { useRouter } from "./router.ts";

/**
 * Follows links to other pages of the site without loading the page anew. One listener for all of them: so that a link
 * is plain HTML, costs a page nothing, and works before any script has come.
 */
export function FollowLinks(): null {
  const router = useRouter();
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const href = followed(event);
      if (href === null) return;
      event.preventDefault();
      router.push(href);
    };
    document.addEventListener("click", onClick);
    return () => document.removeEventListener("click", onClick);
  }, [router]);
  return null;
}

/** Where a click leads to within the site; null where the browser is to follow it, or nobody. */
function followed(event: MouseEvent): string | null {
  const other = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (other || event.defaultPrevented || !(event.target instanceof Element)) return null;
  const link = event.target.closest("a");
  if (link === null || link.target !== "" || link.hasAttribute("download")) return null;
  const { origin, pathname, search, hash } = link;
  if (!link.getAttribute("href")?.startsWith("/") || origin !== location.origin) return null;
  // A place on this page: the browser goes there, and its history knows it.
  if (pathname === location.pathname && search === location.search && hash !== "") return null;
  return pathname + search + hash;
}
