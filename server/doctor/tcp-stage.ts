import { connect } from "node:net";
import { explainUnreachable } from "../bridge/tls-failure.ts";
import type { Address } from "../profiles/address.ts";
import { type Finding, failed, ok } from "./stage.ts";

/** Whether anything accepts connections at an address. Sends nothing. */
export function checkTcp(address: Address, where: string, limitMs: number): Promise<Finding> {
  return new Promise((resolve) => {
    const startedAt = performance.now();
    const socket = connect({ host: address.host, port: address.port, timeout: limitMs });
    const settle = (finding: Finding) => {
      socket.destroy();
      resolve(finding);
    };
    socket.once("connect", () => {
      const ms = Math.max(1, Math.round(performance.now() - startedAt));
      settle(ok(`Something listens at ${socket.remoteAddress}, and answers within ${ms} ms.`));
    });
    socket.once("timeout", () => {
      settle(
        failed(`${where} does not answer within ${limitMs} ms. Check the address and that the daemon runs.`),
      );
    });
    socket.once("error", (error: NodeJS.ErrnoException) => {
      const code = error.code ?? error.message;
      const known = explainUnreachable(code, where)?.message;
      settle(
        failed(known ?? `${where} cannot be reached (${code}). Check the address and that the daemon runs.`),
      );
    });
  });
}
