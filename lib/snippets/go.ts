import type { DescFile, DescMethod } from "@bufbuild/protobuf";
import { Edition } from "@bufbuild/protobuf/wkt";
import { streamKind } from "../schema/stream-kind.ts";
import { belowHome } from "./client-profile.ts";
import { goFields, goMessage, goType } from "./go-literal.ts";
import { goCamelCase } from "./go-names.ts";
import { GO_MODULE, GoPackages, isPublished } from "./go-packages.ts";
import { GO_NEEDS, GO_NEEDS_PROTOC, goSetup } from "./go-project.ts";
import { goPath, goQuote } from "./go-quote.ts";
import { type MessageLiteral, readLiterals } from "./literal.ts";
import {
  indented,
  inexpressible,
  type SnippetLanguage,
  type SnippetRequest,
  snakeCase,
  streamsFromClient,
} from "./snippet.ts";
import { UNNAMED } from "./words.ts";

const NO_FIELDS =
  "From edition 2024 on, the Go code of a message hides its fields behind builders, unless the proto file says otherwise. This snippet cannot tell, and writes fields only.";

/** gRPC's own library for Go: with the published client where the API has one, else with what protoc makes of the protos. */
export const go: SnippetLanguage = {
  id: "go",
  label: "Go (google.golang.org/grpc)",
  syntax: "go",
  // A file that ends with _test is none of a program's.
  fileName: ({ name }) => `${snakeCase(name).replace(/_test$/, "_test_call")}.go`,
  generate(request) {
    const literals = readLiterals(request);
    if (literals === null) return inexpressible(UNNAMED);
    const { method } = request;
    if (withImports(method.input.file).some(({ edition }) => edition >= Edition.EDITION_2024)) {
      return inexpressible(NO_FIELDS);
    }
    const packages = packagesOf(request);
    return {
      kind: "snippet",
      code: program(request, literals, packages),
      setup: [`go mod init ${GO_MODULE}`, ...goSetup(packages.modules())].join("\n"),
      notes: ["Bytes of a reply are printed in base64."],
    };
  },
  project(request) {
    const packages = packagesOf(request);
    program(request, readLiterals(request) ?? [], packages);
    const { method } = request;
    return {
      main: go.fileName(method),
      files: [{ path: "go.mod", content: `module ${GO_MODULE}\n\ngo 1.25.0\n` }],
      protos: packages.modules().length === 0,
      needs: packages.modules().length === 0 ? GO_NEEDS_PROTOC : GO_NEEDS,
      setup: goSetup(packages.modules()),
      run: runCommand(method),
    };
  },
};

function runCommand(method: DescMethod): string {
  return `go run ${go.fileName(method)}`;
}

/** A method's own file tells for all: code that is generated cannot be mixed with code that is published. */
function packagesOf({ method, goModules }: SnippetRequest): GoPackages {
  return new GoPackages(isPublished(method.parent.file, goModules) ? goModules : []);
}

/** A file and all that it imports, directly or through others. */
function withImports(file: DescFile, seen = new Set<DescFile>()): DescFile[] {
  if (seen.has(file)) return [];
  seen.add(file);
  return [file, ...file.dependencies.flatMap((each) => withImports(each, seen))];
}

function program(request: SnippetRequest, literals: readonly MessageLiteral[], packages: GoPackages): string {
  const { method, client } = request;
  const inHome = [client.tlsCert, client.macaroon].some((path) => path !== null && belowHome(path) !== null);
  const context = contextLines(request, packages);
  const service = `${packages.nameOf(method.parent.file)}.New${goCamelCase(method.parent.name)}Client`;
  const call = callLines(request, literals, packages);
  const [fmt, os, proto] = [packages.use("fmt"), packages.use("os"), packages.proto()];
  const [grpc, credentials] = [packages.grpc(""), packages.grpc("/credentials")];
  const [status, json] = [
    packages.grpc("/status"),
    packages.use("google.golang.org/protobuf/encoding/protojson"),
  ];
  if (inHome) packages.use("path/filepath");
  const body = [
    ...(inHome ? [`home, err := ${os}.UserHomeDir()`, ...RETURN] : []),
    `creds, err := ${credentials}.NewClientTLSFromFile(${goPath(client.tlsCert)}, "")`,
    ...RETURN,
    `conn, err := ${grpc}.NewClient(${goQuote(client.address)}, ${grpc}.WithTransportCredentials(creds))`,
    ...RETURN,
    "defer conn.Close()",
    `client := ${service}(conn)`,
    "",
    ...context,
    "",
    ...call,
  ];
  const { builtIn, others } = packages.imports();
  const lines = [
    "package main",
    "",
    ...inBrackets("import", [...builtIn, "", ...others]),
    "",
    "func main() {",
    "\tif err := run(); err != nil {",
    `\t\tif call, ok := ${status}.FromError(err); ok {`,
    `\t\t\terr = ${fmt}.Errorf("%s: %s", call.Code(), call.Message())`,
    "\t\t}",
    `\t\t${fmt}.Fprintln(${os}.Stderr, err)`,
    `\t\t${os}.Exit(1)`,
    "\t}",
    "}",
    "",
    "func run() error {",
    ...body.map((line) => (line === "" ? "" : `\t${indented(line, "\t")}`)),
    "}",
    "",
    `func show(reply ${proto}.Message) {`,
    `\t${fmt}.Println(${json}.MarshalOptions{Multiline: true, UseProtoNames: true}.Format(reply))`,
    "}",
    ...(packages.usesHex ? FROM_HEX : []),
  ];
  return `${lines.join("\n")}\n`;
}

const RETURN = ["if err != nil {", "\treturn err", "}"];

const FROM_HEX = [
  "",
  "func fromHex(text string) []byte {",
  "\tdata, err := hex.DecodeString(text)",
  "\tif err != nil {",
  "\t\tpanic(err)",
  "\t}",
  "\treturn data",
  "}",
];

/** What a call is given beside its request: the deadline, and the macaroon. */
function contextLines({ client, deadlineMs }: SnippetRequest, packages: GoPackages): string[] {
  const background = `${packages.use("context")}.Background()`;
  const lines = [`ctx := ${background}`];
  if (deadlineMs !== null) {
    packages.use("time");
    const isWhole = deadlineMs % 1000 === 0;
    const time = isWhole ? `${deadlineMs / 1000}*time.Second` : `${deadlineMs}*time.Millisecond`;
    lines[0] = `ctx, cancel := context.WithTimeout(${background}, ${time})`;
    lines.push("defer cancel()");
  }
  if (client.macaroon === null) return lines;
  const [hex, metadata] = [packages.use("encoding/hex"), packages.grpc("/metadata")];
  return [
    ...lines,
    `macaroon, err := os.ReadFile(${goPath(client.macaroon)})`,
    ...RETURN,
    `ctx = ${metadata}.AppendToOutgoingContext(ctx, "macaroon", ${hex}.EncodeToString(macaroon))`,
  ];
}

function callLines(
  request: SnippetRequest,
  literals: readonly MessageLiteral[],
  packages: GoPackages,
): string[] {
  const { method } = request;
  const name = goCamelCase(method.name);
  if (!streamsFromClient(method)) {
    const [literal] = literals;
    if (literal === undefined) throw new Error("a call without a message");
    const made = `request := ${goMessage(literal, packages)}`;
    return streamKind(method) === "unary"
      ? [made, `reply, err := client.${name}(ctx, request)`, ...RETURN, "show(reply)", "return nil"]
      : [made, `stream, err := client.${name}(ctx, request)`, ...RETURN, ...receiveLines(packages)];
  }
  const opened = [
    `messages := []*${goType(method.input, packages)}{`,
    ...literals.map((literal) => `\t${indented(goFields(literal, packages), "\t")},`),
    "}",
    `stream, err := client.${name}(ctx)`,
    ...RETURN,
  ];
  if (streamKind(method) === "client-streaming") {
    return [
      ...opened,
      "for _, message := range messages {",
      "\tif stream.Send(message) != nil {",
      "\t\tbreak // CloseAndRecv says why.",
      "\t}",
      "}",
      "// Ends the sending (half-close).",
      "reply, err := stream.CloseAndRecv()",
      ...RETURN,
      "show(reply)",
      "return nil",
    ];
  }
  return [
    ...opened,
    "go func() {",
    "\tfor _, message := range messages {",
    "\t\tif stream.Send(message) != nil {",
    "\t\t\treturn // Recv says why.",
    "\t\t}",
    "\t}",
    "\t// Ends the sending (half-close). Leave it for later to keep the conversation going.",
    "\tstream.CloseSend()",
    "}()",
    ...receiveLines(packages),
  ];
}

function receiveLines(packages: GoPackages): string[] {
  const [errors, io] = [packages.use("errors"), packages.use("io")];
  return [
    "for {",
    "\treply, err := stream.Recv()",
    `\tif ${errors}.Is(err, ${io}.EOF) {`,
    "\t\treturn nil",
    "\t}",
    "\tif err != nil {",
    "\t\treturn err",
    "\t}",
    "\tshow(reply)",
    "}",
  ];
}

/** `import ( … )`, each line indented. */
function inBrackets(keyword: string, lines: readonly string[]): string[] {
  return [`${keyword} (`, ...lines.map((line) => (line === "" ? "" : `\t${line}`)), ")"];
}
