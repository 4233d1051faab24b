import { streamKind } from "../schema/stream-kind.ts";
import { readLiteral } from "./literal.ts";
import { attributes, PythonModules, pythonImport, pythonLiteral } from "./python-literal.ts";
import { pythonPath, pythonQuote } from "./python-quote.ts";
import { indented, inexpressible, type SnippetLanguage, type SnippetRequest, snakeCase } from "./snippet.ts";
import { PROTO_ROOT, STREAM_NOTE, UNNAMED } from "./words.ts";

/** gRPC's own library for Python, with classes made by grpcio-tools. */
export const python: SnippetLanguage = {
  id: "python",
  label: "Python (grpcio)",
  syntax: "python",
  fileName: ({ name }) => `${snakeCase(name)}.py`,
  generate(request) {
    const literal = readLiteral(request.method.input, request.message);
    if (literal === null) return inexpressible(UNNAMED);
    const modules = new PythonModules();
    const { method } = request;
    modules.nameOf(method.parent.file);
    const message = pythonLiteral(literal, modules);
    const manyIn = streamKind(method).match(/^(client|bidi)-/) !== null;
    return {
      kind: "snippet",
      code: program(request, message, modules),
      setup: [
        "pip install grpcio grpcio-tools",
        `python -m grpc_tools.protoc -I ${PROTO_ROOT} --python_out=. --grpc_python_out=. \\`,
        `  $(cd ${PROTO_ROOT} && find * -name '*.proto')`,
      ].join("\n"),
      notes: manyIn ? [STREAM_NOTE] : [],
    };
  },
};

function program(request: SnippetRequest, message: string, modules: PythonModules): string {
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
    ...sendLines(request, message),
    "def main():",
    "    credentials = grpc.ssl_channel_credentials(TLS_CERT.read_bytes())",
    ...(client.macaroon === null ? [] : ['    metadata = [("macaroon", MACAROON.read_bytes().hex())]']),
    "    with grpc.secure_channel(ADDRESS, credentials) as channel:",
    `        stub = ${attributes(stubs, [`${method.parent.name}Stub`])}(channel)`,
    ...callLines(request, message).map((line) => `        ${indented(line, "        ")}`),
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
function sendLines({ method }: SnippetRequest, message: string): string[] {
  if (!streamKind(method).match(/^(client|bidi)-/)) return [];
  return [
    "def messages():",
    `    yield ${indented(message, "    ")}`,
    "    # Yield more to send more. The sending ends when this returns.",
    "",
    "",
  ];
}

function callLines({ method, client, deadlineMs }: SnippetRequest, message: string): string[] {
  const options = [
    ...(client.macaroon === null ? [] : ["metadata=metadata"]),
    ...(deadlineMs === null ? [] : ["timeout=DEADLINE"]),
  ];
  const call = (what: string) => `${attributes("stub", [method.name])}(${[what, ...options].join(", ")})`;
  switch (streamKind(method)) {
    case "unary":
      return [`request = ${message}`, `show(${call("request")})`];
    case "server-streaming":
      return [`request = ${message}`, `for reply in ${call("request")}:`, "    show(reply)"];
    case "client-streaming":
      return [`show(${call("messages()")})`];
    case "bidi-streaming":
      return [`for reply in ${call("messages()")}:`, "    show(reply)"];
  }
}
