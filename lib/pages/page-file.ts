import type { StreamKind } from "../call/call.ts";

/** One file to write, path relative to the project. */
export interface PageFile {
  readonly path: string;
  readonly content: string;
}

/** The `page` export of every generated page: what a route, the search and the Markdown twin need beside the content. */
export type PageInfo = PageFacts & { readonly title: string; readonly description: string };

type PageFacts =
  | { readonly kind: "index" | "command" | "permission" | "error" }
  | {
      readonly kind: "service" | "message" | "enum";
      readonly name: string;
    }
  | {
      readonly kind: "method";
      readonly name: string;
      readonly stream: StreamKind;
      readonly access: "read" | "write";
    }
  | {
      readonly kind: "endpoint";
      /** The method that it stands for. */
      readonly name: string;
      readonly verb: string;
      readonly path: string;
    };

/** Folder of the generated pages; a page at `/reference/<slug>` is `<slug>.mdx` in it, `/reference` is `index.mdx`. */
export const CONTENT_FOLDER = "content/reference";
