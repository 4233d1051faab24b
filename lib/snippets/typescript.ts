import { streamKind } from "../schema/stream-kind.ts";
import { belowHome } from "./client-profile.ts";
import { ConnectImports, createText } from "./connect-literal.ts";
import {
  BUF_TEMPLATE,
  CONNECT_PACKAGES,
  CONNECT_VERSION,
  GENERATE,
  GENERATE_ALONE,
} from "./connect-project.ts";
import { jsPath, jsQuote } from "./js-quote.ts";
import { type MessageLiteral, readLiterals } from "./literal.ts";
import { type NpmPackage, npmInstall, packageJson } from "./npm.ts";
import {
  indented,
  inexpressible,
  projectName,
  type SnippetLanguage,
  type SnippetRequest,
  snakeCase,
  streamsFromClient,
} from "./snippet.ts";
import { UNNAMED } from "./words.ts";

const PACKAGES: readonly NpmPackage[] = [
  ...CONNECT_PACKAGES,
  ["@connectrpc/connect-node", CONNECT_VERSION],
  ["tsx", "4.23.15"],
];

/** What is to be done once in a folder whose programs use Connect's client for Node. */
export const TYPESCRIPT_SETUP = [npmInstall(PACKAGES), "npm pkg set type=module", GENERATE_ALONE].join("\n");

/** Connect's client for Node over gRPC, with classes made by protoc-gen-es. */
export const typescript: SnippetLanguage = {
  id: "typescript",
  label: "TypeScript (@connectrpc/connect-node)",
  syntax: "ts",
  fileName: ({ name }) => `${snakeCase(name)}.ts`,
  generate(request) {
    const literals = readLiterals(request);
    if (literals === null) return inexpressible(UNNAMED);
    return {
      kind: "snippet",
      code: program(request, literals, new ConnectImports()),
      setup: TYPESCRIPT_SETUP,
      notes: [],
    };
  },
  project: ({ method }) => ({
    main: typescript.fileName(method),
    files: [packageJson(projectName(method), PACKAGES), BUF_TEMPLATE],
    protos: true,
    needs: "Node 20 or later",
    setup: ["npm install", GENERATE],
    run: `npx tsx ${typescript.fileName(method)}`,
  }),
};

function program(
  request: SnippetRequest,
  literals: readonly MessageLiteral[],
  imports: ConnectImports,
): string {
  const { method, client, deadlineMs } = request;
  const messages = literals.map((literal) => createText(literal, imports));
  const service = imports.use(method.parent.file, method.parent.name);
  const reply = imports.schema(method.output);
  const inHome = [client.tlsCert, client.macaroon].some((path) => path !== null && belowHome(path) !== null);
  const options = [
    ...(client.macaroon === null
      ? []
      : [`headers: { macaroon: readFileSync(${jsPath(client.macaroon)}).toString("hex") }`]),
    ...(deadlineMs === null ? [] : [`timeoutMs: ${deadlineMs}`]),
  ];
  const own = imports.lines();
  const lines = [
    'import { readFileSync } from "node:fs";',
    ...(inHome ? ['import { homedir } from "node:os";', 'import { join } from "node:path";'] : []),
    'import { create, type MessageShape, toJsonString } from "@bufbuild/protobuf";',
    'import { Code, ConnectError, createClient } from "@connectrpc/connect";',
    'import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";',
    ...own,
    "",
    `const baseUrl = ${jsQuote(`https://${client.address}`)};`,
    "// The connection, with no certificate trusted but the daemon's own.",
    `const session = new Http2SessionManager(baseUrl, undefined, { ca: readFileSync(${jsPath(client.tlsCert)}) });`,
    `const client = createClient(${service}, createGrpcTransport({ baseUrl, sessionManager: session }));`,
    `const options = ${options.length === 0 ? "{}" : `{\n  ${options.join(",\n  ")},\n}`};`,
    "",
    `function show(reply: MessageShape<typeof ${reply}>) {`,
    `  console.log(toJsonString(${reply}, reply, { prettySpaces: 2 }));`,
    "}",
    "",
    ...sendLines(request, messages),
    "try {",
    ...callLines(request).map((line) => `  ${line}`),
    "} catch (cause) {",
    "  const error = ConnectError.from(cause);",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the program's own
    "  console.error(`${Code[error.code]}: ${error.rawMessage}`);",
    "  process.exitCode = 1;",
    "} finally {",
    "  session.abort();",
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

function sendLines({ method }: SnippetRequest, messages: readonly string[]): string[] {
  if (!streamsFromClient(method)) return [`const request = ${messages[0]};`, ""];
  return [
    "const messages = [",
    ...messages.map((each) => `  ${indented(each, "  ")},`),
    "];",
    "",
    "async function* send() {",
    "  for (const message of messages) yield message;",
    "  // The sending ends (half-close) when this returns.",
    "}",
    "",
  ];
}

function callLines({ method }: SnippetRequest): string[] {
  const call = `client.${method.localName}`;
  switch (streamKind(method)) {
    case "unary":
      return [`show(await ${call}(request, options));`];
    case "server-streaming":
      return [`for await (const reply of ${call}(request, options)) show(reply);`];
    case "client-streaming":
      return [`show(await ${call}(send(), options));`];
    case "bidi-streaming":
      return [`for await (const reply of ${call}(send(), options)) show(reply);`];
  }
}
