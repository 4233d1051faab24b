import type { DescMethod, Message, Registry } from "@bufbuild/protobuf";
import type { GoModule } from "../reference/api-config.ts";
import type { MethodCommands } from "../reference/method-docs.ts";
import type { HttpBinding } from "../reference/reference.ts";
import { streamKind } from "../schema/stream-kind.ts";
import type { ClientProfile } from "./client-profile.ts";

/** A request as it stands in the editor, read, with all that a client needs to send it. */
export interface SnippetRequest {
  readonly method: DescMethod;
  /** The editor's message. Of a method that streams from the client: the first that is sent. */
  readonly message: Message;
  /** All that is sent, in order, `message` first: more than one where the method streams from the client. */
  readonly messages: readonly Message[];
  /** Types for `google.protobuf.Any`. */
  readonly registry: Registry;
  /** The method's HTTP bindings, in their order. */
  readonly http: readonly HttpBinding[];
  /** The commands that call it; null where none does. */
  readonly cli: MethodCommands | null;
  readonly client: ClientProfile;
  /** Milliseconds until the call is given up; null: none is set. */
  readonly deadlineMs: number | null;
  /** Published Go modules with the API's code; none where it is made of the protos. */
  readonly goModules: readonly GoModule[];
  /** The site that shows the snippet, whose bridge speaks gRPC-Web: its origin, and the profile's id there. */
  readonly playground: { readonly origin: string; readonly profile: string };
}

/** A whole program or command that sends the request. */
export interface Snippet {
  readonly kind: "snippet";
  readonly code: string;
  /** Commands to be typed once: what to install, and how to make the client code from the protos. */
  readonly setup: string;
  /** What is worth knowing beside, in sentences; how it is run is told by its project. */
  readonly notes: readonly string[];
}

/** The client has no way to say this request. */
export interface Inexpressible {
  readonly kind: "inexpressible";
  /** Why, in sentences. */
  readonly reason: string;
}

/** A file of a project. `path` is relative to its folder: `src/main.rs`. */
export interface ProjectFile {
  readonly path: string;
  readonly content: string;
}

/** What has to stand around a snippet for it to be a folder that runs. */
export interface Project {
  /** Where the snippet itself lies in it. */
  readonly main: string;
  /** Manifests and build files, with exact versions; neither the snippet nor the proto files. */
  readonly files: readonly ProjectFile[];
  /** Whether the proto files have to lie in `proto/`. */
  readonly protos: boolean;
  /** What the machine must have, as the end of a sentence: `Python 3.9 or later`. */
  readonly needs: string;
  /** Commands to be typed once, in the project's folder. */
  readonly setup: readonly string[];
  /** The command that runs it. */
  readonly run: string;
}

/** One way to send a request: a client in a language. */
export interface SnippetLanguage {
  /** `python`; also the name of its folder of goldens. */
  readonly id: string;
  /** `Python (grpcio)` */
  readonly label: string;
  readonly syntax: "sh" | "python" | "js" | "ts" | "go" | "rust";
  /** A file name for the code: `list_accounts.py`. */
  fileName(method: DescMethod): string;
  generate(request: SnippetRequest): Snippet | Inexpressible;
  /** What stands around the snippet of a request that it can express. */
  project(request: SnippetRequest): Project;
}

export function inexpressible(reason: string): Inexpressible {
  return { kind: "inexpressible", reason };
}

/** `ListAccounts` → `list_accounts` */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}

/** Whether a call may have more than one message. */
export function streamsFromClient(method: DescMethod): boolean {
  const stream = streamKind(method);
  return stream === "client-streaming" || stream === "bidi-streaming";
}

/** A name for a folder and for manifests, in the letters that all of them take: `list-accounts`. */
export function projectName({ name }: DescMethod): string {
  return snakeCase(name).replaceAll("_", "-");
}

/** Indents every line but the first. */
export function indented(text: string, by: string): string {
  return text.replaceAll("\n", `\n${by}`);
}
