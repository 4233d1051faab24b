import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { guideElements } from "../../../components/guide/guide-elements.tsx";
import { Neighbours } from "../../../components/reference/neighbours.tsx";
import { Contents } from "../../../components/shell/contents.tsx";
import type { Guide } from "../../../lib/guides/read-guide.ts";
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
        <Neighbours {...(await neighboursOf(guide.slug))} />
      </article>
      <Contents
        items={guide.headings.flatMap(({ id, text, depth }) => (depth === 2 ? [[id, text, 0]] : []))}
        form="column"
      />
    </div>
  );
}

/** The guides before and after it, in the order of the navigation. */
async function neighboursOf(slug: string) {
  const guides = await listGuides();
  const at = guides.findIndex((guide) => guide.slug === slug);
  const link = (guide: Guide | undefined) =>
    guide === undefined
      ? undefined
      : { text: guide.info?.title ?? guide.slug, href: `/guides/${guide.slug}` };
  const [previous, next] = [link(guides[at - 1]), link(guides[at + 1])];
  return { ...(previous === undefined ? {} : { previous }), ...(next === undefined ? {} : { next }) };
}

async function findGuide(params: Params["params"]) {
  const { slug } = await params;
  return (await listGuides()).find((guide) => guide.slug === slug) ?? notFound();
}
