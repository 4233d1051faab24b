"use client";

import { useEffect, useRef } from "react";
import type { ContentsItem } from "../../lib/pages/contents.ts";
import styles from "./contents.module.css";

/** The table of contents of a page: it marks the place that is being read. A bar, where there is no room beside the text. */
export function Contents({
  items,
  form,
}: {
  readonly items: readonly ContentsItem[];
  readonly form: "column" | "bar";
}) {
  const nav = useRef<HTMLElement>(null);

  useEffect(() => {
    const links = new Map(
      [...(nav.current?.querySelectorAll("a") ?? [])].map((link) => [link.hash.slice(1), link]),
    );
    const inSight = new Set<string>();
    let marked: HTMLElement | undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) inSight.add(target.id);
          else inSight.delete(target.id);
        }
        // Between two places the last one stays marked.
        const first = [...links].find(([id]) => inSight.has(id))?.[1];
        if (first === undefined || first === marked) return;
        marked?.removeAttribute("aria-current");
        marked = first;
        marked.setAttribute("aria-current", "location");
        const box = form === "bar" ? first.closest("ul") : nav.current;
        box?.scrollTo({
          top: first.offsetTop - box.clientHeight / 2,
          left: first.offsetLeft - box.offsetLeft - box.clientWidth / 3,
        });
      },
      { rootMargin: "-84px 0px -60% 0px" },
    );
    for (const id of links.keys()) {
      const place = document.getElementById(decodeURIComponent(id));
      if (place !== null) observer.observe(place);
    }
    return () => observer.disconnect();
  }, [form]);

  if (items.length < 2) return null;
  return (
    <nav ref={nav} className={styles.contents} data-form={form} aria-label="On this page">
      <strong aria-hidden="true">On this page</strong>
      <ul>
        {items.map(([id, text, depth]) => (
          <li key={id} data-depth={depth}>
            <a href={`#${id}`}>{text}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
