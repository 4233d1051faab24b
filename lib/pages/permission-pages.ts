import type { Method } from "../reference/reference.ts";
import { PERMISSIONS_SLUG, permissionSlug } from "./fact-slugs.ts";
import { methodHref } from "./links.ts";
import { type Element, element } from "./mdx.ts";
import { methodList } from "./method-list.ts";
import type { Page } from "./page.ts";
import { breadcrumbs, type PageContext } from "./page-context.ts";

/** `/permissions` and a page for each; nothing where no method asks for any. */
export function permissionPages(context: PageContext): Page[] {
  const needed = neededBy(context);
  return needed.size === 0
    ? []
    : [overview(needed, context), ...[...needed.keys()].map((name) => permissionPage(name, needed, context))];
}

/** Permission → the methods that ask for it, by name. */
type Needed = ReadonlyMap<string, readonly Method[]>;

function neededBy({ reference }: PageContext): Needed {
  const methods = reference.services.flatMap((service) => service.methods);
  const names = [...new Set(methods.flatMap(({ permissions }) => permissions ?? []))].sort();
  return new Map(
    names.map((name) => [name, methods.filter(({ permissions }) => permissions?.includes(name) === true)]),
  );
}

function overview(needed: Needed, context: PageContext): Page {
  const split = [...needed.keys()].map((name) => name.split(":"));
  const entities = [...new Set(split.map(([entity = ""]) => entity))];
  const actions = [...new Set(split.map(([, action = ""]) => action))].sort();
  const description = `The macaroon permissions that methods of the ${context.reference.api.title} API ask for: an entity and an action each.`;
  return {
    slug: PERMISSIONS_SLUG,
    source: context.protoRoot,
    info: { kind: "index", title: "Permissions", description },
    body: [
      breadcrumbs(context),
      element("PageTitle", { title: "Permissions" }),
      element("Doc", { text: description }),
      element("PermissionTable", {
        actions,
        rows: entities.map((entity) => ({
          entity,
          cells: actions.map((action) => {
            const name = `${entity}:${action}`;
            const methods = needed.get(name);
            return methods === undefined
              ? null
              : { text: name, href: `${context.basePath}/${permissionSlug(name)}`, count: methods.length };
          }),
        })),
      }),
      ...narrower(context),
      element("Section", { title: "By method", id: "by-method" }, [
        element(
          "DefinitionList",
          {},
          context.reference.services
            .flatMap((service) => service.methods)
            .filter(({ permissions }) => permissions !== null && permissions.length > 0)
            .map((method) =>
              element("PermissionRow", {
                name: method.shortName,
                href: methodHref(method.name, context.basePath),
                access: method.access,
                permissions: (method.permissions ?? []).map((name) => ({
                  text: name,
                  href: `${context.basePath}/${permissionSlug(name)}`,
                })),
              }),
            ),
        ),
      ]),
    ],
  };
}

function permissionPage(name: string, needed: Needed, context: PageContext): Page {
  const methods = needed.get(name) ?? [];
  const [entity = "", action = ""] = name.split(":");
  const writes = methods.filter(({ access }) => access === "write").length;
  const together = methods.filter(({ permissions }) => (permissions?.length ?? 0) > 1);
  const description = `${methods.length} ${methods.length === 1 ? "method asks" : "methods ask"} for ${name}${
    writes === 0 ? "; none of them changes anything" : writes === methods.length ? "; all of them write" : ""
  }.`;
  return {
    slug: permissionSlug(name),
    source: context.protoRoot,
    info: { kind: "permission", title: name, description },
    body: [
      breadcrumbs(context, { text: "Permissions", href: `${context.basePath}/${PERMISSIONS_SLUG}` }),
      element("PageTitle", { title: name }),
      element("Chips", {}, [
        element("KindChip", { text: "Permission" }),
        element("KindChip", { text: `Entity: ${entity}` }),
        element("KindChip", { text: `Action: ${action}` }),
      ]),
      element("Doc", { text: [description, ...secretNote(methods)].join("\n\n") }),
      element("Section", { title: "Methods that ask for it", id: "methods" }, [
        methodList(methods, context),
        ...together.map(({ shortName, permissions }) =>
          element("Doc", {
            text: `${shortName} asks for all of ${(permissions ?? []).map((p) => `\`${p}\``).join(", ")}.`,
          }),
        ),
      ]),
      ...narrower(context),
    ],
  };
}

/** A read that gives secrets away is worth a word. */
function secretNote(methods: readonly Method[]): string[] {
  const secret = methods.filter(({ safety }) => safety.secretReply).map(({ shortName }) => shortName);
  return secret.length === 0
    ? []
    : [
        `The reply of ${secret.join(" and ")} holds secrets: whoever has this permission can read and use them.`,
      ];
}

/** How to come by a macaroon that allows less. Each daemon has its own way, so a guide says it. */
function narrower({ macaroonGuide }: PageContext): Element[] {
  if (macaroonGuide === null) return [];
  const text =
    "A macaroon can be narrowed by whoever holds it in when and from where it counts, but a permission cannot be taken out. The guide says what can be done.";
  return [
    element("Section", { title: "A macaroon that allows less", id: "narrower" }, [
      element("Doc", { text }),
      element("Actions", {}, [element("Action", { text: "Guide: macaroons", href: macaroonGuide })]),
    ]),
  ];
}
