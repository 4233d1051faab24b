import { PROFILE_HEADER, RPC_PREFIX } from "../call/bridge-protocol.ts";
import { toHex } from "../schema/bytes-text.ts";
import { streamKind } from "../schema/stream-kind.ts";
import { ConnectImports, createText } from "./connect-literal.ts";
import {
  BUF_TEMPLATE,
  CONNECT_PACKAGES,
  CONNECT_VERSION,
  GENERATE,
  GENERATE_ALONE,
} from "./connect-project.ts";
import { jsQuote } from "./js-quote.ts";
import { type MessageLiteral, readLiterals } from "./literal.ts";
import { type NpmPackage, npmInstall, packageJson } from "./npm.ts";
import {
  inexpressible,
  type ProjectFile,
  projectName,
  type SnippetLanguage,
  type SnippetRequest,
  snakeCase,
  streamsFromClient,
} from "./snippet.ts";
import { UNNAMED } from "./words.ts";

const PACKAGES: readonly NpmPackage[] = [
  ...CONNECT_PACKAGES,
  ["@connectrpc/connect-web", CONNECT_VERSION],
  ["vite", "7.3.8"],
];

/** The path below which a page's own server passes calls on. */
const PREFIX = RPC_PREFIX.slice(0, -1);

/** Connect's client for a page: gRPC-Web to the page's own server, which passes it on to one that speaks it. */
export const typescriptWeb: SnippetLanguage = {
  id: "typescript-web",
  label: "TypeScript in a browser (connect-web)",
  syntax: "ts",
  fileName: ({ name }) => `${snakeCase(name)}_page.ts`,
  generate(request) {
    const { method, playground } = request;
    if (streamsFromClient(method)) return inexpressible(ONE_MESSAGE);
    const [literal] = readLiterals(request) ?? [];
    if (literal === undefined) return inexpressible(UNNAMED);
    const lines = [npmInstall(PACKAGES), "npm pkg set type=module", GENERATE_ALONE];
    for (const { path, content } of pageFiles(request)) lines.push(`cat > ${path} <<'END'\n${content}END`);
    return {
      kind: "snippet",
      code: program(request, literal),
      setup: lines.join("\n"),
      notes: [
        `Open ${pageOrigin(playground.origin)} in the browser in which the playground is open. The page's button sends the request.`,
        "A daemon speaks no gRPC-Web. Here Vite passes the page's calls to this playground, whose session the browser holds: it holds certificate and macaroon. Elsewhere put a proxy in its place that speaks gRPC-Web, such as Envoy: it checks the daemon's certificate and adds the macaroon, so that neither is in a page.",
        "On a profile of a real daemon the playground takes a page's reads only: a write asks for a confirmation that no other page can give.",
      ],
    };
  },
  project: (request) => ({
    main: typescriptWeb.fileName(request.method),
    files: [packageJson(projectName(request.method), PACKAGES), BUF_TEMPLATE, ...pageFiles(request)],
    protos: true,
    needs: "Node 20.19 or later, and a browser in which the playground is open",
    setup: ["npm install", GENERATE],
    run: "npx vite",
  }),
};

const ONE_MESSAGE =
  "The method streams from the client. A browser sends a request whole before it reads the answer, so gRPC-Web has one message there and no more. Call it from Node, or from a server behind the page.";

/** The page is opened by the name by which the playground is: the session's cookie goes by names, not ports. */
function pageOrigin(origin: string): string {
  return `http://${new URL(origin).hostname}:${PAGE_PORT}`;
}

const PAGE_PORT = 5173;

function pageFiles({ method, playground }: SnippetRequest): ProjectFile[] {
  const { origin, profile } = playground;
  const config = [
    'import { defineConfig } from "vite";',
    "",
    "// Speaks gRPC-Web, with the session that the browser has there.",
    `const target = ${jsQuote(origin)};`,
    `const headers = { origin: target, ${jsQuote(PROFILE_HEADER)}: ${jsQuote(profile)} };`,
    "",
    "export default defineConfig({",
    "  server: {",
    `    host: ${jsQuote(new URL(origin).hostname.replace(/^\[|\]$/g, ""))},`,
    `    port: ${PAGE_PORT},`,
    "    strictPort: true,",
    "    // A page that is loaded anew by itself forgets the call that is under way.",
    "    hmr: false,",
    `    proxy: { ${jsQuote(`${PREFIX}/`)}: { target, headers, changeOrigin: true } },`,
    "  },",
    "});",
  ];
  const page = [
    "<!doctype html>",
    '<meta charset="utf-8">',
    `<title>${method.name}</title>`,
    `<script type="module" src="./${typescriptWeb.fileName(method)}"></script>`,
  ];
  return [
    { path: "index.html", content: `${page.join("\n")}\n` },
    { path: "vite.config.js", content: `${config.join("\n")}\n` },
  ];
}

function program({ method, deadlineMs }: SnippetRequest, literal: MessageLiteral): string {
  const imports = new ConnectImports();
  const service = imports.use(method.parent.file, method.parent.name);
  const reply = imports.schema(method.output);
  let hasBytes = false;
  const message = createText(literal, imports, (bytes) => {
    if (bytes.length === 0) return "new Uint8Array()";
    hasBytes = true;
    return `fromHex("${toHex(bytes)}")`;
  });
  const call = `client.${method.localName}(request, options)`;
  const lines = [
    'import { create, type MessageShape, toJsonString } from "@bufbuild/protobuf";',
    'import { Code, ConnectError, createClient } from "@connectrpc/connect";',
    'import { createGrpcWebTransport } from "@connectrpc/connect-web";',
    ...imports.lines(),
    "",
    "// The page's own server passes on what is below this path: see vite.config.js.",
    `const transport = createGrpcWebTransport({ baseUrl: new URL(${jsQuote(PREFIX)}, location.href).href });`,
    `const client = createClient(${service}, transport);`,
    `const options = ${deadlineMs === null ? "{}" : `{ timeoutMs: ${deadlineMs} }`};`,
    "",
    'const button = document.createElement("button");',
    `button.textContent = ${jsQuote(method.name)};`,
    'const output = document.createElement("pre");',
    "document.body.append(button, output);",
    "",
    ...(hasBytes ? FROM_HEX : []),
    `function show(reply: MessageShape<typeof ${reply}>) {`,
    `  output.append(toJsonString(${reply}, reply, { prettySpaces: 2 }), "\\n");`,
    "}",
    "",
    `const request = ${message};`,
    "",
    "// Sent when the button is pressed: a page that sends as it loads sends again whenever it is loaded anew.",
    "button.onclick = async () => {",
    "  button.disabled = true;",
    "  try {",
    streamKind(method) === "unary"
      ? `    show(await ${call});`
      : `    for await (const reply of ${call}) show(reply);`,
    "  } catch (cause) {",
    "    const error = ConnectError.from(cause);",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the program's own
    "    output.append(`${Code[error.code]}: ${error.rawMessage}\\n`);",
    "  } finally {",
    "    button.disabled = false;",
    "  }",
    "};",
  ];
  return `${lines.join("\n")}\n`;
}

/** A browser has no `Buffer`. */
const FROM_HEX = [
  "function fromHex(text: string) {",
  "  return Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));",
  "}",
  "",
];
