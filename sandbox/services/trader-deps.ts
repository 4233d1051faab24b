import type { ServiceImpl } from "@connectrpc/connect";
import type { Trader } from "../../gen/poolrpc/trader_pb.ts";
import type { OwnLedger } from "../ledger/create-ledger.ts";

/** What the Trader's methods work with. */
export interface TraderDeps {
  readonly ledger: OwnLedger;
  /** Called by StopDaemon. */
  readonly stopDaemon: () => void;
}

/** Some of the Trader's methods. */
export type TraderMethods<Name extends keyof ServiceImpl<typeof Trader>> = Pick<
  ServiceImpl<typeof Trader>,
  Name
>;
