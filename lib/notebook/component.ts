import type { MdxJsxFlowElement } from "mdast-util-mdx-jsx";
import { nearestName } from "../schema/nearest-name.ts";
import type { Place, SourceText } from "./notebook.ts";

/** Reports a problem at a place of the source. */
export type Report = (place: Place, message: string) => void;

/** A component's attributes and fenced blocks, taken one by one; what nobody took is a problem. */
export class Component {
  readonly name: string;
  readonly place: Place;
  private readonly source: string;
  private readonly report: Report;
  private readonly attributes = new Map<string, SourceText>();
  private readonly blocks: { readonly language: string; readonly content: SourceText; taken: boolean }[] = [];
  private readonly known: string[] = [];
  /** Attributes of which it was said already why their value cannot be read. */
  private readonly refused = new Set<string>();

  constructor(source: string, element: MdxJsxFlowElement, place: Place, report: Report) {
    this.name = element.name ?? "";
    this.place = place;
    this.source = source;
    this.report = report;
    this.readAttributes(element);
    this.readBlocks(element);
  }

  /** An attribute that may be missing. */
  optional(name: string): SourceText | null {
    this.known.push(name);
    const found = this.attributes.get(name) ?? null;
    this.attributes.delete(name);
    return found;
  }

  /** An attribute that must be there; `meaning` ends the sentence "needs name="…":". Empty where it is missing. */
  required(name: string, meaning: string): SourceText {
    const found = this.optional(name);
    if (found !== null && (found.text.trim() !== "" || this.refused.has(name))) return found;
    this.report(found?.place ?? this.place, `<${this.name}> needs ${name}="…": ${meaning}`);
    return { text: "", place: this.place };
  }

  /** The blocks of a language, in their order. */
  blocksOf(language: string): readonly SourceText[] {
    const found = this.blocks.filter((block) => block.language === language);
    for (const block of found) block.taken = true;
    return found.map(({ content }) => content);
  }

  /** Reports that a block of a language has to be there, at the block of another one that stands in its place. */
  missingBlock(language: string, meaning: string): void {
    const other = this.blocks.find(({ taken }) => !taken);
    const needed = `a block of ${language} between \`\`\`${language} and \`\`\`: ${meaning}`;
    if (other === undefined) this.report(this.place, `<${this.name}> needs ${needed}`);
    else {
      other.taken = true;
      const found = other.language === "" ? "a block without a language" : `a block of ${other.language}`;
      this.report(other.content.place, `<${this.name}> does not take ${found}; it needs ${needed}`);
    }
  }

  /** The one block of a language that must be there. */
  block(language: string, meaning: string): SourceText {
    const [first, second] = this.blocksOf(language);
    if (first === undefined) this.missingBlock(language, meaning);
    else if (second !== undefined)
      this.report(second.place, `<${this.name}> takes one block of ${language}; this is the second`);
    return first ?? { text: "", place: this.place };
  }

  problem(place: Place, message: string): void {
    this.report(place, message);
  }

  /** Reports every attribute and block that was not taken. */
  finish(): void {
    for (const [name, { place }] of this.attributes) {
      const near = nearestName(name, this.known);
      const meant =
        near === null
          ? `it knows ${this.known.join(", ")}`
          : `did you mean \`${near}\`? It knows ${this.known.join(", ")}`;
      this.report(place, `<${this.name}> has no attribute \`${name}\`; ${meant}`);
    }
    for (const { language, content, taken } of this.blocks) {
      if (!taken) this.report(content.place, `<${this.name}> takes no block of ${language || "text"}`);
    }
  }

  private readAttributes(element: MdxJsxFlowElement): void {
    for (const attribute of element.attributes) {
      const place = placeOf(attribute.position ?? element.position);
      if (attribute.type === "mdxJsxExpressionAttribute" || typeof attribute.value === "object") {
        const message =
          attribute.value === null
            ? `this attribute of <${this.name}> needs a value in quotes`
            : `<${this.name}>: a value in braces would be JavaScript, which a notebook does not run; write it in quotes`;
        this.report(place, message);
        if (attribute.type === "mdxJsxAttribute") {
          this.attributes.set(attribute.name, { text: "", place });
          this.refused.add(attribute.name);
        }
      } else if (this.attributes.has(attribute.name)) {
        this.report(place, `<${this.name}> has \`${attribute.name}\` twice`);
      } else {
        const text = attribute.value ?? "";
        const start = this.source.indexOf(text, place.start + attribute.name.length);
        const inside = start !== -1 && start + text.length <= place.end;
        const value = inside ? { ...place, ...shifted(place, start, text.length) } : place;
        this.attributes.set(attribute.name, { text, place: value });
      }
    }
  }

  private readBlocks(element: MdxJsxFlowElement): void {
    for (const child of element.children) {
      const place = placeOf(child.position);
      if (child.type !== "code") {
        this.report(place, `<${this.name}> holds only fenced blocks; write prose before or after it`);
        continue;
      }
      const start = this.source.indexOf("\n", place.start) + 1;
      const raw = this.source.slice(start, start + child.value.length);
      if (place.column !== 1 || (raw !== child.value && raw.replaceAll("\r\n", "\n") !== child.value)) {
        this.report(place, "a fenced block begins at the very start of its line");
      }
      const content = {
        text: child.value,
        place: { start, end: start + child.value.length, line: place.line + 1, column: 1 },
      };
      this.blocks.push({ language: child.lang ?? "", content, taken: false });
    }
  }
}

function shifted(place: Place, start: number, length: number): Place {
  return { start, end: start + length, line: place.line, column: place.column + start - place.start };
}

/** The place of a node of the tree. */
export function placeOf(
  position:
    | {
        readonly start: {
          readonly line: number;
          readonly column: number;
          readonly offset?: number | undefined;
        };
        readonly end: { readonly offset?: number | undefined };
      }
    | undefined,
): Place {
  return {
    start: position?.start.offset ?? 0,
    end: position?.end.offset ?? 0,
    line: position?.start.line ?? 1,
    column: position?.start.column ?? 1,
  };
}
