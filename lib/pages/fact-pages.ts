import { cliPages } from "./cli-pages.ts";
import { errorPages } from "./error-pages.ts";
import { CLI_SLUG, ERRORS_SLUG, PERMISSIONS_SLUG } from "./fact-slugs.ts";
import type { Page } from "./page.ts";
import type { PageContext } from "./page-context.ts";
import { permissionPages } from "./permission-pages.ts";

/** The pages of what is known beside the protos: commands, permissions and errors. */
export function factPages(context: PageContext): Page[] {
  return [...cliPages(context), ...permissionPages(context), ...errorPages(context)];
}

/** Their overviews, for the navigation and the first page. */
export function factLinks({
  reference,
  basePath,
}: PageContext): { title: string; href: string; summary: string }[] {
  const { commands, errors, services } = reference;
  const asked = services.some(({ methods }) =>
    methods.some(({ permissions }) => permissions !== null && permissions.length > 0),
  );
  const all = [
    commands !== null && {
      title: "Command line",
      slug: CLI_SLUG,
      summary: `The commands of \`${commands.program}\`, their flags, and the request that each makes.`,
    },
    asked && {
      title: "Permissions",
      slug: PERMISSIONS_SLUG,
      summary: "What a macaroon has to allow for each method.",
    },
    errors.length > 0 && {
      title: "Errors",
      slug: ERRORS_SLUG,
      summary: "What calls end with when they fail, what causes it, and what to do.",
    },
  ];
  return all
    .filter((link) => link !== false)
    .map(({ title, slug, summary }) => ({ title, href: `${basePath}/${slug}`, summary }));
}
