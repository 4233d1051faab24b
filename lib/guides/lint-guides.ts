import { drawDiagram } from "./diagrams/draw-diagram.ts";
import { DiagramError } from "./diagrams/drawing.ts";
import type { Guide, GuideBlock } from "./read-guide.ts";

/** What is wrong in a file, and where. */
export interface GuideProblem {
  readonly file: string;
  readonly line: number;
  readonly problem: string;
}

/** What guides may refer to. */
export interface SiteFacts {
  /** The anchors of every page, by its path: `/reference/poolrpc.Trader`. */
  readonly pages: ReadonlyMap<string, ReadonlySet<string>>;
  /** Whether a full name is documented. */
  readonly isName: (name: string) => boolean;
  /** What is wrong with a request's text, `line 2: …`, or with the name of its method; null where nothing is. */
  readonly requestProblem: (method: string, text: string) => string | null;
}

/** px that a drawing may be wide: the reading column, and a phone of 390 px, on which it is shown a little smaller. */
const WIDEST = { wide: 714, narrow: 384 } as const;
const LANGUAGES = new Set(["sh", "json", "js", "python", "text", "ini", "states", "sequence"]);

/**
 * Everything that is wrong with the guides: a `page` that is not whole, headings that cannot be told apart, links and
 * names that lead nowhere, blocks that do not say what they are, requests that cannot be read, diagrams that cannot be
 * drawn or are too wide. Sorted by file and line.
 */
export function lintGuides(guides: readonly Guide[], site: SiteFacts): GuideProblem[] {
  const places = guides.filter(({ slug }) => slug !== "index");
  return guides
    .flatMap((guide) => {
      const file = guideFile(guide.slug);
      const at = (line: number, problem: string): GuideProblem => ({ file, line, problem });
      return [
        ...lintInfo(guide, places).map((problem) => at(1, problem)),
        ...lintHeadings(guide).map(({ line, problem }) => at(line, problem)),
        ...guide.links.flatMap(({ href, line }) => {
          const problem = linkProblem(href, guide.slug === "index" ? "/" : `/guides/${guide.slug}`, site);
          return problem === null ? [] : [at(line, problem)];
        }),
        ...guide.names
          .filter(({ name }) => !site.isName(name))
          .map(({ name, line }) => at(line, `refers to ${name}, which is not in the reference`)),
        ...guide.blocks.flatMap((block) =>
          lintBlock(block, site).map(({ line, problem }) => at(line, problem)),
        ),
      ];
    })
    .sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}

/** `content/guides/accounts.mdx` */
export function guideFile(slug: string): string {
  return `content/guides/${slug}.mdx`;
}

/** What is wrong with a link on the page at `path`; null where it leads somewhere. Other hosts are not asked. */
export function linkProblem(href: string, path: string, { pages }: Pick<SiteFacts, "pages">): string | null {
  if (/^(https|mailto):/.test(href)) return null;
  if (href.startsWith("http:")) return `${href} is not HTTPS`;
  const [target = "", anchor] = href.split("#");
  if (target !== "" && !target.startsWith("/"))
    return `${href} is relative: write the path from the root of the site`;
  const page = target === "" ? path : target;
  const anchors = pages.get(page);
  if (anchors === undefined) return `${href} leads to a page that is not there`;
  if (anchor !== undefined && !anchors.has(decodeURIComponent(anchor)))
    return `${href}: the page has no place called ${anchor}`;
  return null;
}

function lintInfo({ info, slug }: Guide, all: readonly Guide[]): string[] {
  if (slug === "index") return [];
  if (info === null) return ["begins without `export const page = { title, description, order, group }`"];
  const same = all.find((other) => other.slug !== slug && other.info?.order === info.order);
  return [
    ...(/[.]$/.test(info.description) ? [] : ["its description is no sentence: it ends without a full stop"]),
    ...(same === undefined ? [] : [`has the order ${info.order}, which ${guideFile(same.slug)} has too`]),
  ];
}

function lintHeadings({ headings }: Guide): { line: number; problem: string }[] {
  const [first, ...others] = headings;
  const seen = new Set<string>();
  return [
    ...(first?.depth === 1
      ? []
      : [{ line: first?.line ?? 1, problem: "the first heading is not the title (# …)" }]),
    ...others.flatMap(({ id, text, depth, line }, index) => {
      const before = headings[index]?.depth ?? 1;
      const twice = seen.has(id);
      seen.add(id);
      return [
        ...(depth === 1 ? [{ line, problem: `${text} is a second title` }] : []),
        ...(depth > before + 1
          ? [{ line, problem: `${text} is ${depth - before} levels below the heading before it` }]
          : []),
        ...(twice
          ? [{ line, problem: `the heading ${text} is there twice: links cannot tell them apart` }]
          : []),
      ];
    }),
  ];
}

function lintBlock(guideBlock: GuideBlock, site: SiteFacts): { line: number; problem: string }[] {
  const { block, language, text, line } = guideBlock;
  const wrong = (problem: string, at = line) => [{ line: at, problem }];
  if (language !== null && !LANGUAGES.has(language))
    return wrong(`no colours are known for the language ${language}`);
  switch (block.kind) {
    case "unmarked":
      return wrong(`a block is not marked: ${block.reason}`);
    case "request": {
      const problem = site.requestProblem(block.method, text);
      return problem === null ? [] : wrong(`the request of ${block.method}: ${problem}`);
    }
    case "reply":
      return site.isName(block.method) ? [] : wrong(`${block.method} is not in the reference`);
    case "diagram":
      try {
        const drawing = drawDiagram(block.diagram, text);
        return (["wide", "narrow"] as const).flatMap((width) =>
          drawing[width].width <= WIDEST[width]
            ? []
            : wrong(
                `the diagram is ${drawing[width].width} px wide, more than ${WIDEST[width]} ${width === "wide" ? "in a wide column" : "on a phone"}`,
              ),
        );
      } catch (cause) {
        if (!(cause instanceof DiagramError)) throw cause;
        return wrong(`a diagram cannot be drawn: ${cause.message}`, line + cause.line);
      }
    case "run":
    case "output":
      return [];
  }
}
