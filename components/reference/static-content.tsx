import type { ReactNode } from "react";
import { staticHtml } from "./static-html.ts";

/** A part of a page as its HTML alone where it is nothing but markup; else as the elements that it is. */
export function StaticContent({ children }: { readonly children: ReactNode }) {
  const html = staticHtml(children);
  if (html === null) return children;
  // biome-ignore lint/security/noDangerouslySetInnerHtml: written from elements with every text escaped, as React would
  return <div dangerouslySetInnerHTML={{ __html: html }} />;
}
