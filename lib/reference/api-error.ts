/** The errors that an API is known to give, in groups that are read together. */
export interface ErrorGroup {
  /** Part of its pages' URL, and stable. */
  readonly slug: string;
  readonly title: string;
  /** Markdown: what the errors of the group have in common. */
  readonly about: string;
  readonly errors: readonly ApiError[];
}

/** One error, with what to do about it. */
export interface ApiError {
  /** Its anchor on the group's page; unique in the API, and stable. */
  readonly slug: string;
  readonly title: string;
  /** Who says it. `client`: the playground itself; `message` is a reason of `lib/call/run-event.ts` then. */
  readonly from: ErrorSource;
  /** gRPC status, 0 to 16. */
  readonly code: number;
  /**
   * The words that it comes with, most telling first. `{name}` stands for what varies: one line of any text.
   */
  readonly messages: readonly string[];
  /** Full names of the methods that give it; empty: any method may. */
  readonly methods: readonly string[];
  /** Paths of field names of the request that it is about, as `poolrpc.Order.rate_fixed`. */
  readonly fields: readonly string[];
  /** Markdown. */
  readonly cause: string;
  readonly remedy: string;
  /** Names of recordings that hold it; empty where it is known from the daemon's source only. */
  readonly seen: readonly string[];
}

/** `daemon`: its gRPC server. `rest`: its HTTP gateway only. `client`: the page or the bridge. */
export type ErrorSource = "daemon" | "rest" | "client";

/** Whether the words of an error are those of a pattern, in which `{name}` stands for any text of one line. */
export function fitsMessage(pattern: string, message: string): boolean {
  return messagePattern(pattern).test(message);
}

function messagePattern(pattern: string): RegExp {
  const parts = pattern.split(/\{[a-z][a-z0-9 ]*\}/);
  return new RegExp(`^${parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join(".*")}$`, "s");
}

/** The error that says most about these words: the one whose pattern holds most text of its own. */
export function findError<T extends Pick<ApiError, "from" | "messages">>(
  errors: readonly T[],
  from: ErrorSource,
  message: string,
): T | null {
  let best: T | null = null;
  let length = 0;
  for (const error of errors) {
    for (const pattern of error.from === from ? error.messages : []) {
      const own = pattern.replace(/\{[^}]*\}/g, "").length;
      if (own > length && fitsMessage(pattern, message)) {
        best = error;
        length = own;
      }
    }
  }
  return best;
}
