/** What a hit is: the kinds of pages, and of places on them. Shown beside the hit. */
export const HIT_KINDS = {
  guide: "guide",
  notebook: "notebook",
  heading: "section",
  index: "overview",
  service: "service",
  method: "method",
  message: "message",
  enum: "enum",
  endpoint: "REST",
  command: "command",
  permission: "permission",
  error: "error",
  field: "field",
  value: "value",
  flag: "flag",
  page: "page",
} as const;

export type HitKind = keyof typeof HIT_KINDS;

/** A place on a page: kind, name, anchor without `#`, text. Arrays, since there are tens of thousands of them. */
export type IndexedPlace = readonly [kind: HitKind, title: string, anchor: string, text: string];

/** A page: kind, title, full name (or empty), href, text, other words that it is found by, places. */
export type IndexedPage = readonly [
  kind: HitKind,
  title: string,
  name: string,
  href: string,
  text: string,
  keys: string,
  places: readonly IndexedPlace[],
];

/** `public/search/<id>.json`: everything that can be found of one API, of the guides, or of the notebooks. */
export interface SearchIndex {
  readonly title: string;
  readonly pages: readonly IndexedPage[];
}

/** How much of a text can be found and shown. The rest of a long description is on its page. */
export const TEXT_LIMIT = 360;
