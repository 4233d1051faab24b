import Link from "next/link";
import type { ReactNode } from "react";

/** A link to another page of the site. A page of the reference has too many to fetch them all ahead. */
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
    <Link href={href} prefetch={false} className={className}>
      {children}
    </Link>
  );
}
