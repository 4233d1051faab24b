import { join } from "node:path";
import { createFileRegistry } from "@bufbuild/protobuf";
import type { ApiConfig } from "../../lib/reference/api-config.ts";
import { buildReference } from "../../lib/reference/build-reference.ts";
import { methodDocs } from "../../lib/reference/method-docs.ts";
import { findMethod } from "../../lib/schema/registry.ts";
import { buildImage, ROOT } from "./pool-api.ts";

const CONFIG = {
  id: "everything",
  title: "Everything",
  protoRoot: "test/fixtures/everything",
  files: ["everything.proto"],
  upstreamLink: "{repository}/{path}?at={commit}#L{line}",
  cli: { program: "everything" },
  daemon: {
    program: "everythingd",
    port: 9000,
    files: { folder: "~/.everything", tlsCert: "tls.cert", macaroon: "everything.macaroon" },
  },
  services: { daemon: ["everything.v1.Everything"], auctioneer: [] },
  groups: [{ title: "All", methods: ["everything.v1.Everything.Take"] }],
} as const satisfies ApiConfig;

/** What an editor knows of the one method of `test/fixtures/everything`: its message has one of every kind of field. */
export async function everythingMethod() {
  const image = await buildImage(ROOT, join(ROOT, CONFIG.protoRoot));
  const reference = buildReference(image, {
    config: CONFIG,
    upstreamJson: JSON.stringify({
      repository: "https://example.test/everything",
      release: "v1",
      commit: "abc",
      files: { "everything.proto": "everything.proto" },
      lines: {},
    }),
  });
  const registry = createFileRegistry(image);
  const method = "everything.v1.Everything.Take";
  const desc = findMethod(registry, method)?.input;
  if (desc === undefined) throw new Error(`no method ${method}`);
  return { method, desc, registry, docs: methodDocs(reference, method), bytes: "hex" } as const;
}
