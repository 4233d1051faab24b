import type { ReactNode } from "react";

/** A link to another page of the site. `FollowLinks` follows it without a page load. */
export function PageLink({
  href,
  className,
  children,
}: {
  readonly href: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <a href={href} className={className}>
      {children}
    </a>
  );
}
