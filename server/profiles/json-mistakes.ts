import type { Node } from "jsonc-parser";
import { positionAt } from "../../lib/schema/problem.ts";
import { parseRequest } from "../../lib/schema/request-syntax.ts";

/** A value with its place in the text. */
export type JsonValue = Node;

/** The values of an object by key. */
export type JsonObject = ReadonlyMap<string, JsonValue>;

/** Reads a text of JSON with comments and trailing commas, and gathers what is wrong with it instead of stopping there. */
export class JsonMistakes {
  readonly #text: string;
  readonly #name: string;
  readonly #found: string[] = [];

  /** `name` is the file as sentences name it. */
  constructor(text: string, name: string) {
    this.#text = text;
    this.#name = name;
  }

  /** A sentence each: `playground.profiles.json:3: …`. */
  get found(): readonly string[] {
    return this.#found;
  }

  /** The value of the whole text, or null where it is none. `whole` is the sentence for what is no one value. */
  root(whole: string): JsonValue | null {
    const { root, problems } = parseRequest(this.#text);
    // Said of a request, for which the parser was made: they are all about the text as a whole.
    for (const { offset, message } of problems)
      this.#at(offset, message.startsWith("The request") ? whole : message);
    return problems.length > 0 ? null : root;
  }

  /** Adds a sentence about a value; `sentence` is without its full stop. Null, to be handed on. */
  say(value: JsonValue, sentence: string): null {
    this.#at(value.offset, `${sentence}.`);
    return null;
  }

  lineOf(value: JsonValue): number {
    return positionAt(this.#text, value.offset).line;
  }

  list(value: JsonValue | null, what: string): readonly JsonValue[] {
    if (value === null) return [];
    if (value.type === "array") return value.children ?? [];
    this.say(value, `${what} must be a list, and this is ${kindOf(value)}; write [ … ]`);
    return [];
  }

  /** A text, or null; a value that is not there has been said by `object`. */
  text(value: JsonValue | undefined, what: string): string | null {
    if (value === undefined) return null;
    if (value.type === "string") return value.value as string;
    return this.say(value, `${what} must be a text, and this is ${kindOf(value)}; write it in double quotes`);
  }

  /** The values by key, of which `needed` must be there and no others than `keys`. */
  object(
    value: JsonValue,
    what: string,
    keys: readonly string[],
    needed: readonly string[],
  ): JsonObject | null {
    if (value.type !== "object") {
      return this.say(value, `${what} must be an object, and this is ${kindOf(value)}; write { … }`);
    }
    const values = new Map<string, JsonValue>();
    for (const property of value.children ?? []) {
      const [name, content] = property.children ?? [];
      if (name === undefined || content === undefined) continue;
      const key = name.value as string;
      if (!keys.includes(key)) {
        this.say(
          name,
          `${what} has no key ${JSON.stringify(key.slice(0, 60))}; it may have ${keys.join(", ")}`,
        );
      } else if (values.has(key)) {
        this.say(name, `${key} is here twice; take one of them out`);
      } else {
        values.set(key, content);
      }
    }
    const missing = needed.filter((key) => !values.has(key));
    if (missing.length > 0)
      this.say(
        value,
        `${what} lacks ${missing.join(", ")}; add ${missing.map((key) => `"${key}": …`).join(", ")}`,
      );
    return values;
  }

  #at(offset: number, sentence: string): void {
    this.#found.push(`${this.#name}:${positionAt(this.#text, offset).line}: ${sentence}`);
  }
}

function kindOf({ type, value }: JsonValue): string {
  if (type === "object") return "an object";
  if (type === "array") return "a list";
  if (type === "string") return "a text";
  return type === "number" ? "a number" : `${value}`;
}
