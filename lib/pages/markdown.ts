import type { Element, Json } from "./mdx.ts";
import type { ReadPage } from "./read-page.ts";

type Props = Element["props"];
type Rule = (props: Props, inner: (within?: Context) => string[], context: Context) => string[];

interface Context {
  /** Whether the element stands in a list of fields: it is an item then. */
  readonly level: number;
}

/**
 * The Markdown twin of a generated page, as lines of text. Every element that a page may hold has a rule; one without is
 * shown by its texts and what is in it, so that nothing of a page is lost.
 */
export function pageMarkdown({ body }: Pick<ReadPage, "body">, page: { readonly url: string }): string {
  const lines = blocks(body, { level: 0 });
  const text = lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  return `${text}\n\n---\n\nThis page: ${page.url}\n`;
}

function blocks(elements: readonly Element[], context: Context): string[] {
  return elements.flatMap((element) => block(element, context));
}

function block({ tag, props, children }: Element, context: Context): string[] {
  const rule = RULES[tag] ?? otherwise;
  return rule(props, (within = context) => blocks(children, within), context);
}

const RULES: Readonly<Record<string, Rule>> = {
  Intro: (_, inner) => inner(),
  Body: (_, inner) => inner(),
  Breadcrumbs: ({ items }) => [list(items).map(linkOf).join(" › "), ""],
  PageTitle: ({ title, name, deprecated }) => [
    `# ${plain(title)}`,
    "",
    ...(name === undefined ? [] : [code(name), ""]),
    ...(deprecated === true ? ["**Deprecated.**", ""] : []),
  ],
  Chips: (_, inner) => [...inner(), ""],
  StreamChip: ({ stream }) => [`- Call: ${plain(stream)}`],
  KindChip: ({ text }) => [`- ${plain(text)}`],
  AccessChip: ({ access, permissions }) => [
    `- Access: ${plain(access)}; ${
      permissions === null
        ? "permissions not known"
        : list(permissions).length === 0
          ? "no macaroon"
          : `macaroon permissions ${list(permissions).map(code).join(", ")}`
    }`,
  ],
  HttpChip: ({ verb, path }) => [`- REST: ${code(`${plain(verb)} ${plain(path)}`)}`],
  CliChip: ({ command }) => [`- Command: ${code(command)}`],
  UpstreamChip: ({ url, label }) => [`- Upstream definition: [${plain(label)}](${plain(url)})`],
  Doc: ({ text, links }) => [...withLinks(plain(text), links).split("\n"), ""],
  Section: ({ title, type, href }, inner) => [
    `## ${plain(title)}${type === undefined ? "" : ` · ${href === undefined ? plain(type) : `[${plain(type)}](${plain(href)})`}`}`,
    "",
    ...inner(),
    "",
  ],
  FieldList: (_, inner) => [...inner(), ""],
  ValueList: (_, inner) => [...inner(), ""],
  Oneof: ({ name }, inner) => [`At most one of ${code(name)}:`, "", ...inner(), ""],
  Field: ({ name, number, type, label, chip, deprecated, ...more }, inner) =>
    item(
      `**${plain(name)}** · ${[label, list(type).map(linkOf).join("")].filter(Boolean).join(" ")} · field ${plain(number)}${
        chip === undefined ? "" : ` · ${plain(chip)}`
      }${deprecated === true ? " · deprecated" : ""}${rest(more)}`,
      inner(),
    ),
  Value: ({ name, number, deprecated }, inner) =>
    item(`**${plain(name)}** = ${plain(number)}${deprecated === true ? " · deprecated" : ""}`, inner()),
  Notes: ({ links, ...notes }) => [
    ...Object.entries(notes).map(([name, text]) => `- ${capital(name)}: ${withLinks(plain(text), links)}`),
    "",
  ],
  // What is fetched when it is unfolded is a link here.
  Unfold: ({ label, href }, inner) =>
    href === undefined ? [`${plain(label)}:`, "", ...inner()] : [`[${plain(label)}](${plain(href)})`, ""],
  NoFields: () => ["No fields.", ""],
  MethodList: (_, inner) => [...inner(), ""],
  DefinitionList: (_, inner) => [...inner(), ""],
  MethodRow: ({ name, href, summary, links, stream, access }) => [
    `- [${plain(name)}](${plain(href)})${access === "write" ? " (write)" : ""}${
      stream === "unary" ? "" : ` (${plain(stream)})`
    }: ${withLinks(plain(summary), links)}`,
  ],
  DefinitionRow: ({ name, href, summary, links }) => [
    `- [${plain(name)}](${plain(href)}): ${withLinks(plain(summary), links)}`,
  ],
  RestRow: ({ verb, path, fields, method, href, access, summary, links }) => [
    `- ${code(`${plain(verb)} ${plain(path)}`)} → [${plain(method)}](${plain(href)})${
      access === "write" ? " (write)" : ""
    }, fields in the ${plain(fields)}: ${withLinks(plain(summary), links)}`,
  ],
  Subsection: ({ title }, inner) => [`### ${plain(title)}`, "", ...inner(), ""],
  LinkChip: ({ label, text, href }) => [`- ${plain(label)}: [${plain(text)}](${plain(href)})`],
  Actions: (_, inner) => [...inner(), ""],
  Action: ({ text, href }) => [`- [${plain(text)}](${plain(href)})`],
  Code: ({ language, text, caption }) => [
    ...(caption === undefined ? [] : [plain(caption), ""]),
    `\`\`\`${plain(language)}`,
    ...plain(text).split("\n"),
    "```",
    "",
  ],
  Table: ({ head, rows }) => [
    tableRow(list(head)),
    tableRow(list(head).map(() => "---")),
    ...list(rows).map((row) => tableRow(list(row))),
    "",
  ],
  Neighbours: ({ previous, next }) => [
    ...(previous === undefined || previous === null ? [] : [`Previous: ${linkOf(previous)}`, ""]),
    ...(next === undefined || next === null ? [] : [`Next: ${linkOf(next)}`, ""]),
  ],
  CommandLine: ({ text, href }) => [
    "```sh",
    plain(text),
    "```",
    "",
    ...(href === undefined ? [] : [`[About the command](${plain(href)})`, ""]),
  ],
  CommandRow: ({ name, href, method, methodHref, summary }) => [
    `- [${plain(name)}](${plain(href)})${method === undefined ? "" : ` → [${plain(method)}](${plain(methodHref)})`}: ${plain(summary)}`,
  ],
  FlagTable: (_, inner) => [...inner(), ""],
  Flag: ({ name, type, unit, about, fields, id: _, needed, ...more }) => [
    `- ${code(name)}${type === undefined ? "" : ` (${[type, unit].filter(Boolean).join(", ")})`}${
      needed === true ? ", needed" : ""
    }${list(fields).length === 0 ? "" : ` → ${list(fields).map(linkOf).join(", ")}`}: ${plain(about)}${rest(more)}`,
  ],
  EndpointRow: ({ verb, path, href, fields, method, methodHref, access, summary, links }) => [
    `- [${code(`${plain(verb)} ${plain(path)}`)}](${plain(href)}) → [${plain(method)}](${plain(methodHref)})${
      access === "write" ? " (write)" : ""
    }, ${plain(fields)}: ${withLinks(plain(summary), links)}`,
  ],
  EndpointList: (_, inner) => [...inner(), ""],
  PermissionLine: ({ permissions, uri }) => [
    `Macaroon permissions: ${list(permissions).map(linkOf).join(", ") || "none"}${uri === undefined ? "" : `, or for this method alone ${code(`uri:${plain(uri)}`)}`}.`,
    "",
  ],
  PermissionTable: (_, inner) => [...inner(), ""],
  PermissionRow: ({ name, href, access, permissions }) => [
    `- [${plain(name)}](${plain(href)})${access === "write" ? " (write)" : ""}: ${list(permissions).map(linkOf).join(", ") || "none"}`,
  ],
  ErrorFilter: (_, inner) => inner(),
  ErrorRows: (_, inner) => [...inner(), ""],
  ErrorRow: ({ title, href, code: status, message }) => [
    `- [${plain(title)}](${plain(href)}): ${plain(status)}, ${code(message)}`,
  ],
  ErrorGroups: ({ groups }) => [...list(groups).map((group) => `- ${linkOf(group)}`), ""],
  ErrorList: (_, inner) => [...inner(), ""],
  ApiErrorItem: ({ title, code: status, messages, cause, remedy, fields, methods }) =>
    item(`**${plain(title)}** · ${plain(status)}`, [
      ...list(messages).map((message) => `- Says: ${code(message)}`),
      `- Cause: ${plain(cause)}`,
      `- Remedy: ${plain(remedy)}`,
      ...(list(fields).length === 0 ? [] : [`- Fields: ${list(fields).map(linkOf).join(", ")}`]),
      ...(list(methods).length === 0 ? [] : [`- Methods: ${list(methods).map(linkOf).join(", ")}`]),
    ]),
  CountedLinks: ({ links }) => [
    ...list(links).map((link) => `- ${linkOf(link)} (${property(link, "count")})`),
    "",
  ],
  AlwaysSet: ({ fields }) => [
    `Always set: ${list(fields)
      .map((field) => `${linkOf(field)} = ${code(property(field, "value"))}`)
      .join(", ")}.`,
    "",
  ],
  ReplyJson: ({ lines }) => ["```json", ...list(lines).map(plain), "```", ""],
  UseList: ({ title, items }) => [
    ...(title === undefined ? [] : [`${plain(title)}:`, ""]),
    ...list(items).map((use) => `- ${linkOf(use)} ${property(use, "as")} ${property(use, "path")}`.trimEnd()),
    "",
  ],
};

/** An element without a rule: its texts as one line, then what is in it. */
const otherwise: Rule = (props, inner) => {
  const { links, id: _, ...shown } = props;
  const line = rest(shown, links).replace(/^ · /, "");
  return [...(line === "" ? [] : [`- ${line}`]), ...item("", inner()).slice(1), ""];
};

/** A list item with what belongs to it indented below. */
function item(head: string, inner: readonly string[]): string[] {
  const kept = inner.join("\n").trim();
  return [
    `- ${head}`,
    ...(kept === "" ? [] : ["", ...kept.split("\n").map((line) => (line === "" ? "" : `  ${line}`)), ""]),
  ];
}

/** Props that no rule names, so that what is added to a page is not lost in its twin. */
function rest(props: Props, links?: Json): string {
  return Object.entries(props)
    .filter(
      ([name, value]) =>
        name !== "id" && name !== "links" && value !== undefined && value !== null && value !== false,
    )
    .map(
      ([name, value]) =>
        ` · ${name === "text" || name === "summary" ? "" : `${spaced(name)}: `}${textOf(value as Json, links)}`,
    )
    .join("");
}

function textOf(value: Json, links?: Json): string {
  if (typeof value === "string")
    return value.startsWith("/") || value.startsWith("https:") ? `<${value}>` : withLinks(value, links);
  if (Array.isArray(value))
    return value.map((entry) => (isObject(entry) ? linkOf(entry) : textOf(entry, links))).join(", ");
  if (isObject(value) && "text" in value) return linkOf(value);
  if (isObject(value))
    return Object.values(value)
      .map((entry) => textOf(entry, links))
      .join(" ");
  return value === true ? "yes" : String(value);
}

/** `{text, href?}` as a link. */
function linkOf(value: Json): string {
  const text = property(value, "text");
  const href = property(value, "href");
  if (text === "") return textOf(isObject(value) ? Object.values(value) : value);
  return href === "" ? text : `[${text}](${href})`;
}

/** Names in a text that refer to a page, `[Order][poolrpc.Order]` and `[poolrpc.Order][]`, as links that stand alone. */
function withLinks(text: string, links: Json | undefined): string {
  if (links === undefined || !isObject(links)) return text;
  return text.replace(
    /\[([^\][]+)\](?:\[([\w.]*)\])?(?!\()/g,
    (whole, label: string, name: string | undefined) => {
      const href = links[name === undefined || name === "" ? label : name];
      return typeof href === "string" ? `[${label}](${href})` : whole;
    },
  );
}

function property(value: Json, name: string): string {
  return isObject(value) ? plain(value[name]) : "";
}

function tableRow(cells: readonly Json[]): string {
  return `| ${cells.map((cell) => plain(cell).replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function plain(value: Json | undefined): string {
  return value === undefined || value === null ? "" : String(value);
}

function code(value: Json | undefined): string {
  return `\`${plain(value)}\``;
}

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);
const spaced = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** Whether an element of a page has a rule of its own here. */
export function hasMarkdown(tag: string): boolean {
  return tag in RULES;
}
