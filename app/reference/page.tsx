import type { Metadata } from "next";
import { loadPage } from "./load-page.ts";
import { ReferencePage } from "./reference-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const page = (await loadPage("index"))?.page;
  return page === undefined ? {} : { title: page.title, description: page.description };
}

export default function Page() {
  return <ReferencePage slug="index" />;
}
