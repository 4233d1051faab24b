/** Steps in which the sandbox differs from a real poold, each with the reason. One that no longer differs fails the run. */
export const KNOWN_DIFFERENCES: Readonly<Record<string, string>> = {
  "a daemon that was never used":
    "the sandbox's auctioneer rates the sandbox's own node well; the node of this poold it has never heard of",
  "their modifications":
    "fees and order of funding and deposit are those of the coins that lnd's wallet happened to choose, and of what it takes for its own",
  "the market with them":
    "simulated traders act with each block of the sandbox's world, and this poold's blocks are btcd's; the rating as above",
  "a daemon that was used": "market and rating as above",
};
