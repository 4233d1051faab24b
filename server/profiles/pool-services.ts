/** Which services a daemon serves, and which its auctioneer. */
export interface ProfileServices {
  readonly daemon: readonly string[];
  readonly auctioneer: readonly string[];
}

export const POOL_SERVICES: ProfileServices = {
  daemon: ["poolrpc.Trader"],
  auctioneer: ["poolrpc.ChannelAuctioneer", "poolrpc.HashMail"],
};
