import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ApiConfig } from "../../lib/reference/api-config.ts";
import { buildReference } from "../../lib/reference/build-reference.ts";
import type { Reference } from "../../lib/reference/reference.ts";
import { buildImage, ROOT } from "./pool-api.ts";

/** The config of an API in which every kind of definition has the same comment. */
export const HOSTILE_CONFIG = {
  id: "hostile",
  title: "Hostile",
  protoRoot: "proto",
  files: ["hostile/v1/hostile.proto"],
  cli: { program: "hostile" },
  daemon: {
    program: "hostiled",
    port: 9000,
    files: { folder: "~/.hostile", tlsCert: "tls.cert", macaroon: "hostile.macaroon" },
  },
  services: { daemon: ["hostile.v1.Mail"], auctioneer: [] },
  groups: [{ title: "Mail · All", methods: ["hostile.v1.Mail.Send"] }],
} as const satisfies ApiConfig;

/** Builds an API with a service, method, message, field, oneof, map, enum and value that all have this comment. */
export async function hostileReference(comment: string): Promise<Reference> {
  const folder = mkdtempSync(join(tmpdir(), "playground-hostile-"));
  try {
    mkdirSync(join(folder, "hostile/v1"), { recursive: true });
    writeFileSync(join(folder, "hostile/v1/hostile.proto"), hostileProto(comment));
    const image = await buildImage(ROOT, folder);
    return buildReference(image, {
      config: HOSTILE_CONFIG,
      serviceConfigYaml: `http: {rules: [{selector: hostile.v1.Mail.Send, get: ${JSON.stringify(`/v1/${oneLine(comment)}`)}}]}`,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function hostileProto(comment: string): string {
  const at = (indent: string) =>
    comment
      .split("\n")
      .map((line) => `${indent}// ${line}`)
      .join("\n");
  return `syntax = "proto3";
package hostile.v1;

${at("")}
service Mail {
  // hostile: \`${oneLine(comment).replaceAll("`", "'")}\`
${at("  ")}
  rpc Send(Letter) returns (stream Letter);
}

${at("")}
message Letter {
${at("  ")}
  // Unit: ${oneLine(comment)}.
  // Limits: ${oneLine(comment)}.
  // Default: ${oneLine(comment)}.
  // Bytes: ${oneLine(comment)}.
  bytes body = 1;
${at("  ")}
  oneof constructor {
${at("    ")}
    Letter __proto__ = 2;
${at("    ")}
    Kind kind = 3;
  }
${at("  ")}
  map<string, Letter> to_string = 4;
}

${at("")}
enum Kind {
${at("  ")}
  KIND_UNSPECIFIED = 0;
}
`;
}

function oneLine(comment: string): string {
  return comment.slice(0, 2_000).replace(/[\n\r\u2028\u2029]/g, " ");
}
