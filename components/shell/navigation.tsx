"use client";

import { useEffect, useRef, useState } from "react";
import { ApiSwitcher } from "./api-switcher.tsx";
import styles from "./navigation.module.css";
import { usePathname } from "./router.ts";

export interface NavigationItem {
  readonly title: string;
  readonly href: string;
  readonly access: "read" | "write" | null;
}

export interface NavigationGroup {
  readonly title: string;
  readonly items: readonly NavigationItem[];
}

/** A group of an API that is too large to be shown whole: a link, and its items while one of its pages is shown. */
export interface FoldedGroup {
  readonly title: string;
  /** The page that lists what is in the group, below which its pages lie. */
  readonly href: string;
  /** Where its items are loaded from. */
  readonly source: string;
}

/** An API's part of the navigation. It is shown on the pages below `base`. */
export interface NavigationApi {
  readonly title: string;
  readonly base: string;
  readonly groups: readonly (NavigationGroup | FoldedGroup)[];
}

/** The left column; on a phone a drawer behind a button. The first API stands where a page is of none. */
export function Navigation({
  start,
  apis,
}: {
  readonly start: readonly NavigationGroup[];
  readonly apis: readonly NavigationApi[];
}) {
  const pathname = usePathname();
  const [open, setOpen] = useState(false);
  const list = useRef<HTMLElement>(null);
  const toggle = useRef<HTMLButtonElement>(null);
  const api = apiOf(apis, pathname);
  const groups = [...start, ...(api?.groups ?? [])];

  // biome-ignore lint/correctness/useExhaustiveDependencies: going to another page closes the drawer
  useEffect(() => setOpen(false), [pathname]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the mark moves with the page
  useEffect(() => showMark(list.current), [pathname]);

  useEffect(() => {
    if (!open) return;
    list.current?.querySelector<HTMLElement>("[aria-current], a")?.focus({ preventScroll: true });
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      setOpen(false);
      toggle.current?.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [open]);

  return (
    <>
      <button
        ref={toggle}
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
        <ApiSwitcher apis={apis} current={api} pathname={pathname} onGo={() => setOpen(false)} />
        {groups.map((group) =>
          "items" in group ? (
            <section key={group.title}>
              <h2>{group.title}</h2>
              <Items items={group.items} pathname={pathname} onGo={() => setOpen(false)} />
            </section>
          ) : (
            <Folded
              key={group.href}
              group={group}
              pathname={pathname}
              onGo={() => setOpen(false)}
              onShown={() => showMark(list.current)}
            />
          ),
        )}
      </nav>
    </>
  );
}

function Items({
  items,
  pathname,
  onGo,
}: {
  readonly items: readonly NavigationItem[];
  readonly pathname: string;
  readonly onGo: () => void;
}) {
  return (
    <ul>
      {items.map(({ title, href, access }) => (
        <li key={href}>
          <a href={href} onClick={onGo} aria-current={href === pathname ? "page" : undefined}>
            <span>{title}</span>
            {access === "write" && <em>write</em>}
          </a>
        </li>
      ))}
    </ul>
  );
}

function Folded({
  group,
  pathname,
  onGo,
  onShown,
}: {
  readonly group: FoldedGroup;
  readonly pathname: string;
  readonly onGo: () => void;
  readonly onShown: () => void;
}) {
  const { title, href, source } = group;
  const current = pathname === href || pathname.startsWith(`${href}/`);
  const [items, setItems] = useState<readonly NavigationItem[] | null>(null);
  useEffect(() => {
    if (!current || items !== null) return;
    // Without them the group is still the link to the page that lists them.
    fetch(source).then(
      async (response) => response.ok && setItems((await response.json()) as readonly NavigationItem[]),
      () => {},
    );
  }, [current, items, source]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the mark is there with the items
  useEffect(onShown, [items]);
  return (
    <section className={styles.folded}>
      <a href={href} onClick={onGo} aria-current={pathname === href ? "page" : undefined}>
        {title}
      </a>
      {current && items !== null && <Items items={items} pathname={pathname} onGo={onGo} />}
    </section>
  );
}

/** Scrolls the column to the page that is shown, where that is out of sight. */
function showMark(box: HTMLElement | null): void {
  const mark = box?.querySelector("[aria-current=page]")?.getBoundingClientRect();
  if (box === null || mark === undefined) return;
  const { top, bottom } = box.getBoundingClientRect();
  if (mark.top < top || mark.bottom > bottom) box.scrollTop += mark.top - (top + bottom) / 2;
}

function apiOf(apis: readonly NavigationApi[], pathname: string): NavigationApi | undefined {
  const within = apis.filter(({ base }) => pathname === base || pathname.startsWith(`${base}/`));
  return (
    within.reduce<NavigationApi | undefined>(
      (best, api) => (best === undefined || api.base.length > best.base.length ? api : best),
      undefined,
    ) ?? apis[0]
  );
}
