import type { Command, CommandFlag } from "../reference/command.ts";
import type { Method } from "../reference/reference.ts";
import { commandSlug } from "./fact-slugs.ts";
import { requestFieldHref } from "./fields.ts";
import { lastPart, linksIn } from "./links.ts";
import { type Element, element } from "./mdx.ts";
import type { PageContext } from "./page-context.ts";

/** How many flags a method's page writes out. */
const MAX_FLAGS = 16;

/** The commands that make this call, with their flags; nothing where there is none. */
export function cliSection(method: Method, context: PageContext): Element[] {
  const all = context.reference.commands?.commands ?? [];
  const own = all.filter((command) => command.method === method.name);
  const others = all.filter((command) => command.also.includes(method.name));
  if (own.length + others.length === 0) return [];
  const isLong = own.reduce((sum, { flags }) => sum + flags.length, 0) > MAX_FLAGS;
  return [
    element("Section", { title: "Command line", id: "cli" }, [
      ...own.flatMap((command) => [
        element("CommandLine", {
          text: usageOf(command),
          href: commandHref(command, context),
        }),
        ...flagElements(command, isLong, context),
      ]),
      ...others.map((command) =>
        textElement(
          `\`${command.name}\` serves for this too. It calls [${lastPart(command.method ?? "")}][${command.method}].`,
          context,
        ),
      ),
    ]),
  ];
}

/** The flags of one command: here, or fetched from its page where the method's commands have many. */
function flagElements(command: Command, isLong: boolean, context: PageContext): Element[] {
  if (command.flags.length + command.arguments.length === 0) return [];
  const label = `Flags of ${command.name}`;
  if (isLong) return [element("Unfold", { label, href: `${commandHref(command, context)}#flags` })];
  const prefix = `${commandSlug(command.name).replace("/", "-")}-`;
  return [element("Unfold", { label }, [flagTable(command, context, prefix)])];
}

/** `/reference/cli/accounts-new` */
export function commandHref(command: Command, { basePath }: PageContext): string {
  return `${basePath}/${commandSlug(command.name)}`;
}

/** `pool accounts new --amt <sat> [--expiry_blocks <blocks>] …`: what has to be there, then that there is more. */
export function usageOf(command: Command): string {
  const needed = command.flags.filter(({ required }) => required);
  const lone = command.arguments.filter(({ flag }) => flag === null);
  return [
    command.name,
    ...needed.map((flag) => `--${flag.name} ${placeholder(flag)}`),
    ...(command.flags.length > needed.length ? ["[flags]"] : []),
    ...lone.map((argument) => `<${argument.name}>`),
  ].join(" ");
}

function placeholder({ type, unit }: CommandFlag): string {
  return `<${unit ?? type}>`;
}

/** Arguments that have no flag, flags, and fields that are always set. Anchors begin with `prefix`. */
export function flagTable(command: Command, context: PageContext, prefix = ""): Element {
  const { method } = command;
  const places = (paths: readonly string[]) => paths.map((path) => fieldPlace(path, method, context));
  return element("FlagTable", {}, [
    ...command.arguments
      .filter(({ flag }) => flag === null)
      .map((argument) =>
        element("Flag", {
          id: `${prefix}argument-${argument.name}`,
          name: argument.name,
          type: argument.type,
          unit: argument.unit ?? undefined,
          needed: true,
          fields: places(argument.fields),
          about: argument.about,
          links: linksIn(context.links, argument.about),
        }),
      ),
    ...command.flags.map((flag) =>
      element("Flag", {
        id: `${prefix}flag-${flag.name}`,
        name: `--${flag.name}`,
        alias: flag.alias === null ? undefined : `-${flag.alias}`,
        type: flag.type,
        unit: flag.unit ?? undefined,
        needed: flag.required || undefined,
        fallback: flag.default ?? undefined,
        env: flag.env ?? undefined,
        position: positionOf(command, flag),
        fields: places(flag.fields),
        about: flag.about,
        links: linksIn(context.links, flag.about),
      }),
    ),
  ]);
}

function positionOf(command: Command, flag: CommandFlag): string | undefined {
  const index = command.arguments.findIndex((argument) => argument.flag === flag.name);
  return index === -1 ? undefined : (["first", "second", "third", "fourth"][index] ?? `${index + 1}th`);
}

/** A field of the request, and where it is documented. */
export function fieldPlace(path: string, method: string | null, context: PageContext) {
  const called = method === null ? undefined : context.methods.get(method);
  const href = called === undefined ? undefined : requestFieldHref(called, path, context);
  return { text: path, ...(href === undefined ? {} : { href }) };
}

/** A paragraph of Markdown. */
export function textElement(text: string, context: PageContext): Element {
  return element("Doc", { text, links: linksIn(context.links, text) });
}
