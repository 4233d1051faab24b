import { ClearingPrice } from "./clearing-price/clearing-price.tsx";
import { Figure } from "./figure.tsx";
import { Formula } from "./formula.tsx";
import { GuideTable } from "./guide-table.tsx";
import { Callout, Lead } from "./landing.tsx";
import { Step, Steps } from "./steps.tsx";

/** What a guide of `content/guides/` may name, and what its Markdown turns into. */
export const GUIDE_COMPONENTS = {
  Callout,
  ClearingPrice,
  Figure,
  Lead,
  Step,
  Steps,
  blockquote: Formula,
  table: GuideTable,
} as const;
