import { streamKind } from "../schema/stream-kind.ts";
import { belowHome } from "./client-profile.ts";
import { ConnectImports, connectLiteral } from "./connect-literal.ts";
import { jsPath, jsQuote } from "./js-quote.ts";
import { readLiteral } from "./literal.ts";
import { indented, inexpressible, type SnippetLanguage, type SnippetRequest, snakeCase } from "./snippet.ts";
import { PROTO_ROOT, UNNAMED } from "./words.ts";

/** Connect's client for Node over gRPC, with classes made by protoc-gen-es. */
export const typescript: SnippetLanguage = {
  id: "typescript",
  label: "TypeScript (@connectrpc/connect-node)",
  syntax: "ts",
  fileName: ({ name }) => `${snakeCase(name)}.ts`,
  generate(request) {
    const literal = readLiteral(request.method.input, request.message);
    if (literal === null) return inexpressible(UNNAMED);
    const imports = new ConnectImports();
    const plugin = { local: "protoc-gen-es", out: "gen", opt: ["target=ts", "import_extension=js"] };
    return {
      kind: "snippet",
      code: program(request, connectLiteral(literal, imports), imports),
      setup: [
        "npm pkg set type=module",
        "npm install @connectrpc/connect@2.1.2 @connectrpc/connect-node@2.1.2 @bufbuild/protobuf \\",
        "  @bufbuild/protoc-gen-es@2.13.0 @bufbuild/buf tsx",
        `npx buf generate ${PROTO_ROOT} --template '${JSON.stringify({ version: "v2", plugins: [plugin] })}'`,
      ].join("\n"),
      notes: [`Run it with npx tsx ${snakeCase(request.method.name)}.ts`],
    };
  },
};

function program(request: SnippetRequest, message: string, imports: ConnectImports): string {
  const { method, client, deadlineMs } = request;
  const service = imports.use(method.parent.file, method.parent.name);
  const reply = imports.schema(method.output);
  const input = imports.schema(method.input);
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
    ...sendLines(request, input, message),
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

function sendLines({ method }: SnippetRequest, input: string, message: string): string[] {
  const made = message === "{}" ? `create(${input})` : `create(${input}, ${message})`;
  if (streamKind(method) === "unary" || streamKind(method) === "server-streaming") {
    return [`const request = ${made};`, ""];
  }
  return [
    "async function* messages() {",
    `  yield ${indented(made, "  ")};`,
    "  // Yield more to send more. The sending ends (half-close) when this returns.",
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
      return [`show(await ${call}(messages(), options));`];
    case "bidi-streaming":
      return [`for await (const reply of ${call}(messages(), options)) show(reply);`];
  }
}
