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
  path: "",
  title: "Hostile",
  protoRoot: "proto",
  files: ["hostile/v1/hostile.proto", "hostile/v1/old.proto"],
  cli: { program: "hostile" },
  daemon: {
    program: "hostiled",
    port: 9000,
    files: { folder: "~/.hostile", tlsCert: "tls.cert", macaroon: "hostile.macaroon" },
  },
  services: { daemon: ["hostile.v1.Mail"], auctioneer: [] },
  groups: [{ title: "Mail · All", methods: ["hostile.v1.Mail.Send"] }],
} as const satisfies ApiConfig;

/**
 * Builds an API with a service, method, message, field, oneof, map, enum and value that all have this comment, and a file of
 * proto2 with it in defaults and options too.
 */
export async function hostileReference(comment: string): Promise<Reference> {
  const folder = mkdtempSync(join(tmpdir(), "playground-hostile-"));
  try {
    mkdirSync(join(folder, "hostile/v1"), { recursive: true });
    writeFileSync(join(folder, "hostile/v1/hostile.proto"), hostileProto(comment));
    writeFileSync(join(folder, "hostile/v1/old.proto"), oldProto(comment));
    const image = await buildImage(ROOT, folder);
    return buildReference(image, {
      config: HOSTILE_CONFIG,
      serviceConfigYaml: `http: {rules: [{selector: hostile.v1.Mail.Send, get: ${JSON.stringify(`/v1/${oneLine(comment).replace(/[{}]/g, "")}`)}}]}`,
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

/** What proto3 has no place for: defaults, groups, extensions, and the values of options. */
function oldProto(comment: string): string {
  const text = JSON.stringify(oneLine(comment).replace(/[^ -~]/g, ""));
  const line = `// ${oneLine(comment)}`;
  return `syntax = "proto2";
package hostile.old;

import "google/protobuf/descriptor.proto";

${line}
message Old {
  ${line}
  optional string text = 1 [default = ${text}, (marked) = ${text}];
  ${line}
  repeated group Part = 2 {
    ${line}
    optional int32 number = 3;
  }
  ${line}
  extensions 100 to 199;
}

extend Old {
  ${line}
  optional string extra = 100;
}

extend google.protobuf.FieldOptions {
  ${line}
  optional string marked = 50001;
}
`;
}

function oneLine(comment: string): string {
  return comment.slice(0, 2_000).replace(/[\n\r\u2028\u2029]/g, " ");
}

/**
 * What each comment holds, and a piece of its text that the page must show as text (HTML-escaped). What runs of one calls
 * `hostileRuns`.
 */
export const HOSTILE_COMMENTS: readonly {
  readonly name: string;
  readonly comment: string;
  readonly shown: string;
}[] = [
  {
    name: "an image with a handler",
    comment: "A <img src=x onerror=alert(1)> b",
    shown: "&lt;img src=x onerror=alert(1)&gt;",
  },
  {
    name: "a script",
    comment: "<script>hostileRuns()</script>",
    shown: "&lt;script&gt;hostileRuns()&lt;/script&gt;",
  },
  {
    name: "the end of a script element",
    comment: "x </script><svg onload=hostileRuns()>",
    shown: "&lt;svg onload=hostileRuns()&gt;",
  },
  {
    name: "an MDX expression",
    comment: "see {process.env.PLAYGROUND_CANARY}{hostileRuns()}",
    shown: "{process.env.PLAYGROUND_CANARY}{hostileRuns()}",
  },
  {
    name: "an MDX import and export",
    comment: 'import fs from "fs"\nexport const page = {kind: "index"}\nhostileRuns()',
    shown: "import fs from",
  },
  {
    name: "a component",
    comment: '<Doc text={hostileRuns()} /> and <PageTitle title="x">',
    shown: "&lt;Doc text={hostileRuns()} /&gt;",
  },
  { name: "the end of its own prop", comment: '"} />{hostileRuns()}<Doc text={"', shown: "{hostileRuns()}" },
  { name: "the end of the first comment", comment: "*/} {hostileRuns()} {/*", shown: "{hostileRuns()}" },
  {
    name: "backticks and template holes",
    comment: "a `` ` \u0024{hostileRuns()} `` b \\u0022 \\",
    shown: "\u0024{hostileRuns()}",
  },
  {
    name: "a javascript link",
    comment: "[click](javascript:hostileRuns()) now",
    shown: "[click](javascript:hostileRuns())",
  },
  {
    name: "an encoded javascript link",
    comment: "[click](&#106;avascript:alert)",
    shown: "[click](&amp;#106;avascript:alert)",
  },
  {
    name: "a data link and an autolink",
    comment: "[a](data:text/html,x) <javascript:alert(1)>",
    shown: "&lt;javascript:alert(1)&gt;",
  },
  {
    name: "a link that looks internal",
    comment: "[a](//evil.test/x) [b](/api/session)",
    shown: "[b](/api/session)",
  },
  {
    name: "a definition of a known name",
    comment: "[hostile.v1.Letter]: javascript:alert(1)\n\nSee [it][hostile.v1.Letter] now.",
    shown: '<a href="/reference/messages/hostile.v1.Letter">it</a>',
  },
  {
    name: "an image",
    comment: "![pixel](https://evil.test/p.png)",
    shown: "![pixel](https://evil.test/p.png)",
  },
  {
    name: "bidirectional and control characters",
    comment: "a\u202eb\u2066c\u200fd\u0007e\u2028f",
    shown: "a\ufffdb\ufffdc\ufffdd\ufffde",
  },
  { name: "half a surrogate pair and private characters", comment: "a \ue000 b", shown: "a \ue000 b" },
  { name: "deep quotes", comment: ">".repeat(3_000), shown: "&gt;&gt;&gt;" },
  { name: "1 MB", comment: `${"<b>{x} ".repeat(150_000)}end`, shown: "&lt;b&gt;{x} &lt;b&gt;{x}" },
];
