"use client";

import { useEffect } from "react";
import { usePathname, useRouter } from "./router.ts";

/** A pointer that rests on a link for this long may be about to press it. */
const REST_MS = 60;

/**
 * Follows links to other pages of the site without loading the page anew. One listener for all of them: so that a link
 * is plain HTML, costs a page nothing, and works before any script has come.
 */
export function FollowLinks(): null {
  const router = useRouter();
  const pathname = usePathname();

  useEffect(() => {
    let resting: ReturnType<typeof setTimeout> | undefined;
    const onClick = (event: MouseEvent) => {
      const other = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
      const href = other || event.defaultPrevented ? null : followed(event);
      if (href === null) return;
      event.preventDefault();
      router.push(href);
    };
    const onPointerOver = (event: PointerEvent) => {
      clearTimeout(resting);
      const href = followed(event);
      if (href !== null) resting = setTimeout(() => router.prefetch(href), REST_MS);
    };
    document.addEventListener("click", onClick);
    document.addEventListener("pointerover", onPointerOver);
    return () => {
      clearTimeout(resting);
      document.removeEventListener("click", onClick);
      document.removeEventListener("pointerover", onPointerOver);
    };
  }, [router]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: with another page there is another place
  useEffect(() => {
    if (location.hash !== "" && !location.hash.includes("=")) {
      void import("./show-target.ts").then(({ showTarget }) => showTarget());
    }
  }, [pathname]);
  return null;
}

/** Where the link under an event leads to within the site; null where the browser is to follow it, or nobody. */
function followed(event: Event): string | null {
  if (!(event.target instanceof Element)) return null;
  const link = event.target.closest("a");
  if (link === null || link.target !== "" || link.hasAttribute("download")) return null;
  const { origin, pathname, search, hash } = link;
  if (!link.getAttribute("href")?.startsWith("/") || origin !== location.origin) return null;
  // A place on this page: the browser goes there, and its history knows it.
  if (pathname === location.pathname && search === location.search && hash !== "") return null;
  return pathname + search + hash;
}
