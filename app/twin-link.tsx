import { PageTools } from "../components/shell/page-tools.tsx";

/** What leads to the Markdown twin of the page at `href`: for a reader, and for a program that reads the head. */
export function TwinLink({ href }: { readonly href: string }) {
  const twin = href === "/" ? "/index.md" : `${href}.md`;
  return (
    <>
      <link rel="alternate" type="text/markdown" href={twin} />
      <PageTools twin={twin} />
    </>
  );
}
