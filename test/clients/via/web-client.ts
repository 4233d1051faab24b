import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create, createFileRegistry, type FileRegistry } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { parse } from "yaml";
import { file_sandbox_v1_control } from "../../../gen/sandbox/v1/control_pb.ts";
import type { Call } from "../../../lib/call/call.ts";
import { createBrowserRunner } from "../../../lib/run/browser-runner.ts";
import type { OutgoingMessage } from "../../../lib/run/runner.ts";
import { joinRegistries } from "../../../lib/schema/join-registries.ts";
import { permissions, registry } from "../../server/support/api.ts";
import { asPage } from "../../server/support/page.ts";
import { type Playground, peerAsSandbox, startPlayground } from "../../server/support/playground.ts";
import { canonicalBytes, type ScriptClient, type ScriptTarget } from "../script-client.ts";

/** The sandbox's own API, which the site shows beside Pool's. */
const CONTROL: FileRegistry = createFileRegistry(
  create(FileDescriptorSetSchema, { file: [file_sandbox_v1_control.proto] }),
);

const CONTROL_PERMISSIONS: readonly [string, readonly string[]][] = Object.entries(
  parse(readFileSync(new URL("../../../proto/sandbox/v1/permissions.yaml", import.meta.url), "utf8")),
);

const registryOf = (service: string): FileRegistry =>
  CONTROL.getService(service) === undefined ? registry : CONTROL;

/** The site's server in front of a daemon that serves the sandbox's own API too. */
export function startWebPlayground(daemon: Parameters<typeof peerAsSandbox>[0]): Promise<Playground> {
  return startPlayground([peerAsSandbox(daemon)], {
    registry: joinRegistries([registry, CONTROL]),
    permissions: new Map([...permissions, ...CONTROL_PERMISSIONS]),
  });
}

/** What a page does: gRPC-Web, or a WebSocket where the client streams, through the bridge of the site's server. */
export async function createWebClient(target: ScriptTarget): Promise<ScriptClient> {
  const folder = mkdtempSync(join(tmpdir(), "web-client-"));
  const macaroonPath = join(folder, "pool.macaroon");
  writeFileSync(macaroonPath, Buffer.from(target.macaroon, "hex"));
  const playground = await startWebPlayground({ ...target, macaroonPath });
  return {
    name: "gRPC-Web",
    can: () => true,
    close: async () => {
      await playground.stop();
      rmSync(folder, { recursive: true });
    },
    async call({ method, requests, take }) {
      using _page = asPage(playground);
      const abort = new AbortController();
      const [first, ...more] = requests.map((request) => JSON.stringify(request));
      const call: Call = {
        ...{ profile: "sandbox", method: `${method.parent.typeName}.${method.name}` },
        ...{ request: first ?? "{}", bytes: "base64", metadata: [], deadlineMs: null },
        ...{ compression: "identity", confirmation: null },
      };
      const schema = registryOf(method.parent.typeName);
      const runner = createBrowserRunner(playground.origin, async () => ({ method, registry: schema }));
      async function* outgoing(): AsyncIterable<OutgoingMessage> {
        for (const text of more) yield { text, bytes: "base64", confirmation: null };
      }
      const options = { signal: abort.signal, ...(more.length > 0 && { outgoing: outgoing() }) };
      const replies = [];
      for await (const event of runner.run(call, options)) {
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
