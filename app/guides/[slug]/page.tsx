import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { GUIDE_COMPONENTS } from "../../../components/guide/guide-components.ts";
import { listGuides, loadGuide } from "../../load-guide.ts";

interface Params {
  readonly params: Promise<{ readonly slug: string }>;
}

export const dynamicParams = false;

export async function generateStaticParams() {
  return (await listGuides()).map((slug) => ({ slug }));
}

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { title, description } = await loadGuide((await params).slug);
  return { title: String(title), description: String(description) };
}

/** A guide of `content/guides/`, in the reading column. */
export default async function GuidePage({ params }: Params) {
  const { slug } = await params;
  if (!(await listGuides()).includes(slug)) notFound();
  const { default: Content } = await loadGuide(slug);
  return (
    <article className="reading prose">
      <Content components={GUIDE_COMPONENTS} />
    </article>
  );
}
