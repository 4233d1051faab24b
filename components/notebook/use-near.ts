import { type RefObject, useEffect, useState } from "react";

/** How far out of sight something is made ready, px. */
const MARGIN = 800;

/** Whether the element is in sight, or nearly; true from then on, so that nothing jumps when it is gone from. */
export function useNear(element: RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const watched = element.current;
    if (near || watched === null) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setNear(true),
      { rootMargin: `${MARGIN}px` },
    );
    observer.observe(watched);
    return () => observer.disconnect();
  }, [near, element]);
  return near;
}
