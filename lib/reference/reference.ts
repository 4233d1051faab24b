import type { StreamKind } from "../call/call.ts";
import type { MethodSafety } from "../call/safety.ts";

/**
 * The documented API as plain JSON: what descriptors, comments, HTTP bindings, permissions and upstream lines say,
 * joined by full protobuf name. Text is Markdown data from comments, never markup to execute.
 */
export interface Reference {
  readonly api: ApiInfo;
  readonly services: readonly Service[];
  readonly messages: readonly Message[];
  readonly enums: readonly Enum[];
}

export interface ApiInfo {
  readonly id: string;
  readonly title: string;
  readonly repository: string;
  readonly release: string;
  readonly commit: string;
  readonly files: readonly { readonly path: string; readonly upstream: string | null }[];
}

/** What every definition has. */
export interface Definition {
  /** Full protobuf name, `poolrpc.Order.rate_fixed`. */
  readonly name: string;
  readonly doc: Doc;
  /** Link to the upstream definition at the recorded commit, or null where it has none. */
  readonly upstream: UpstreamLink | null;
  readonly deprecated: boolean;
}

/** A comment, split. `text` is Markdown without the CLI line and the tag lines. */
export interface Doc {
  readonly summary: string;
  readonly text: string;
  readonly unit: string | null;
  readonly limits: string | null;
  readonly default: string | null;
  readonly bytes: string | null;
}

export interface UpstreamLink {
  readonly url: string;
  /** `trader.proto:101` */
  readonly label: string;
}

export interface Service extends Definition {
  readonly file: string;
  readonly methods: readonly Method[];
}

export interface Method extends Definition {
  readonly service: string;
  /** The last part of `name`. */
  readonly shortName: string;
  readonly stream: StreamKind;
  readonly input: string;
  readonly output: string;
  /** `pool accounts new`, or null where no command exists. */
  readonly cli: string | null;
  readonly http: readonly HttpBinding[];
  /** `account:read`; null: not known. Empty: none is asked for. */
  readonly permissions: readonly string[] | null;
  readonly access: "read" | "write";
  readonly safety: MethodSafety;
}

export interface HttpBinding {
  readonly verb: string;
  readonly path: string;
  /** `*`, a field name, or null. */
  readonly body: string | null;
}

export interface Message extends Definition {
  readonly file: string;
  readonly fields: readonly Field[];
  readonly oneofs: readonly Oneof[];
  /** Short names of the fields that a daemon crashes without, wherever a request holds the message. */
  readonly needed: readonly string[];
}

export interface Oneof extends Definition {
  /** Short names, in order. */
  readonly fields: readonly string[];
}

export interface Field extends Definition {
  /** The last part of `name`, as in the proto file: snake_case. */
  readonly shortName: string;
  /** lowerCamelCase, as ProtoJSON writes it. */
  readonly jsonName: string;
  readonly number: number;
  readonly type: FieldType;
  readonly cardinality: "single" | "optional" | "repeated";
  /** Short name of the oneof it is in, or null. */
  readonly oneof: string | null;
}

/** A field's type. `name` of a scalar is its proto keyword; of a message or enum its full name. */
export type FieldType =
  | { readonly kind: "scalar"; readonly name: string }
  | { readonly kind: "message"; readonly name: string }
  | { readonly kind: "enum"; readonly name: string }
  | { readonly kind: "map"; readonly key: string; readonly value: FieldType };

export interface Enum extends Definition {
  readonly file: string;
  readonly values: readonly EnumValue[];
}

export interface EnumValue extends Definition {
  readonly shortName: string;
  readonly number: number;
}
