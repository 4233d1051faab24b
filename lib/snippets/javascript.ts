import { streamKind } from "../schema/stream-kind.ts";
import { belowHome } from "./client-profile.ts";
import { jsLiteral, jsObject } from "./js-literal.ts";
import { jsBytes, jsKey, jsPath, jsQuote } from "./js-quote.ts";
import { type Literal, readLiterals } from "./literal.ts";
import { type NpmPackage, npmInstall, packageJson } from "./npm.ts";
import {
  indented,
  inexpressible,
  projectName,
  type SnippetLanguage,
  type SnippetRequest,
  snakeCase,
} from "./snippet.ts";
import { PROTO_ROOT, UNNAMED } from "./words.ts";

const PACKAGES: readonly NpmPackage[] = [
  ["@grpc/grpc-js", "1.14.7"],
  ["@grpc/proto-loader", "0.8.1"],
];

/** gRPC's own library for Node. It reads the proto files when the program starts. */
export const javascript: SnippetLanguage = {
  id: "javascript",
  label: "JavaScript (@grpc/grpc-js)",
  syntax: "js",
  fileName: ({ name }) => `${snakeCase(name)}.mjs`,
  generate(request) {
    const literals = readLiterals(request);
    if (literals === null) return inexpressible(UNNAMED);
    return {
      kind: "snippet",
      code: program(request, literals.map(grpcJsLiteral)),
      setup: npmInstall(PACKAGES),
      notes: ["Bytes of a reply are printed in base64, 64-bit integers as texts."],
    };
  },
  project: ({ method }) => ({
    main: javascript.fileName(method),
    files: [packageJson(projectName(method), PACKAGES)],
    protos: true,
    needs: "Node 20 or later",
    setup: ["npm install"],
    run: `node ${javascript.fileName(method)}`,
  }),
};

/** As proto-loader takes it: 64-bit integers as texts, names as in the proto file. */
export function grpcJsLiteral(value: Literal): string {
  return jsLiteral(value, {
    message: ({ fields }, inner) =>
      jsObject(fields.map(({ field, value: each }) => [jsKey(field.name), inner(each)])),
    enum: ({ name, number }) => (name === null ? String(number) : jsQuote(name)),
    wide: (integer) => jsQuote(String(integer)),
    bytes: jsBytes,
  });
}

function program(request: SnippetRequest, messages: readonly string[]): string {
  const { method, client, deadlineMs } = request;
  const { proto } = method.parent.file;
  const inHome = [client.tlsCert, client.macaroon].some((path) => path !== null && belowHome(path) !== null);
  const service = ["api", ...method.parent.typeName.split(".")].join(".");
  const lines = [
    'import { readFileSync } from "node:fs";',
    ...(inHome ? ['import { homedir } from "node:os";', 'import { join } from "node:path";'] : []),
    'import grpc from "@grpc/grpc-js";',
    'import protoLoader from "@grpc/proto-loader";',
    "",
    `const definition = protoLoader.loadSync(${jsQuote(proto.name)}, {`,
    `  includeDirs: [${jsQuote(PROTO_ROOT)}],`,
    "  keepCase: true,",
    "  longs: String,",
    "  enums: String,",
    "  bytes: String,",
    "  defaults: true,",
    "  oneofs: true,",
    "});",
    "const api = grpc.loadPackageDefinition(definition);",
    `const credentials = grpc.credentials.createSsl(readFileSync(${jsPath(client.tlsCert)}));`,
    `const client = new ${service}(${jsQuote(client.address)}, credentials);`,
    "const metadata = new grpc.Metadata();",
    ...(client.macaroon === null
      ? []
      : [`metadata.set("macaroon", readFileSync(${jsPath(client.macaroon)}).toString("hex"));`]),
    `const options = ${deadlineMs === null ? "{}" : `{ deadline: Date.now() + ${deadlineMs} }`};`,
    "",
    "function show(reply) {",
    "  console.log(JSON.stringify(reply, null, 2));",
    "}",
    "",
    "function fail(error) {",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the program's own
    "  console.error(`${grpc.status[error.code]}: ${error.details}`);",
    "  process.exitCode = 1;",
    "}",
    "",
    ...callLines(request, messages),
  ];
  return `${lines.join("\n")}\n`;
}

function callLines({ method }: SnippetRequest, texts: readonly string[]): string[] {
  const answered = ["  if (error) fail(error);", "  else show(reply);", "  client.close();", "});"];
  const received = [
    "try {",
    "  for await (const reply of stream) show(reply);",
    "} catch (error) {",
    "  fail(error);",
    "}",
    "client.close();",
  ];
  const request = `const request = ${texts[0]};`;
  const messages = ["const messages = [", ...texts.map((text) => `  ${indented(text, "  ")},`), "];"];
  const { name } = method;
  switch (streamKind(method)) {
    case "unary":
      return [request, `client.${name}(request, metadata, options, (error, reply) => {`, ...answered];
    case "server-streaming":
      return [request, `const stream = client.${name}(request, metadata, options);`, ...received];
    case "client-streaming":
      return [
        ...messages,
        `const stream = client.${name}(metadata, options, (error, reply) => {`,
        ...answered,
        "for (const message of messages) stream.write(message);",
        "// Ends the sending (half-close).",
        "stream.end();",
      ];
    case "bidi-streaming":
      return [
        ...messages,
        `const stream = client.${name}(metadata, options);`,
        "for (const message of messages) stream.write(message);",
        "// Ends the sending (half-close). Leave it for later to keep the conversation going.",
        "stream.end();",
        ...received,
      ];
  }
}
