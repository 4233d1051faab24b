import { openProject, type ProtoSource } from "../../lib/snippets/open-as.ts";
import type { Project, Snippet, SnippetLanguage, SnippetRequest } from "../../lib/snippets/snippet.ts";
import { saveFile } from "../shell/save-file.ts";

/** A snippet with the request that it is of. */
export interface ShownSnippet {
  readonly kind: "shown";
  readonly language: SnippetLanguage;
  readonly request: SnippetRequest;
  readonly snippet: Snippet;
  readonly project: Project;
  /** The id of the method's API. */
  readonly api: string;
}

/** Has the browser save the program alone. */
export function saveProgram({ language, request, snippet }: ShownSnippet): void {
  saveFile(language.fileName(request.method), new Blob([snippet.code], { type: "text/plain" }));
}

/** Has the browser save the whole folder as a zip. Rejects where the proto files or the zipper can't be loaded. */
export async function saveProject({ language, request, snippet, project, api }: ShownSnippet): Promise<void> {
  const [{ strToU8, zipSync }, protos] = await Promise.all([
    import("fflate"),
    project.protos ? loadProtos(api) : [],
  ]);
  const { name, files } = openProject(language, request, snippet, protos);
  const entries = files.map(({ path, content }) => [`${name}/${path}`, strToU8(content)]);
  saveFile(`${name}.zip`, new Blob([zipSync(Object.fromEntries(entries))], { type: "application/zip" }));
}

async function loadProtos(api: string): Promise<readonly ProtoSource[]> {
  const path = `/schema/protos-${api}.json`;
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
  return (await response.json()) as ProtoSource[];
}
