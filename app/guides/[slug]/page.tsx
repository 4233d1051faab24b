import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { guideElements } from "../../../components/guide/guide-elements.tsx";
import { listGuides, loadGuide, requestLinks } from "../../load-guide.ts";

interface Params {
  readonly params: Promise<{ readonly slug: string }>;
}

export const dynamicParams = false;

export async function generateStaticParams() {
  return (await listGuides()).map(({ slug }) => ({ slug }));
}

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const info = (await findGuide(params)).info;
  return info === null ? {} : { title: info.title, description: info.description };
}

/** A guide of `content/guides/`, in the reading column. */
export default async function GuidePage({ params }: Params) {
  const guide = await findGuide(params);
  const [{ default: Content }, requestHref] = await Promise.all([loadGuide(guide.slug), requestLinks(guide)]);
  return (
    <article className="reading prose">
      <Content components={guideElements(requestHref)} />
    </article>
  );
}

async function findGuide(params: Params["params"]) {
  const { slug } = await params;
  return (await listGuides()).find((guide) => guide.slug === slug) ?? notFound();
}
