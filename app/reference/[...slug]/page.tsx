import type { Metadata } from "next";
import { listSlugs, loadPage } from "../load-page.ts";
import { ReferencePage } from "../reference-page.tsx";

interface Props {
  readonly params: Promise<{ readonly slug: string[] }>;
}

export const dynamicParams = false;

export async function generateStaticParams(): Promise<{ slug: string[] }[]> {
  return (await listSlugs()).filter((slug) => slug !== "index").map((slug) => ({ slug: slug.split("/") }));
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const page = (await loadPage((await params).slug.join("/")))?.page;
  return page === undefined ? {} : { title: page.title, description: page.description };
}

export default async function Page({ params }: Props) {
  return <ReferencePage slug={(await params).slug.join("/")} />;
}
