import "./css-modules.ts";
import { evaluate } from "@mdx-js/mdx";
import { createElement } from "react";
import * as runtime from "react/jsx-runtime";
import { renderToStaticMarkup } from "react-dom/server";
import type { PageInfo } from "../../lib/pages/page-file.ts";

const { PAGE_COMPONENTS } = await import("../../components/reference/page-components.ts");

/** Compiles and renders the text of a generated page as the site's build does. */
export async function renderPage(mdx: string): Promise<{ html: string; page: PageInfo }> {
  const { default: Content, page } = await evaluate(mdx, { ...runtime, baseUrl: import.meta.url });
  const html = renderToStaticMarkup(createElement(Content, { components: PAGE_COMPONENTS }));
  return { html, page: page as PageInfo };
}
