import { cliPages } from "./cli-pages.ts";
import { CLI_SLUG } from "./fact-slugs.ts";
import type { Page } from "./page.ts";
import type { PageContext } from "./page-context.ts";

/** The pages of what is known beside the protos: commands, permissions and errors. */
export function factPages(context: PageContext): Page[] {
  return cliPages(context);
}

/** Their overviews, for the navigation and the first page. */
export function factLinks({
  reference,
  basePath,
}: PageContext): { title: string; href: string; summary: string }[] {
  const { commands } = reference;
  return [
    ...(commands === null
      ? []
      : [
          {
            title: "Command line",
            href: `${basePath}/${CLI_SLUG}`,
            summary: `The commands of \`${commands.program}\`, their flags, and the request that each makes.`,
          },
        ]),
  ];
}
