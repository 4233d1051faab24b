import { mkdirSync, readFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { type BtcdAddress, btcdChain, type OutsideChain } from "../../sandbox/chain/outside-chain.ts";
import { type Daemon, eventually, freePorts, startDaemon } from "./processes.ts";

/** A chain of its own with a funded wallet. */
export interface Regtest {
  readonly chain: OutsideChain;
  readonly lnd: { readonly host: string; readonly macaroonPath: string; readonly tlsPath: string };
  /** Mines and waits until lnd has seen it. */
  mine(blocks: number): Promise<void>;
  stop(): Promise<void>;
}

/** Mined to until the wallet has an address. */
const FIRST_MINER = "bcrt1q6rz28mcfaxtmd6v789l9rrlrusdprr9pz3cppk";
/** Taproot is active only after so many blocks. */
const FIRST_BLOCKS = 450;
const [USER, PASSWORD] = ["u", "p"];

/** Starts btcd and lnd in a folder, on free ports, and gives lnd's wallet the coins of some hundred blocks. */
export async function startRegtest(bin: string, dir: string): Promise<Regtest> {
  const [btcdPort = 0, lndPort = 0, restPort = 0, peerPort = 0] = await freePorts(4);
  const folder = { btcd: join(dir, "btcd"), lnd: join(dir, "lnd") };
  for (const each of Object.values(folder)) mkdirSync(each, { recursive: true });
  const btcdCert = join(folder.btcd, "rpc.cert");
  const tlsPath = join(folder.lnd, "tls.cert");
  const macaroonPath = join(folder.lnd, "data/chain/bitcoin/regtest/admin.macaroon");
  const running: { btcd?: Daemon; lnd?: Daemon } = {};
  const address = (): BtcdAddress => ({
    host: "localhost",
    port: btcdPort,
    user: USER,
    password: PASSWORD,
    cert: readFileSync(btcdCert, "utf8"),
  });

  const startBtcd = async (miner: string) => {
    const flags = [
      ...["--regtest", "--nolisten", "--txindex", "--configfile=/dev/null", `--miningaddr=${miner}`],
      ...[`--datadir=${join(folder.btcd, "data")}`, `--logdir=${join(folder.btcd, "logs")}`],
      ...[`--rpcuser=${USER}`, `--rpcpass=${PASSWORD}`, `--rpclisten=127.0.0.1:${btcdPort}`],
      ...[`--rpccert=${btcdCert}`, `--rpckey=${join(folder.btcd, "rpc.key")}`],
    ];
    running.btcd = startDaemon(join(bin, "btcd"), flags, join(dir, "btcd.log"));
    await eventually("btcd answers", () => btcdChain(address()).height());
  };
  const lndGet = <T>(path: string): Promise<T> =>
    getJson<T>(restPort, path, readFileSync(tlsPath, "utf8"), readFileSync(macaroonPath).toString("hex"));
  const startLnd = async () => {
    const flags = [
      ...[`--lnddir=${folder.lnd}`, "--bitcoin.regtest", "--bitcoin.node=btcd", "--noseedbackup"],
      ...[`--btcd.rpchost=127.0.0.1:${btcdPort}`, `--btcd.rpcuser=${USER}`, `--btcd.rpcpass=${PASSWORD}`],
      ...[`--btcd.rpccert=${btcdCert}`, "--nobootstrap", "--debuglevel=info"],
      ...[`--rpclisten=127.0.0.1:${lndPort}`, `--restlisten=127.0.0.1:${restPort}`],
      ...[`--listen=127.0.0.1:${peerPort}`, `--externalip=127.0.0.1:${peerPort}`],
      ...["--protocol.simple-taproot-chans", "--protocol.option-scid-alias", "--protocol.zero-conf"],
      "--protocol.wumbo-channels",
    ];
    running.lnd = startDaemon(join(bin, "lnd"), flags, join(dir, "lnd.log"));
    await eventually("lnd answers", () => lndGet("/v1/getinfo"));
  };
  const stop = async () => {
    await running.lnd?.stop();
    await running.btcd?.stop();
  };

  try {
    await startBtcd(FIRST_MINER);
    await btcdChain(address()).mine(1);
    await startLnd();
    const { address: miner } = await eventually("lnd's wallet", () =>
      lndGet<{ address: string }>("/v1/newaddress?type=WITNESS_PUBKEY_HASH"),
    );
    // btcd takes its miner's address only when it starts, and lnd misses blocks while it is away.
    await stop();
    await startBtcd(miner);
    const chain = btcdChain(address());
    await chain.mine(FIRST_BLOCKS);
    await startLnd();
    const seen = async () => {
      const height = await chain.height();
      await eventually("lnd follows the chain", async () => {
        const info = await lndGet<{ block_height: number; synced_to_chain: boolean }>("/v1/getinfo");
        return info.synced_to_chain && info.block_height === height ? true : undefined;
      });
    };
    await seen();
    await eventually("the wallet has coins", async () => {
      const { confirmed_balance: sat } = await lndGet<{ confirmed_balance: string }>(
        "/v1/balance/blockchain",
      );
      return Number(sat) > 0 ? true : undefined;
    });
    return {
      chain,
      lnd: { host: `127.0.0.1:${lndPort}`, macaroonPath, tlsPath },
      async mine(blocks) {
        // One at a time: lnd and poold are told of each.
        for (let n = 0; n < blocks; n += 1) {
          await chain.mine(1);
          await seen();
        }
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function getJson<T>(port: number, path: string, ca: string, macaroon: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: "localhost", port, path, ca, headers: { "Grpc-Metadata-macaroon": macaroon }, timeout: 10_000 },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          text += chunk;
        });
        response.on("end", () => {
          if (response.statusCode === 200) resolve(JSON.parse(text) as T);
          else reject(new Error(`lnd: ${text}`));
        });
      },
    );
    outgoing.on("error", reject);
    outgoing.on("timeout", () => outgoing.destroy(new Error("lnd did not answer in time")));
    outgoing.end();
  });
}
