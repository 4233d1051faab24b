import { PageLink } from "./page-link.tsx";

/** A name in code; `href` leads to its place on this site. */
export interface Place {
  readonly text: string;
  readonly href?: string;
}

/** Names with commas between them. */
export function Places({ places }: { readonly places: readonly Place[] }) {
  return places.map(({ text, href }, index) => (
    <span key={text}>
      {index > 0 && ", "}
      {href === undefined ? (
        <code>{text}</code>
      ) : (
        <PageLink href={href}>
          <code>{text}</code>
        </PageLink>
      )}
    </span>
  ));
}
