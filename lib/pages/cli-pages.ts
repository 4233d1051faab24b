import type { Command } from "../reference/command.ts";
import { commandHref, fieldPlace, flagTable, textElement, usageOf } from "./cli-section.ts";
import { CLI_SLUG, commandSlug } from "./fact-slugs.ts";
import { lastPart, linksIn, methodHref } from "./links.ts";
import { type Element, element } from "./mdx.ts";
import type { Page } from "./page.ts";
import { breadcrumbs, type PageContext, plainText } from "./page-context.ts";

/** `/cli` and a page for each command; nothing where the API has no client program. */
export function cliPages(context: PageContext): Page[] {
  const { commands } = context.reference;
  const [program, ...others] = commands?.commands ?? [];
  if (program === undefined) return [];
  return [
    overview(program, others, context),
    ...others.map((command) => commandPage(command, others, context)),
  ];
}

function overview(program: Command, commands: readonly Command[], context: PageContext): Page {
  const title = `${program.name} command line`;
  const groups = commands.filter(({ method }) => method === null);
  const inGroup = (command: Command) => groups.some((group) => isBelow(command, group));
  const lone = commands.filter((command) => command.method !== null && !inGroup(command));
  const outer = groups.filter((group) => !inGroup(group));
  return {
    slug: CLI_SLUG,
    source: context.protoRoot,
    info: { kind: "index", title: "Command line", description: plainText(program.summary) },
    body: [
      breadcrumbs(context),
      element("PageTitle", { title }),
      textElement(program.summary, context),
      element("CommandLine", { text: `${program.name} [global flags] <command> [flags] [arguments]` }),
      ...outer.map((group) =>
        element("Section", { title: group.name, id: group.name.split(" ").slice(1).join("-") }, [
          textElement(group.summary, context),
          rows(
            commands.filter((command) => command.method !== null && isBelow(command, group)),
            context,
          ),
        ]),
      ),
      ...(lone.length === 0
        ? []
        : [element("Section", { title: "The daemon", id: "commands" }, [rows(lone, context)])]),
      element("Section", { title: "Global flags", id: "flags" }, [flagTable(program, context)]),
      ...notes(program, context),
    ],
  };
}

function commandPage(command: Command, all: readonly Command[], context: PageContext): Page {
  const below = all.filter((other) => isBelow(other, command) && other.method !== null);
  return {
    slug: commandSlug(command.name),
    source: context.protoRoot,
    info: {
      kind: command.method === null ? "index" : "command",
      title: command.name,
      description: plainText(command.summary),
    },
    body: [
      breadcrumbs(
        context,
        { text: "Command line", href: `${context.basePath}/${CLI_SLUG}` },
        ...all
          .filter((group) => isBelow(command, group))
          .map((group) => ({ text: group.name, href: commandHref(group, context) })),
      ),
      element("PageTitle", { title: command.name }),
      ...chips(command, context),
      textElement([command.summary, ...calls(command)].join("\n\n"), context),
      ...(command.method === null
        ? [element("Section", { title: "Commands", id: "commands" }, [rows(below, context)])]
        : usage(command, context)),
      ...notes(command, context),
    ],
  };
}

function chips(command: Command, context: PageContext): Element[] {
  const method = context.reference.services
    .flatMap(({ methods }) => methods)
    .find(({ name }) => name === command.method);
  const { alias } = command;
  const all = [
    element("KindChip", { text: command.method === null ? "Group of commands" : "Command" }),
    ...(alias === null ? [] : [element("KindChip", { text: `Short: ${alias}` })]),
    ...(method === undefined
      ? []
      : [
          element("AccessChip", {
            access: method.access,
            permissions: method.permissions === null ? null : [...method.permissions],
          }),
        ]),
  ];
  return [element("Chips", {}, all)];
}

/** Which methods it calls, in words. */
function calls({ method, first, flags }: Command): string[] {
  if (method === null) return [];
  const forced = flags.some(({ name }) => name === "force") ? ", unless `--force` is given" : "";
  const before =
    first === null
      ? ""
      : ` Before that it calls [${lastPart(first)}][${first}], shows what comes of it and asks for a yes${forced}.`;
  return [`It calls [${lastPart(method)}][${method}].${before}`];
}

function usage(command: Command, context: PageContext): Element[] {
  const { example, flags, sets } = command;
  const always = sets.filter((each) => each.with === null);
  const lone = command.arguments.filter(({ flag }) => flag === null);
  return [
    element("Section", { title: "Usage", id: "usage" }, [
      element("CommandLine", { text: usageOf(command) }),
      ...(example === null ? [] : [element("CommandLine", { text: example, example: true })]),
      ...(always.length === 0
        ? []
        : [
            element("AlwaysSet", {
              fields: always.map(({ field, value }) => ({
                ...fieldPlace(field, command.method, context),
                value,
              })),
            }),
          ]),
    ]),
    ...(flags.length + lone.length === 0
      ? []
      : [
          element("Section", { title: flags.length === 0 ? "Arguments" : "Flags", id: "flags" }, [
            flagTable(command, context),
          ]),
        ]),
  ];
}

function notes(command: Command, context: PageContext): Element[] {
  if (command.notes.length === 0) return [];
  const text = command.notes.map((note) => `- ${note.trim()}`).join("\n");
  return [element("Section", { title: "Worth knowing", id: "notes" }, [textElement(text, context)])];
}

function rows(commands: readonly Command[], context: PageContext): Element {
  return element(
    "DefinitionList",
    {},
    commands.map((command) =>
      element("CommandRow", {
        name: command.name,
        href: commandHref(command, context),
        method: command.method === null ? undefined : lastPart(command.method),
        methodHref: command.method === null ? undefined : methodHref(command.method, context.basePath),
        summary: command.summary,
        links: linksIn(context.links, command.summary),
      }),
    ),
  );
}

function isBelow(command: Command, group: Command): boolean {
  return group.method === null && command.name.startsWith(`${group.name} `);
}
