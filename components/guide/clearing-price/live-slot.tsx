"use client";

import { type ComponentType, type ReactNode, useEffect, useRef, useState } from "react";

/** Shows the picture that the server drew, and in its place the live figure once it is near or wanted. */
export function LiveSlot({ children }: { readonly children: ReactNode }) {
  const [Live, setLive] = useState<ComponentType | null>(null);
  const place = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    let gone = false;
    const load = () => {
      observer.disconnect();
      // The picture stays where the figure cannot be had.
      import("./live-book.tsx").then(
        ({ LiveBook }) => gone || setLive(() => LiveBook),
        () => {},
      );
    };
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && load(),
      { rootMargin: "160px" },
    );
    observer.observe(element);
    return () => {
      gone = true;
      observer.disconnect();
    };
  }, []);

  return (
    <div ref={place} data-live={Live === null ? undefined : ""}>
      {Live === null ? children : <Live />}
    </div>
  );
}
