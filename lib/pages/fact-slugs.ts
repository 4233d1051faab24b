/** Where commands, permissions and errors have their pages, below an API's base. */
export const CLI_SLUG = "cli";
export const PERMISSIONS_SLUG = "permissions";
export const ERRORS_SLUG = "errors";

/** `cli/accounts-new` for `pool accounts new`; `cli` for the program itself. */
export function commandSlug(name: string): string {
  return [CLI_SLUG, name.split(" ").slice(1).join("-")].filter((part) => part !== "").join("/");
}

/** `permissions/account-read` for `account:read`. */
export function permissionSlug(permission: string): string {
  return `${PERMISSIONS_SLUG}/${permission.replace(":", "-")}`;
}

/** `errors/macaroons` for the group `macaroons`. */
export function errorGroupSlug(slug: string): string {
  return `${ERRORS_SLUG}/${slug}`;
}

/** Where an error stands: `errors/macaroons#no-macaroon`. */
export function errorSlug(group: string, error: string): string {
  return `${errorGroupSlug(group)}#${error}`;
}
