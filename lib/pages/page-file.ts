import type { StreamKind } from "../call/call.ts";

/** One file to write, path relative to the project. */
export interface PageFile {
  readonly path: string;
  readonly content: string;
}

/** The `page` export of every generated page: what a route needs beside the content. */
export type PageInfo =
  | { readonly kind: "index"; readonly title: string; readonly description: string }
  | {
      readonly kind: "service" | "message" | "enum";
      readonly title: string;
      readonly description: string;
      readonly name: string;
    }
  | {
      readonly kind: "method";
      readonly title: string;
      readonly description: string;
      readonly name: string;
      readonly stream: StreamKind;
      readonly access: "read" | "write";
    };

/** Folder of the generated pages; a page at `/reference/<slug>` is `<slug>.mdx` in it, `/reference` is `index.mdx`. */
export const CONTENT_FOLDER = "content/reference";
