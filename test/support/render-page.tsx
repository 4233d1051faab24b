import "./css-modules.ts";
import { evaluate } from "@mdx-js/mdx";
import { createElement, type ReactElement } from "react";
import * as runtime from "react/jsx-runtime";
import { renderToStaticMarkup } from "react-dom/server";
import type { PageInfo } from "../../lib/pages/page-file.ts";

const { PAGE_COMPONENTS } = await import("../../components/reference/page-components.ts");

/** Compiles the text of a generated page as the site's build does. */
export async function pageElement(mdx: string): Promise<{ element: ReactElement; page: PageInfo }> {
  const { default: Content, page } = await evaluate(mdx, { ...runtime, baseUrl: import.meta.url });
  return { element: createElement(Content, { components: PAGE_COMPONENTS }), page: page as PageInfo };
}

/** Compiles and renders it. */
export async function renderPage(mdx: string): Promise<{ html: string; page: PageInfo }> {
  const { element, page } = await pageElement(mdx);
  return { html: renderToStaticMarkup(element), page };
}
