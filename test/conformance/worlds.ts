import { readFileSync } from "node:fs";
import { type DescMessage, fromJson, type MessageShape } from "@bufbuild/protobuf";
import { BatchSnapshotResponseSchema } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import {
  AccountModificationFeesResponseSchema,
  AccountSchema,
  AskSchema,
  BidSchema,
  LeaseSchema,
} from "../../gen/poolrpc/trader_pb.ts";
import type { ListedWorld } from "../../sandbox/ledger/import-world.ts";
import type { AuctioneerFault } from "../../sandbox/ledger/state.ts";
import { decodeTicket } from "../../sandbox/ledger/ticket-codec.ts";
import type { Json, RecordedCase } from "./recorded-case.ts";

type JsonObject = { readonly [name: string]: Json };

/** A line of `worlds.jsonl`: what changed in a daemon's world before the case of order `from`. */
interface WorldStep {
  readonly daemon: string;
  readonly from: number;
  /** Why, for whoever reads the file. */
  readonly why?: string;
  readonly height?: number;
  /** In the API's JSON; one that is known by its key, nonce or id takes the place of what it was. */
  readonly accounts?: readonly JsonObject[];
  readonly lost?: readonly JsonObject[];
  readonly fees?: JsonObject;
  readonly asks?: readonly JsonObject[];
  readonly bids?: readonly JsonObject[];
  readonly batches?: readonly JsonObject[];
  readonly leases?: readonly JsonObject[];
  readonly tickets?: readonly string[];
  readonly fault?: AuctioneerFault | null;
  /** Whether the daemon's process is away. */
  readonly gone?: boolean;
}

/** The world in which one case is made. */
export interface CaseWorld extends ListedWorld {
  readonly gone: boolean;
  /** All of it as text: a value that is in here was known before the call. */
  readonly text: string;
}

/** Gives the world of each case, by the steps of `worlds.jsonl`. */
export function readWorlds(path: string): (recorded: RecordedCase) => CaseWorld {
  const lines = readFileSync(path, "utf8").split("\n");
  const steps = lines.filter((line) => line !== "").map((line) => JSON.parse(line) as WorldStep);
  return (recorded) => {
    const daemon = daemonOf(recorded);
    const past = steps.filter((step) => step.daemon === daemon && step.from <= recorded.order);
    return { ...toWorld(past), ...faultOf(recorded, past) };
  };
}

/** The recordings come from several daemons, told apart by the case's name; the last ones from a later environment. */
function daemonOf({ case: name, order }: RecordedCase): string {
  return order >= LAST_ENVIRONMENT ? "t12" : (/_(p[23])_/.exec(name)?.[1] ?? "main");
}

const LAST_ENVIRONMENT = 551;

function faultOf({ case: name, order, error, rest }: RecordedCase, past: readonly WorldStep[]) {
  const known = past.findLast((step) => step.fault !== undefined)?.fault ?? undefined;
  // A set that is kept aside may name a fault of the stub that no step knows: its own words say which one it was.
  const told = /^(.*?)rpc error: code = (\w+) desc = (.*)$/.exec(error?.message ?? rest?.body ?? "");
  if (known !== undefined || told === null || !name.includes("_auctioneer_")) {
    return { auctioneerFault: known };
  }
  void order;
  const [, prefix = "", status = "", text = ""] = told;
  const on = prefix.includes("terms") ? "Terms" : "*";
  return {
    auctioneerFault: { kind: "status", on, status, text: text.replace(/","details.*$/, "") } as const,
  };
}

function toWorld(steps: readonly WorldStep[]): CaseWorld {
  const last = <Name extends keyof WorldStep>(name: Name) =>
    steps.findLast((step) => step[name] !== undefined)?.[name];
  const merged = (
    name: "accounts" | "asks" | "bids" | "batches",
    id: (item: JsonObject) => Json | undefined,
  ) => {
    const items = new Map<Json | undefined, JsonObject>();
    for (const item of steps.flatMap((step) => step[name] ?? [])) items.set(id(item), item);
    return [...items.values()];
  };
  const nonceOf = (order: JsonObject) => (order.details as JsonObject).order_nonce;
  const tickets = new Map<string, string>();
  for (const text of steps.flatMap((step) => step.tickets ?? [])) {
    tickets.set(Buffer.from(decodeTicket(text).id).toString("hex"), text);
  }
  const listed = {
    accounts: merged("accounts", (account) => account.trader_key),
    lost: last("lost") ?? [],
    fees: last("fees") ?? {},
    asks: merged("asks", nonceOf),
    bids: merged("bids", nonceOf),
    batches: merged("batches", (batch) => batch.batch_id),
    leases: last("leases") ?? [],
    tickets: [...tickets.values()],
  };
  const fees = read(AccountModificationFeesResponseSchema, { accounts: listed.fees }).accounts;
  const known = new Set(listed.accounts.map((account) => account.trader_key));
  return {
    height: last("height") ?? 0,
    accounts: readAll(AccountSchema, listed.accounts),
    lostAccounts: readAll(
      AccountSchema,
      listed.lost.filter((account) => !known.has(account.trader_key ?? "")),
    ),
    changes: Object.fromEntries(
      Object.entries(fees).map(([key, { modificationFees }]) => [key, modificationFees]),
    ),
    asks: readAll(AskSchema, listed.asks),
    bids: readAll(BidSchema, listed.bids),
    batches: readAll(BatchSnapshotResponseSchema, listed.batches),
    leases: readAll(LeaseSchema, listed.leases),
    tickets: listed.tickets,
    auctioneerFault: undefined,
    gone: last("gone") ?? false,
    text: JSON.stringify(listed),
  };
}

function read<Desc extends DescMessage>(schema: Desc, json: JsonObject): MessageShape<Desc> {
  return fromJson(schema, json as never);
}

function readAll<Desc extends DescMessage>(schema: Desc, list: readonly JsonObject[]): MessageShape<Desc>[] {
  return list.map((json) => read(schema, json));
}
