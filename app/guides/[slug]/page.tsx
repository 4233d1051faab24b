import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { guideElements } from "../../../components/guide/guide-elements.tsx";
import { Contents } from "../../../components/shell/contents.tsx";
import { listGuides, loadGuide, requestLinks } from "../../load-guide.ts";
import { TwinLink } from "../../twin-link.tsx";

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
    <div className="with-contents">
      <article className="reading prose">
        <TwinLink href={`/guides/${guide.slug}`} />
        <Content components={guideElements(requestHref)} />
      </article>
      <Contents
        items={guide.headings.flatMap(({ id, text, depth }) => (depth === 2 ? [[id, text, 0]] : []))}
        form="column"
      />
    </div>
  );
}

async function findGuide(params: Params["params"]) {
  const { slug } = await params;
  return (await listGuides()).find((guide) => guide.slug === slug) ?? notFound();
}
