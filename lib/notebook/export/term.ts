import type { DescEnum, DescField, DescMessage } from "@bufbuild/protobuf";

/** What is known of a term before it is worked out: enough to say it in any language. */
export type TermType =
  | { readonly kind: "bool" | "double" | "string" | "bytes" | "null" }
  | IntegerType
  | { readonly kind: "message"; readonly desc: DescMessage }
  | { readonly kind: "list"; readonly item: TermType }
  | { readonly kind: "map"; readonly key: TermType; readonly value: TermType }
  /** A map written out, whose values are of several types. */
  | { readonly kind: "record"; readonly values: ReadonlyMap<string, TermType> }
  /** How a call failed that was to fail: `code`, `name` and `message`. */
  | { readonly kind: "refusal" }
  /** Of an empty list's items. */
  | { readonly kind: "nothing" };

/** `least` and `most`: what it can come to. `bits`: how wide the integer is that holds it. */
export interface IntegerType {
  readonly kind: "int" | "uint";
  readonly bits: 32 | 64;
  readonly least: bigint;
  readonly most: bigint;
  /** Of an enum's field or value. */
  readonly enum: DescEnum | null;
}

/** A CEL expression with its macros recognised, its names looked up and its types known. */
export type Term = { readonly type: TermType } & (
  | { readonly kind: "constant"; readonly value: Constant }
  | { readonly kind: "enum"; readonly desc: DescEnum; readonly number: number }
  /** What a cell gave, or what a macro binds. */
  | { readonly kind: "name"; readonly name: string; readonly local: boolean }
  | { readonly kind: "field"; readonly of: Term; readonly field: DescField }
  /** Whether a field is set: of one without presence, whether it is other than its default. */
  | { readonly kind: "has"; readonly of: Term; readonly field: DescField }
  | { readonly kind: "refusal-part"; readonly of: Term; readonly part: "code" | "name" | "message" }
  /** An element of a list or an entry of a map; there being none is an error. */
  | { readonly kind: "index"; readonly of: Term; readonly at: Term }
  | { readonly kind: "not"; readonly of: Term }
  | { readonly kind: "negate"; readonly of: Term; readonly checked: boolean }
  /** Of two integers or two doubles. `checked`: it may leave its 64 bits, which is an error. */
  | {
      readonly kind: "arithmetic";
      readonly operator: "+" | "-" | "*" | "/" | "%";
      readonly left: Term;
      readonly right: Term;
      readonly checked: boolean;
    }
  /** Of two strings, bytes or lists. */
  | { readonly kind: "concat"; readonly left: Term; readonly right: Term }
  | {
      readonly kind: "compare";
      readonly operator: CompareOperator;
      readonly left: Term;
      readonly right: Term;
    }
  | { readonly kind: "logic"; readonly operator: "and" | "or"; readonly left: Term; readonly right: Term }
  | { readonly kind: "choose"; readonly condition: Term; readonly yes: Term; readonly no: Term }
  /** Whether a list has the item, or a map the key. */
  | { readonly kind: "in"; readonly item: Term; readonly of: Term }
  | { readonly kind: "list"; readonly items: readonly Term[] }
  | { readonly kind: "map"; readonly entries: readonly (readonly [key: Term, value: Term])[] }
  /** Over the items of a list or the keys of a map. `filter` and `map` give lists. */
  | {
      readonly kind: "each";
      readonly form: "all" | "exists" | "exists-one" | "collect";
      readonly of: Term;
      readonly variable: string;
      readonly condition: Term | null;
      /** Of `collect`: what each gives. */
      readonly result: Term | null;
    }
  /** An integer of another kind of value. `checked`: it may not fit. */
  | { readonly kind: "integer"; readonly of: Term; readonly checked: boolean }
  | { readonly kind: "call"; readonly name: FunctionName; readonly args: readonly Term[] }
);

export type Constant =
  | { readonly kind: "null" }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "integer"; readonly value: bigint }
  | { readonly kind: "double"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "bytes"; readonly value: Uint8Array };

export type CompareOperator = "==" | "!=" | "<" | "<=" | ">" | ">=";

/** Functions of a term: of strings unless the name says more. */
export type FunctionName =
  | "size"
  | "double"
  | "string"
  | "bytes"
  | "hex"
  | "unhex"
  | "contains"
  | "startsWith"
  | "endsWith"
  | "substring"
  | "join"
  | "split"
  | "replace"
  | "lowerAscii"
  | "upperAscii";

/** The terms of a kind. */
export type TermOf<K extends Term["kind"]> = Extract<Term, { readonly kind: K }>;

/** An expression, or a cell made of some, that a program cannot say. The message is a sentence's end: `it uses \`matches\`…`. */
export class Untranslatable extends Error {}

/** The words of a type, for sentences. */
export function typeName(type: TermType): string {
  switch (type.kind) {
    case "message":
      return `a ${type.desc.typeName}`;
    case "int":
      return "an int";
    case "nothing":
      return "nothing";
    case "record":
      return "a map of several types";
    default:
      return `a ${type.kind}`;
  }
}
