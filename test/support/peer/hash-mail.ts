import { setTimeout as sleep } from "node:timers/promises";
import { status } from "@grpc/grpc-js";
import { HashMail } from "../../../gen/auctioneerrpc/hashmail_pb.ts";
import { type Handler, only, PeerStatus, typed } from "./handler.ts";

/** The pause between two messages of this server's `RecvStream`. */
const INTERVAL_MS = 300;

/** `RecvStream` writes to any box for as long as it is read; `SendStream` tells how many messages came. */
export const hashMailHandlers: Readonly<Record<string, Handler>> = {
  RecvStream: typed(HashMail.method.recvStream, async function* (requests, { signal }) {
    const desc = await only(requests);
    for (let number = 1; !signal.aborted; number += 1) {
      yield { desc, msg: Buffer.from(`peer letter ${number}`) };
      await sleep(INTERVAL_MS, undefined, { signal }).catch(() => undefined);
    }
  }),
  SendStream: typed(HashMail.method.sendStream, async function* (requests) {
    let count = 0;
    for await (const box of requests) {
      if (box.desc === undefined) throw new PeerStatus(status.UNKNOWN, "cipher box descriptor required");
      count += 1;
    }
    yield { streamId: Buffer.from(`${count} received`) };
  }),
};
