import { request } from "node:https";

/** A real chain that accounts from outside are looked up in. Txids are in internal byte order. */
export interface OutsideChain {
  height(): Promise<number>;
  /** The transaction with its witnesses, of a block or of the mempool; undefined where it is not known. */
  transaction(txid: Uint8Array): Promise<Uint8Array | undefined>;
  /** Rejects with the node's words where it does not take it. */
  publish(transaction: Uint8Array): Promise<void>;
}

/** Where a btcd listens: host and port, who asks, and the certificate it shows, in PEM. */
export interface BtcdAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly cert: string;
}

const TIMEOUT_MS = 10_000;
/** What btcd says of a transaction that it does not have. */
const NO_TRANSACTION = -5;

class RpcError extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** A btcd, which can be asked for blocks on a test network. */
export interface Btcd extends OutsideChain {
  mine(blocks: number): Promise<void>;
}

/** The chain of a btcd that keeps an index of its transactions, by its JSON-RPC. */
export function btcdChain(address: BtcdAddress): Btcd {
  return {
    height: async () => Number(await call(address, "getblockcount", [])),
    async transaction(txid) {
      try {
        const hex = await call(address, "getrawtransaction", [
          Buffer.from(txid).reverse().toString("hex"),
          0,
        ]);
        return new Uint8Array(Buffer.from(String(hex), "hex"));
      } catch (error) {
        if (error instanceof RpcError && error.code === NO_TRANSACTION) return undefined;
        throw error;
      }
    },
    async publish(transaction) {
      await call(address, "sendrawtransaction", [Buffer.from(transaction).toString("hex")]);
    },
    async mine(blocks) {
      await call(address, "generate", [blocks]);
    },
  };
}

function call(address: BtcdAddress, method: string, params: readonly unknown[]): Promise<unknown> {
  const { host, port, user, password, cert } = address;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host, port, ca: cert, auth: `${user}:${password}`, method: "POST", timeout: TIMEOUT_MS },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          try {
            resolve(readAnswer(Buffer.concat(chunks).toString()));
          } catch (error) {
            reject(error);
          }
        });
      },
    );
    outgoing.on("timeout", () => outgoing.destroy(new Error(`btcd did not answer ${method} in time`)));
    outgoing.on("error", reject);
    outgoing.end(JSON.stringify({ jsonrpc: "1.0", id: 1, method, params }));
  });
}

function readAnswer(text: string): unknown {
  const { result, error } = JSON.parse(text) as {
    result: unknown;
    error: { code: number; message: string } | null;
  };
  if (error !== null) throw new RpcError(error.code, error.message);
  return result;
}
