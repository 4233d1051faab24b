import type { BytesForm } from "../call/call.ts";

/** The YAML between `---` lines at the top of a notebook. */
export interface NotebookInfo {
  readonly title: string;
  /** One sentence, for lists and search. */
  readonly description: string;
  /** Its place among the shipped lessons, from 1; null: it is none of them. */
  readonly order: number | null;
  /** The sandbox's scenario that it starts from; null: it takes the world as it is. */
  readonly scenario: string | null;
  /** What keys and txids of that world are drawn from. */
  readonly seed: bigint;
}

/**
 * A notebook as it was read. `source` is the single truth: edits are edits of the text (`edit-notebook.ts`), and what
 * they do not touch stays byte for byte.
 */
export interface Notebook {
  readonly source: string;
  readonly info: NotebookInfo;
  /** In the order of the page. */
  readonly cells: readonly Cell[];
}

/** Where something stands in the source, as offsets of UTF-16 units; `line` and `column` count from 1. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

interface CellBase {
  /** Unique in the notebook: its `id`, else the name that it captures, else its kind and number (`check-2`). */
  readonly id: string;
  /** The whole cell. */
  readonly place: Place;
}

/** Text and where its characters stand in the source: the inside of a fenced block, or an attribute's value. */
export interface SourceText {
  readonly text: string;
  readonly place: Place;
}

/** Markdown between the other cells. Links to definitions are written `[text][poolrpc.Account]`. */
export interface ProseCell extends CellBase {
  readonly kind: "prose";
  readonly text: string;
}

/** What calls and waits have in common. */
export interface CallPart {
  /** Fully qualified: `poolrpc.Trader.GetInfo`. */
  readonly method: SourceText;
  /** Requests as ProtoJSON, `"{{expression}}"` where a value of an earlier cell goes; several only for client streams. */
  readonly requests: readonly SourceText[];
  readonly bytes: BytesForm;
  /** Milliseconds. */
  readonly deadlineMs: number;
  /** Fields of the reply (`trader_key`, at any depth) that differ from run to run: what is stored of them is their form. */
  readonly varies: readonly string[];
}

/** A call of a method. */
export interface CallCell extends CellBase, CallPart {
  readonly kind: "call";
  /** The name of its reply for later cells: a message, or the list of a stream's messages; null: it has none. */
  readonly as: string | null;
  /** gRPC's name of the status that it is to fail with (`NOT_FOUND`); null: it is to succeed. */
  readonly expect: string | null;
  /** Of a stream: how many messages are taken before it is cancelled; null: all. */
  readonly take: number | null;
  /**
   * What a person does instead where the profile does not serve the method: the cell is then passed over. For the
   * sandbox's own controls. Null: the cell fails there.
   */
  readonly instead: string | null;
}

/** Asks a read again until a condition over its reply holds. */
export interface WaitCell extends CellBase, CallPart {
  readonly kind: "wait";
  /** The name of the reply, in the condition and for later cells. */
  readonly as: string;
  readonly until: SourceText;
  /** Milliseconds until it gives up. */
  readonly timeoutMs: number;
  /** Milliseconds from one reply to the next question. */
  readonly everyMs: number;
}

/** Names a value that is worked out of earlier ones. */
export interface ExpressionCell extends CellBase {
  readonly kind: "expression";
  readonly as: string;
  /** CEL. */
  readonly expression: SourceText;
}

/** Something that must hold. */
export interface CheckCell extends CellBase {
  readonly kind: "check";
  /** What is held, in words: `The account is open`. */
  readonly say: string;
  /** CEL, true where it holds. */
  readonly condition: SourceText;
}

/** Rows of a list. */
export interface TableCell extends CellBase {
  readonly kind: "table";
  /** CEL that gives a list of messages or maps. */
  readonly of: SourceText;
  /** CEL over `row` (`row.value`), each with its heading; empty: all fields of the first row's type. */
  readonly columns: readonly { readonly title: string; readonly value: SourceText }[];
}

/** A list drawn as points. */
export interface ChartCell extends CellBase {
  readonly kind: "chart";
  readonly title: string;
  readonly form: "line" | "bars" | "steps";
  /** CEL that gives a list; `x` and `y` are CEL over `row`. */
  readonly of: SourceText;
  readonly x: SourceText;
  readonly y: SourceText;
  /** What the axes count: `block height`, `sat`. */
  readonly xLabel: string;
  readonly yLabel: string;
}

/** A value that the reader gives. */
export interface InputCell extends CellBase {
  readonly kind: "input";
  readonly as: string;
  readonly label: string;
  readonly type: InputType;
  /** What it is before the reader changes it, as it is typed. */
  readonly value: string;
  /** Of a choice: what can be chosen. */
  readonly choices: readonly string[];
  /** Of an integer: the least and the greatest. */
  readonly min: bigint | null;
  readonly max: bigint | null;
  /** `sat`, `blocks`; null: it has none. */
  readonly unit: string | null;
}

/** `int`: a CEL int. `choice`: a string. `bytes`: typed as hex. */
export type InputType = "int" | "text" | "bytes" | "choice";

export type Cell =
  | ProseCell
  | CallCell
  | WaitCell
  | ExpressionCell
  | CheckCell
  | TableCell
  | ChartCell
  | InputCell;

/** The name under which later cells find what the cell gave; null: none. */
export function capturedName(cell: Cell): string | null {
  return "as" in cell ? cell.as : null;
}

/** What is wrong in a notebook. Columns and lines count from 1; `offset` and `length` are in UTF-16 units. */
export interface NotebookProblem {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
  readonly length: number;
  /** What is wrong, and what was meant or can be done. */
  readonly message: string;
}

/** A text read as a notebook. With problems it is no notebook, and nothing of it runs. */
export type NotebookReading =
  | { readonly kind: "ok"; readonly notebook: Notebook }
  | { readonly kind: "problems"; readonly problems: readonly NotebookProblem[] };
