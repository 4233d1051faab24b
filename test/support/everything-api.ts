import { join } from "node:path";
import { createFileRegistry } from "@bufbuild/protobuf";
import type { FileDescriptorSet } from "@bufbuild/protobuf/wkt";
import type { ResolvedApi } from "../../lib/reference/api-config.ts";
import { buildReference } from "../../lib/reference/build-reference.ts";
import { methodDocs } from "../../lib/reference/method-docs.ts";
import type { Reference } from "../../lib/reference/reference.ts";
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
} as const satisfies ResolvedApi;

/** The whole of `test/fixtures/everything`: each file another syntax, and all that a proto file can hold. */
export const EVERYTHING_CONFIG = {
  ...CONFIG,
  files: ["everything.proto", "old.proto", "new.proto", "latest.proto"],
  services: { daemon: ["everything.v1.Everything", "Plain", "everything.latest.Latest"], auctioneer: [] },
} as const satisfies ResolvedApi;

/** The descriptors of the whole fixture, with source info. */
export function everythingImage(): Promise<FileDescriptorSet> {
  return buildImage(ROOT, join(ROOT, CONFIG.protoRoot));
}

/** Its reference, with bindings of each kind. */
export async function everythingReference(): Promise<Reference> {
  return buildReference(await everythingImage(), {
    config: EVERYTHING_CONFIG,
    serviceConfigYaml: `http:
  rules:
    - selector: everything.v1.Everything.Take
      post: /v1/things/{inner_thing.plain_text}
      body: inner_thing
      response_body: thing_list
      additional_bindings: [{get: "/v1/things/{plain_text=list/*}"}]
    - selector: Plain.One
      custom: {kind: HEAD, path: "/v1/plain/{text}"}
`,
    permissionsYaml: "Plain.One: [leaf:read]\nPlain.Down: []\n",
    safetyYaml: "needed:\n  Leaf: [text]\n",
  });
}

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
