import { type ApiError, type ErrorGroup, type ErrorSource, findError } from "./api-error.ts";

/** What a page needs of the errors of an API to help with one: `public/schema/errors-<api>.json`. */
export interface ErrorHelp
  extends Pick<ApiError, "slug" | "title" | "from" | "messages" | "methods" | "cause" | "remedy"> {
  /** Slug of the group's page. */
  readonly group: string;
}

/** Every error of an API, as pages load them. */
export function errorHelps(groups: readonly ErrorGroup[]): ErrorHelp[] {
  return groups.flatMap((group) =>
    group.errors.map(({ slug, title, from, messages, methods, cause, remedy }) => ({
      group: group.slug,
      slug,
      title,
      from,
      messages,
      methods,
      cause,
      remedy,
    })),
  );
}

/** What is known of an error of this method; an error that is known of others only is not taken for one of this. */
export function findHelp(
  helps: readonly ErrorHelp[],
  method: string,
  from: ErrorSource,
  message: string,
): ErrorHelp | null {
  const own = helps.filter(({ methods }) => methods.length === 0 || methods.includes(method));
  return findError(own, from, message);
}
