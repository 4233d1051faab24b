/** The networks that a daemon may be on, as its folders are named. */
export const NETWORKS = ["mainnet", "testnet", "regtest", "simnet", "signet"] as const;

export type Network = (typeof NETWORKS)[number];

export function isNetwork(name: string): name is Network {
  return (NETWORKS as readonly string[]).includes(name);
}
