import type { Hit } from "../../lib/search/query.ts";

/** Between the palette and its worker. An empty query has it load the indexes. */
export interface SearchQuestion {
  readonly id: number;
  readonly query: string;
}

export type SearchAnswer =
  | { readonly kind: "hits"; readonly id: number; readonly hits: readonly Hit[] }
  | { readonly kind: "problem"; readonly id: number; readonly message: string };
