import type { DescMessage, Registry } from "@bufbuild/protobuf";
import type { BytesForm } from "../call/call.ts";
import type { MethodDocs } from "../reference/method-docs.ts";
import type { Doc, FieldType } from "../reference/reference.ts";
import type { Problem } from "../schema/problem.ts";

/**
 * Where a value is in a request: names of fields as in the proto file, and positions in lists and maps. The entries of a
 * map are told by their position in the text, as their keys can be edited.
 */
export type FormPath = readonly (string | number)[];

/** What a form needs to know of its method. */
export interface FormOptions {
  readonly desc: DescMessage;
  readonly docs: MethodDocs;
  readonly registry: Registry;
  readonly bytes: BytesForm;
}

/**
 * `default`: written, with the value that the field would have anyhow, where writing it makes a difference (the field
 * tracks its presence). `null`: written as null, which leaves the field unset.
 */
export type Presence = "unset" | "set" | "default" | "null";

/** What every row has. */
export interface RowFacts {
  readonly path: FormPath;
  /** The field's name in the proto file; `3` for the third item of a list; the key of a map's entry. */
  readonly label: string;
  /** As a proto file writes it: `repeated bytes`. */
  readonly type: string;
  /** What the reference says about the field; null for items, and where it says nothing. */
  readonly doc: RowDoc | null;
  readonly deprecated: boolean;
  /** Whether a daemon cannot do without it. */
  readonly needed: boolean;
  /** Whether being set to its default differs from being unset. */
  readonly tracksPresence: boolean;
  readonly presence: Presence;
  /** What is wrong with this very value, in the words of the editor. */
  readonly problems: readonly Problem[];
  /** How many problems the values inside it have. */
  readonly inside: number;
  /** The value as the text has it; null where it is not in the text. */
  readonly source: string | null;
}

export interface RowDoc extends Doc {
  readonly fieldType: FieldType | null;
}

/** One line of a form: a field, an item of a list, or a choice between fields. */
export type FormRow =
  | ValueRow
  | (RowFacts & { readonly kind: "message" })
  /** `google.protobuf.Any`. Its rows are those of `known`, the message that its type URL names. */
  | (RowFacts & { readonly kind: "any"; readonly typeUrl: string; readonly known: string | null })
  | (RowFacts & { readonly kind: "list"; readonly count: number })
  | (RowFacts & { readonly kind: "map"; readonly count: number; readonly keyType: string })
  | OneofRow;

/** A row with one value that is typed or chosen. */
export type ValueRow =
  | (RowFacts & { readonly kind: "number"; readonly input: "integer" | "decimal"; readonly value: string })
  | (RowFacts & { readonly kind: "string"; readonly value: string })
  | (RowFacts & { readonly kind: "bytes"; readonly value: string })
  | (RowFacts & { readonly kind: "bool"; readonly value: boolean })
  | (RowFacts & {
      readonly kind: "enum";
      /** Short name of the value; what is written, where no value has that name. */
      readonly value: string;
      readonly values: readonly EnumChoice[];
    })
  /** A well-known type that ProtoJSON writes as a string. */
  | (RowFacts & {
      readonly kind: "timestamp" | "duration" | "field-mask";
      readonly value: string;
    })
  /** JSON of any shape: `google.protobuf.Struct`, `Value`, `ListValue`. */
  | (RowFacts & { readonly kind: "json"; readonly value: string })
  /** The text has a value of another shape here: it can be read, removed or replaced, not edited. */
  | (RowFacts & { readonly kind: "unfit"; readonly value: string });

export interface EnumChoice {
  readonly name: string;
  readonly number: number;
  readonly summary: string;
  readonly deprecated: boolean;
}

export interface OneofRow extends RowFacts {
  readonly kind: "oneof";
  /** Path of the message that it is in. `path` ends with the oneof's name, which is no field's. */
  readonly holder: FormPath;
  readonly members: readonly OneofMember[];
  /** Short name of the field that is set. */
  readonly chosen: string | null;
  readonly row: Exclude<FormRow, OneofRow> | null;
}

export interface OneofMember {
  readonly name: string;
  readonly type: string;
  readonly summary: string;
  readonly deprecated: boolean;
}

/** An entry of a map. Its row's path ends with its position. */
export interface MapEntry {
  readonly key: string;
  readonly keyProblems: readonly Problem[];
  readonly row: Exclude<FormRow, OneofRow>;
}

/** The words of a path, for ids and keys: `bid.details.node_addr.0`. */
export function pathKey(path: FormPath): string {
  return path.join(".");
}
