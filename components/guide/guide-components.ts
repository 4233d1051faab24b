import { GuideTable } from "./guide-table.tsx";
import { Callout, Lead } from "./landing.tsx";

/** What a guide of `content/guides/` may name, and what its Markdown turns into. */
export const GUIDE_COMPONENTS = { Callout, Lead, table: GuideTable } as const;
