import type { StreamKind } from "../call/call.ts";
import type { MethodSafety } from "../call/safety.ts";
import type { GoModule } from "./api-config.ts";
import type { ErrorGroup } from "./api-error.ts";
import type { CommandGroup } from "./command.ts";
import type { RecordedReply } from "./replies.ts";

/**
 * The documented API as plain JSON: what descriptors, comments, HTTP bindings, permissions and upstream lines say,
 * joined by full protobuf name. Text is Markdown data from comments, never markup to execute.
 */
export interface Reference {
  readonly api: ApiInfo;
  readonly services: readonly Service[];
  readonly messages: readonly Message[];
  readonly enums: readonly Enum[];
  /** The client program; null where the API has none that is described. */
  readonly commands: CommandGroup | null;
  readonly errors: readonly ErrorGroup[];
  /** A real reply of each method that has one, by full name. */
  readonly replies: Readonly<Record<string, RecordedReply>>;
  /** Of the documented files, in their order, wherever they are declared. */
  readonly extensions: readonly Extension[];
}

export interface ApiInfo {
  readonly id: string;
  readonly title: string;
  readonly repository: string;
  readonly release: string;
  readonly commit: string;
  readonly files: readonly { readonly path: string; readonly upstream: string | null }[];
  /** Left out where none are published. */
  readonly goModules?: readonly GoModule[];
}

/** What every definition has. */
export interface Definition {
  /** Full protobuf name, `poolrpc.Order.rate_fixed`. */
  readonly name: string;
  readonly doc: Doc;
  /** Link to the upstream definition at the recorded commit, or null where it has none. */
  readonly upstream: UpstreamLink | null;
  /** By itself, or because its file or service is. */
  readonly deprecated: boolean;
  /** Left out where none is set that is shown. */
  readonly options?: readonly DefinitionOption[];
}

/** An option of a definition: `(acme.limit)` and its value as JSON, or one of protobuf's own and its value. */
export interface DefinitionOption {
  readonly name: string;
  readonly value: string;
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
  /** The field of the reply that is sent in place of the whole; left out where it is the whole. */
  readonly responseBody?: string;
}

export interface Message extends Definition {
  readonly file: string;
  readonly fields: readonly Field[];
  readonly oneofs: readonly Oneof[];
  /** Short names of the fields that a daemon crashes without, wherever a request holds the message. */
  readonly needed: readonly string[];
  /** Numbers and names that no field may take any more; left out where there are none. */
  readonly reserved?: Reserved;
  /** Numbers left to extensions: `100 to 199`, `1000 to max`; left out where there are none. */
  readonly extensionRanges?: readonly string[];
  /** Comes with protobuf, in a text of ours; `fields` is empty, since JSON has it in a form of its own. */
  readonly builtIn?: true;
}

/** What definitions that are gone have left behind. */
export interface Reserved {
  /** `4`, `6 to 9`, `20 to max`. */
  readonly numbers: readonly string[];
  readonly names: readonly string[];
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
  /** `optional`: a scalar or enum that tells apart not being set from its zero. `required`: a reader refuses a message without it. */
  readonly cardinality: "single" | "optional" | "required" | "repeated";
  /** Short name of the oneof it is in, or null. */
  readonly oneof: string | null;
  /** A group on the wire: a message between a start and an end tag. Left out where it is not. */
  readonly delimited?: true;
}

/** A field that another message lends a number to. `name` is its own full name, `jsonName` that in brackets, as ProtoJSON has it. */
export interface Extension extends Field {
  /** Full name of the message that it extends. */
  readonly extends: string;
  readonly file: string;
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
  /** A value that it does not list counts as not set (proto2). Left out where such a value is kept. */
  readonly closed?: true;
  readonly reserved?: Reserved;
  /** Comes with protobuf. */
  readonly builtIn?: true;
}

export interface EnumValue extends Definition {
  readonly shortName: string;
  readonly number: number;
}
