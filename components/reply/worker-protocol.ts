import type { BytesForm, Call } from "../../lib/call/call.ts";
import type { RunEvent } from "../../lib/call/run-event.ts";
import type { RecentValue } from "../../lib/editor/recent-values.ts";
import type { Series } from "../../lib/reply/chart-series.ts";
import type { DiffRow } from "../../lib/reply/diff-rows.ts";
import type { ErrorDetail } from "../../lib/reply/error-details.ts";
import type { Sorting } from "../../lib/reply/table-order.ts";
import type { Hit } from "../../lib/reply/text-search.ts";
import type { LineWindow } from "../../lib/reply/transcript.ts";
import type { WireWords } from "../../lib/reply/wire-items.ts";
import type { OutgoingMessage } from "../../lib/run/runner.ts";
import type { RunRecord } from "../run/run-record.ts";
import type { RunState } from "../run/run-state.ts";

/** Rows of a long list: the first one wanted, and how many. */
interface Stretch {
  readonly from: number;
  readonly count: number;
}

/** What the page shows of a reply: the worker sends just this, anew whenever it changes. */
export type Look =
  | { readonly kind: "none" }
  /** `end`: the last lines, whatever comes. */
  | {
      readonly kind: "text";
      readonly from: number | "end";
      readonly count: number;
      readonly search: string;
      /** Of the profile's chain, where it is known. */
      readonly height?: number | null;
    }
  | (Stretch & { readonly kind: "tree"; readonly filter: string; readonly height: number | null })
  | (Stretch & { readonly kind: "wire"; readonly side: "reply" | "request" })
  | (Stretch & {
      readonly kind: "table";
      readonly table: number;
      readonly sorting: Sorting | null;
      readonly filter: string;
    })
  | {
      readonly kind: "chart";
      /** Paths of columns; null: those that say most together. */
      readonly x: string | null;
      readonly y: string | null;
      readonly total: boolean;
    }
  /** `earlier`: which reply to compare with; null: the last one. */
  | (Stretch & { readonly kind: "diff"; readonly earlier: number | null });

/** A row of something that opens. `key` holds the path that `toggle` wants, joined by points. */
export interface OutlinePlace {
  readonly key: string;
  readonly depth: number;
  readonly opens: boolean;
  readonly open: boolean;
}

export interface TreeRow extends OutlinePlace {
  readonly label: string;
  /** `asks[3].details.amt` */
  readonly path: string;
  readonly text: string;
  readonly type: string;
  readonly unit: string | null;
  /** Other ways to say the value. */
  readonly hints: readonly string[];
  readonly problem: boolean;
}

export type WireRow = OutlinePlace &
  (
    | { readonly kind: "message"; readonly label: string }
    | ({ readonly kind: "wire"; readonly broken: boolean } & WireWords)
  );

export interface TableColumn {
  readonly path: string;
  readonly numeric: boolean;
  readonly unit: string | null;
  /** Where it is a time since 1970: how many of them are a second. */
  readonly perSecond: number | null;
}

export interface EarlierReply {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly received: number;
  readonly bytes: number;
  /** gRPC status. */
  readonly code: number;
}

/** What there is to see at a `Look`. `total`: how many rows there are, of which some are here. */
export type Sight =
  | { readonly kind: "none" }
  | (LineWindow & {
      readonly kind: "text";
      /** What stands beside each of the lines: its value in other words. */
      readonly hints: readonly (string | null)[];
      readonly widest: number;
      readonly complete: boolean;
      readonly search: { readonly query: string; readonly count: number; readonly complete: boolean } | null;
    })
  | {
      readonly kind: "tree";
      readonly from: number;
      readonly total: number;
      readonly rows: readonly TreeRow[];
      readonly searching: boolean;
      /** There is more than the filter shows. */
      readonly cut: boolean;
    }
  | {
      readonly kind: "wire";
      readonly side: "reply" | "request";
      readonly from: number;
      readonly total: number;
      readonly rows: readonly WireRow[];
    }
  | {
      readonly kind: "table";
      readonly names: readonly string[];
      readonly table: number;
      readonly columns: readonly TableColumn[];
      readonly from: number;
      readonly rows: readonly { readonly number: number; readonly cells: readonly string[] }[];
      /** Rows that the filter leaves, and all. */
      readonly total: number;
      readonly all: number;
      readonly reading: boolean;
      /** Further rows were not read. */
      readonly cut: boolean;
    }
  | {
      readonly kind: "chart";
      readonly choices: readonly TableColumn[];
      readonly x: string | null;
      readonly y: string | null;
      readonly series: readonly Series[];
      readonly reading: boolean;
    }
  | {
      readonly kind: "diff";
      readonly choices: readonly EarlierReply[];
      readonly chosen: number | null;
      readonly state: "none" | "comparing" | "too-long" | "done";
      readonly changes: number;
      readonly from: number;
      readonly rows: readonly DiffRow[];
      readonly total: number;
    };

/** What a reply is made of, beside its text: which views there are. */
export interface ReplyParts {
  /** Names of its lists. */
  readonly tables: readonly string[];
  /** Whether one of them can be drawn. */
  readonly chart: boolean;
  readonly details: readonly ErrorDetail[];
  /** Encoded bytes of what was sent. */
  readonly sentBytes: number;
}

/** From the page to the call worker. `run` is a number that the page gave to the run. */
export type ToWorker =
  /** The method's page is being used: what a run needs can be loaded. */
  | { readonly kind: "warm"; readonly method: string }
  | { readonly kind: "start"; readonly run: number; readonly call: Call; readonly streams: boolean }
  /** Shows what a call has given elsewhere. It is not called, and not kept. */
  | { readonly kind: "show"; readonly run: number; readonly call: Call; readonly events: readonly RunEvent[] }
  | { readonly kind: "send"; readonly run: number; readonly message: OutgoingMessage }
  | { readonly kind: "half-close"; readonly run: number }
  | { readonly kind: "cancel"; readonly run: number }
  | { readonly kind: "look"; readonly run: number; readonly look: Look; readonly bytes: BytesForm }
  /** Opens or closes a row of what is looked at. */
  | { readonly kind: "toggle"; readonly run: number; readonly key: string }
  | { readonly kind: "open-all"; readonly run: number; readonly open: boolean }
  /** The last update was painted: the next may come. */
  | { readonly kind: "painted"; readonly run: number }
  /** The run is no longer shown: one that still goes on is cancelled. */
  | { readonly kind: "release"; readonly run: number }
  | { readonly kind: "ask"; readonly run: number; readonly id: number; readonly question: Question };

/** From the call worker to the page. */
export type FromWorker =
  | {
      readonly kind: "update";
      readonly run: number;
      readonly state: RunState;
      readonly parts: ReplyParts;
      readonly sight: Sight;
    }
  | { readonly kind: "ended"; readonly run: number; readonly record: RunRecord }
  | { readonly kind: "recent"; readonly profile: string; readonly values: readonly RecentValue[] }
  | { readonly kind: "answer"; readonly id: number; readonly answer: unknown }
  | { readonly kind: "no-answer"; readonly id: number; readonly message: string };

/** What the page asks once, with the answer's type. */
export type Questions = {
  /** The whole text. */
  readonly text: { readonly ask: { readonly kind: "text" }; readonly answer: string };
  /** The line at which a received message begins; messages count from 0. */
  readonly "line-of": {
    readonly ask: { readonly kind: "line-of"; readonly message: number };
    readonly answer: number;
  };
  /** A hit of the search by its number from 0, or the first from a line on. */
  readonly hit: {
    readonly ask:
      | { readonly kind: "hit"; readonly index: number }
      | { readonly kind: "hit"; readonly fromLine: number };
    readonly answer: (Hit & { readonly index: number }) | null;
  };
  /** A file of the reply; null where nothing came that could be in it. */
  readonly save: {
    readonly ask:
      | { readonly kind: "save"; readonly as: "json" | "binary" }
      | {
          readonly kind: "save";
          readonly as: "csv";
          readonly table: number;
          readonly sorting: Sorting | null;
          readonly filter: string;
        };
    readonly answer: { readonly blob: Blob; readonly name: string } | null;
  };
};

export type Question = Questions[keyof Questions]["ask"];
export type AnswerOf<Q extends Question> = Questions[Q["kind"]]["answer"];
