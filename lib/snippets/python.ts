import { streamKind } from "../schema/stream-kind.ts";
import { readLiterals } from "./literal.ts";
import { attributes, PythonModules, pythonImport, pythonLiteral } from "./python-literal.ts";
import { PYTHON_NEEDS, requirements, VENV } from "./python-project.ts";
import { pythonPath, pythonQuote } from "./python-quote.ts";
import {
  indented,
  inexpressible,
  type SnippetLanguage,
  type SnippetRequest,
  snakeCase,
  streamsFromClient,
} from "./snippet.ts";
import { PROTO_ROOT, UNNAMED } from "./words.ts";

export const PYTHON_PACKAGES = ["grpcio==1.85.1", "grpcio-tools==1.85.1", "protobuf==7.36.2"];

/** Makes the classes and stubs of all proto files. */
export const COMPILE_PYTHON = [
  `python -m grpc_tools.protoc -I ${PROTO_ROOT} --python_out=. --grpc_python_out=. \\`,
  `  $(cd ${PROTO_ROOT} && find * -name '*.proto')`,
].join("\n");

/** gRPC's own library for Python, with classes made by grpcio-tools. */
export const python: SnippetLanguage = {
  id: "python",
  label: "Python (grpcio)",
  syntax: "python",
  fileName: ({ name }) => `${snakeCase(name)}.py`,
  generate(request) {
    const literals = readLiterals(request);
    if (literals === null) return inexpressible(UNNAMED);
    const modules = new PythonModules();
    const { method } = request;
    modules.nameOf(method.parent.file);
    const messages = literals.map((literal) => pythonLiteral(literal, modules));
    return {
      kind: "snippet",
      code: program(request, messages, modules),
      setup: [`pip install ${PYTHON_PACKAGES.join(" ")}`, COMPILE_PYTHON].join("\n"),
      notes: [],
    };
  },
  project: ({ method }) => ({
    main: python.fileName(method),
    files: [requirements(PYTHON_PACKAGES)],
    protos: true,
    needs: PYTHON_NEEDS,
    setup: [...VENV, COMPILE_PYTHON],
    run: `python ${python.fileName(method)}`,
  }),
};

function program(request: SnippetRequest, messages: readonly string[], modules: PythonModules): string {
  const { method, client, deadlineMs } = request;
  const path = method.parent.file.proto.name.replace(/\.proto$/, "").replaceAll("-", "_");
  const stubs = `${path.slice(path.lastIndexOf("/") + 1)}_pb2_grpc`;
  const { builtIn, own } = modules.imports();
  const usesPath = [client.tlsCert, client.macaroon].some((each) => each !== null);
  const lines = [
    "import sys",
    ...(usesPath ? ["from pathlib import Path"] : []),
    "",
    "import grpc",
    "from google.protobuf import json_format",
    ...builtIn,
    "",
    ...[...own, pythonImport(path, "_pb2_grpc")].sort(),
    "",
    `ADDRESS = ${pythonQuote(client.address)}`,
    `TLS_CERT = ${pythonPath(client.tlsCert)}`,
    ...(client.macaroon === null ? [] : [`MACAROON = ${pythonPath(client.macaroon)}`]),
    ...(deadlineMs === null ? [] : [`DEADLINE = ${deadlineMs / 1000}  # seconds`]),
    "",
    "",
    ...sendLines(request),
    "def main():",
    "    credentials = grpc.ssl_channel_credentials(TLS_CERT.read_bytes())",
    ...(client.macaroon === null ? [] : ['    metadata = [("macaroon", MACAROON.read_bytes().hex())]']),
    "    with grpc.secure_channel(ADDRESS, credentials) as channel:",
    `        stub = ${attributes(stubs, [`${method.parent.name}Stub`])}(channel)`,
    ...callLines(request, messages).map((line) => `        ${indented(line, "        ")}`),
    "",
    "",
    "def show(reply):",
    "    print(json_format.MessageToJson(reply, preserving_proto_field_name=True))",
    "",
    "",
    "try:",
    "    main()",
    "except grpc.RpcError as error:",
    '    sys.exit(f"{error.code().name}: {error.details()}")',
  ];
  return `${lines.join("\n")}\n`;
}

/** The send loop; grpcio runs it beside the receiving, and half-closes after its end. */
function sendLines({ method }: SnippetRequest): string[] {
  if (!streamsFromClient(method)) return [];
  return [
    "def send(messages):",
    "    for message in messages:",
    "        yield message",
    "    # The sending ends (half-close) when this returns.",
    "",
    "",
  ];
}

function callLines({ method, client, deadlineMs }: SnippetRequest, texts: readonly string[]): string[] {
  const request = `request = ${texts[0]}`;
  const messages = ["messages = [", ...texts.map((text) => `    ${indented(text, "    ")},`), "]"];
  const options = [
    ...(client.macaroon === null ? [] : ["metadata=metadata"]),
    ...(deadlineMs === null ? [] : ["timeout=DEADLINE"]),
  ];
  const call = (what: string) => `${attributes("stub", [method.name])}(${[what, ...options].join(", ")})`;
  switch (streamKind(method)) {
    case "unary":
      return [request, `show(${call("request")})`];
    case "server-streaming":
      return [request, `for reply in ${call("request")}:`, "    show(reply)"];
    case "client-streaming":
      return [...messages, `show(${call("send(messages)")})`];
    case "bidi-streaming":
      return [...messages, `for reply in ${call("send(messages)")}:`, "    show(reply)"];
  }
}
