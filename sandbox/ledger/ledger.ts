import type {
  BatchSnapshotResponse,
  MarketInfo,
  NodeRating,
  TermsResponse,
} from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import type { LedgerAccount } from "./account.ts";
import type { LedgerOrder } from "./order.ts";

/**
 * What both services see of the sandbox's one world. All heights are block heights, all amounts satoshis as bigint, all
 * keys compressed public keys of 33 bytes. Lists are live state: read them, never change them.
 */
export interface Ledger {
  readonly network: string;
  /** The sandbox's own Lightning node. */
  readonly nodeKey: Uint8Array;
  /** The auctioneer's public key. */
  readonly auctioneerKey: Uint8Array;
  /** Best block. */
  height(): number;
  terms(): TermsResponse;
  /** Sorted by trader key, closed ones included. */
  accounts(): readonly LedgerAccount[];
  findAccount(traderKey: Uint8Array): LedgerAccount | undefined;
  /** In order of creation, finished ones included. */
  orders(): readonly LedgerOrder[];
  findOrder(nonce: Uint8Array): LedgerOrder | undefined;
  /** Newest first. */
  batches(): readonly BatchSnapshotResponse[];
  /** The newest batch where the id is empty. */
  findBatch(id: Uint8Array): BatchSnapshotResponse | undefined;
  /** An unknown node has the lowest tier. */
  nodeRating(nodeKey: Uint8Array): NodeRating;
  /** Lease duration in blocks → open orders and their units. */
  marketInfo(): Record<number, MarketInfo>;
  /** One block more: confirms transactions, opens and expires accounts. */
  mineBlock(): void;
  /** Called after each block with its height. Returns the way to stop that. */
  onBlock(listener: (height: number) => void): () => void;
}
