import type { Method } from "../reference/reference.ts";
import { permissionSlug } from "./fact-slugs.ts";
import { type Element, element } from "./mdx.ts";
import type { PageContext } from "./page-context.ts";

/** What a macaroon needs for this call; nothing where the API's methods ask for none. */
export function permissionSection(method: Method, context: PageContext): Element[] {
  const { permissions } = method;
  if (permissions === null || permissions.length === 0) return [];
  return [
    element("Section", { title: "Permissions", id: "permissions" }, [
      element("PermissionLine", {
        permissions: permissions.map((permission) => ({
          text: permission,
          href: `${context.basePath}/${permissionSlug(permission)}`,
        })),
        uri: `/${method.service}/${method.shortName}`,
      }),
    ]),
  ];
}
