"use client";

import { usePathname, useRouter } from "next/navigation";
import { useEffect, useMemo, useRef, useState } from "react";
import { filterGroups } from "./filter-groups.ts";
import { isTyping } from "./is-typing.ts";
import styles from "./navigation.module.css";

export interface NavigationItem {
  readonly title: string;
  readonly href: string;
  readonly access: "read" | "write" | null;
}

export interface NavigationGroup {
  readonly title: string;
  readonly items: readonly NavigationItem[];
}

/** The left column; on a phone a drawer behind a button. `/` goes to its filter. */
export function Navigation({ groups }: { readonly groups: readonly NavigationGroup[] }) {
  const pathname = usePathname();
  const router = useRouter();
  const [filter, setFilter] = useState("");
  const [open, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLElement>(null);
  const shown = useMemo(() => filterGroups(groups, filter), [groups, filter]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: going to another page closes the drawer
  useEffect(() => setOpen(false), [pathname]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the mark moves with the page
  useEffect(() => {
    const box = list.current;
    const mark = box?.querySelector("[aria-current]")?.getBoundingClientRect();
    if (box == null || mark === undefined) return;
    const { top, bottom } = box.getBoundingClientRect();
    if (mark.top < top || mark.bottom > bottom) box.scrollTop += mark.top - (top + bottom) / 2;
  }, [pathname]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") setOpen(false);
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return;
      event.preventDefault();
      setOpen(true);
      input.current?.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  return (
    <>
      <button
        type="button"
        className={styles.toggle}
        aria-expanded={open}
        aria-controls="navigation"
        onClick={() => setOpen(!open)}
      >
        <span aria-hidden="true">{open ? "✕" : "☰"}</span>
        <span className="visually-hidden">Navigation</span>
      </button>
      {open && <div className={styles.backdrop} onClick={() => setOpen(false)} aria-hidden="true" />}
      <nav ref={list} id="navigation" className={styles.navigation} data-open={open} aria-label="Pages">
        <div className={styles.filter}>
          <input
            ref={input}
            type="search"
            placeholder="Filter pages"
            aria-label="Filter pages"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
            onKeyDown={(event) => {
              const first = shown[0]?.items[0];
              if (event.key === "Enter" && filter !== "" && first !== undefined) router.push(first.href);
            }}
          />
          <span aria-hidden="true">/</span>
        </div>
        {shown.map((group) => (
          <section key={group.title}>
            <h2>{group.title}</h2>
            <ul>
              {group.items.map((item) => (
                <li key={item.href}>
                  <a
                    href={item.href}
                    onClick={() => setOpen(false)}
                    aria-current={item.href === pathname ? "page" : undefined}
                  >
                    <span>{item.title}</span>
                    {item.access === "write" && <em>write</em>}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {shown.length === 0 && <p className={styles.none}>No page has “{filter}” in its name.</p>}
      </nav>
    </>
  );
}
