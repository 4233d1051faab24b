import {
  type ProjectFile,
  projectName,
  type Snippet,
  type SnippetLanguage,
  type SnippetRequest,
} from "./snippet.ts";
import { PROTO_ROOT } from "./words.ts";

/** A proto file of an API. `public/schema/protos-<api>.json` is a list of them. */
export interface ProtoSource {
  /** Below the root of the protos: `poolrpc/trader.proto`. */
  readonly path: string;
  /** Paths of the files that it imports, of which protobuf's own are not in the list. */
  readonly imports: readonly string[];
  readonly content: string;
}

/** What a program is opened as: the files of a folder with this name. */
export interface OpenedProject {
  /** `list-accounts-python` */
  readonly name: string;
  readonly files: readonly ProjectFile[];
}

/** The folder that runs a snippet: the program, its manifests, the protos that it needs, and how it is set up and run. */
export function openProject(
  language: SnippetLanguage,
  request: SnippetRequest,
  snippet: Snippet,
  protos: readonly ProtoSource[],
): OpenedProject {
  const project = language.project(request);
  const needed = project.protos ? closure(protos, request.method.parent.file.proto.name) : [];
  const files = [
    { path: project.main, content: snippet.code },
    ...project.files,
    ...needed.map(({ path, content }) => ({ path: `${PROTO_ROOT}/${path}`, content })),
    { path: "README.md", content: readme(language, request, snippet) },
  ];
  return { name: `${projectName(request.method)}-${language.id}`, files };
}

/** A file and all that it imports, in the order of the list. */
function closure(protos: readonly ProtoSource[], file: string): readonly ProtoSource[] {
  const wanted = new Set([file]);
  // A set that grows is gone through to its end.
  for (const path of wanted) {
    for (const each of protos.find((proto) => proto.path === path)?.imports ?? []) wanted.add(each);
  }
  return protos.filter(({ path }) => wanted.has(path));
}

function readme(language: SnippetLanguage, request: SnippetRequest, { notes }: Snippet): string {
  const { method, client } = request;
  const { needs, setup, run } = language.project(request);
  const secrets = client.macaroon === null ? [client.tlsCert] : [client.tlsCert, client.macaroon];
  const lines = [
    `# ${method.name}`,
    "",
    `Calls \`${method.parent.typeName}.${method.name}\` at \`${client.address}\` on ${client.network}: ${language.label}.`,
    "",
    `It needs ${needs}. The credentials stay where they are (${secrets.map((path) => `\`${path}\``).join(", ")}): nothing in this folder is secret.`,
    ...(setup.length === 0 ? [] : ["", "## Once before", "", "```sh", ...setup, "```"]),
    "",
    "## Run it",
    "",
    "```sh",
    run,
    "```",
    ...(notes.length === 0 ? [] : ["", "## Good to know", "", ...notes.map((note) => `- ${note}`)]),
  ];
  return `${lines.join("\n")}\n`;
}
