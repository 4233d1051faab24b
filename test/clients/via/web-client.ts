import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DescMethod } from "@bufbuild/protobuf";
import type { OutgoingMessage } from "../../../lib/run/runner.ts";
import { registry } from "../../server/support/api.ts";
import { asPage, runInPage } from "../../server/support/page.ts";
import { peerAsSandbox, startPlayground } from "../../server/support/playground.ts";
import { canonicalBytes, type ScriptClient, type ScriptTarget } from "../script-client.ts";

/** What a page does: gRPC-Web, or a WebSocket where the client streams, through the bridge of the site's server. */
export async function createWebClient(target: ScriptTarget): Promise<ScriptClient> {
  const folder = mkdtempSync(join(tmpdir(), "web-client-"));
  const macaroonPath = join(folder, "pool.macaroon");
  writeFileSync(macaroonPath, Buffer.from(target.macaroon, "hex"));
  const playground = await startPlayground([peerAsSandbox({ ...target, macaroonPath })]);
  return {
    name: "gRPC-Web",
    can: ({ parent }: DescMethod) => registry.getService(parent.typeName) !== undefined,
    close: async () => {
      await playground.stop();
      rmSync(folder, { recursive: true });
    },
    async call({ method, requests, take }) {
      using _page = asPage(playground);
      const abort = new AbortController();
      const [first, ...more] = requests.map((request) => JSON.stringify(request));
      const call = {
        method: `${method.parent.typeName}.${method.name}`,
        request: first ?? "{}",
        bytes: "base64",
      } as const;
      async function* outgoing(): AsyncIterable<OutgoingMessage> {
        for (const text of more) yield { text, bytes: "base64", confirmation: null };
      }
      const options = { signal: abort.signal, ...(more.length > 0 && { outgoing: outgoing() }) };
      const replies = [];
      for await (const event of runInPage(playground, call, options)) {
        if (event.kind === "message") {
          replies.push(canonicalBytes(method, event.wire));
          if (replies.length === take) {
            abort.abort();
            return { code: 0, message: "", replies };
          }
        } else if (event.kind === "error") {
          const { code, message, source } = event.error;
          return { code, message: source === "daemon" ? message : `${source}: ${message}`, replies };
        }
      }
      return { code: 0, message: "", replies };
    },
  };
}
