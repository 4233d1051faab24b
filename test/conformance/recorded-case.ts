import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { translateMacaroons } from "./recorded-macaroons.ts";

/** A value as JSON has it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** How a macaroon was made: by whose key, for what, and what was then done to it. */
export interface MacaroonRecipe {
  /** `account:read`, `uri:/poolrpc.Trader/AuctionFee`. */
  readonly permissions: readonly string[];
  readonly foreignKey?: true;
  readonly spoiled?: true;
  readonly upperCase?: true;
}

/** One call of a real daemon with its answer, as `README.md` of the recordings describes it. */
export interface RecordedCase {
  /** Position among all that was recorded: state carries over. */
  readonly order: number;
  readonly case: string;
  /** `/poolrpc.Trader/GetInfo` over gRPC; a bare name or nothing over REST. */
  readonly method: string | null;
  readonly transport: "grpc" | "rest";
  /** The message as JSON, or `{rawhex, len}`; over REST the body, `{raw}` for one that is not made by `json.dumps`. */
  readonly request: Json;
  /** Absent: the daemon's own. Null: none. A text is sent as it is. */
  readonly macaroon?: string | null | MacaroonRecipe;
  readonly request_headers?: Readonly<Record<string, string>>;
  readonly response?: Json;
  readonly error?: { readonly code: number; readonly status: string; readonly message?: string };
  readonly rest?: RecordedRest;
  readonly daemon_crashed?: true;
}

/** A REST answer; without `status` there was none. */
export interface RecordedRest {
  readonly verb: string;
  readonly path: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly exception?: string;
}

/** Stands for the daemon's own macaroon in headers and paths. */
export const OWN_MACAROON = "$MACAROON";

/** All cases of a folder, in the order in which they were made. Reads JSON arrays and JSON lines alike. */
export function readRecordings(dir: string): { file: string; cases: RecordedCase[] }[] {
  const files = readdirSync(dir)
    .filter((name) => /\.jsonl?$/.test(name) && name !== "worlds.jsonl")
    .sort();
  const read = files.map((file) => ({ file, cases: parseCases(join(dir, file)) }));
  const translate = translateMacaroons(read.flatMap(({ cases }) => cases));
  return read.map(({ file, cases }) => ({ file, cases: cases.map(translate) }));
}

function parseCases(path: string): RecordedCase[] {
  const text = readFileSync(path, "utf8");
  return path.endsWith(".jsonl")
    ? text
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as RecordedCase)
    : (JSON.parse(text) as RecordedCase[]);
}
