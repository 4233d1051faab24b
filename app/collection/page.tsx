import type { Metadata } from "next";
import { CollectionPage } from "../../components/collections/collection-page.tsx";
import { methodPages } from "../method-pages.ts";

export const metadata: Metadata = {
  title: "Saved requests",
  description: "Requests under a name, kept in a file of your project.",
};

export default async function Page() {
  return (
    <article className="reading prose">
      <h1>Saved requests</h1>
      <CollectionPage pages={await methodPages()} />
    </article>
  );
}
