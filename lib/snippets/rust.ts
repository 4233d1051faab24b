import type { DescFile, DescMethod } from "@bufbuild/protobuf";
import { Edition } from "@bufbuild/protobuf/wkt";
import { streamKind } from "../schema/stream-kind.ts";
import { belowHome } from "./client-profile.ts";
import { type MessageLiteral, readLiterals } from "./literal.ts";
import { losesSign, rustMessage } from "./rust-literal.ts";
import { RustModules } from "./rust-modules.ts";
import { rustCamel, rustClientModule, rustSnake } from "./rust-names.ts";
import { RUST_NEEDS, rustFiles, rustSetup } from "./rust-project.ts";
import { rustPath, rustQuote } from "./rust-quote.ts";
import { RUST_TRUST } from "./rust-trust.ts";
import {
  indented,
  inexpressible,
  type SnippetLanguage,
  type SnippetRequest,
  streamsFromClient,
} from "./snippet.ts";
import { UNNAMED } from "./words.ts";

const NO_EDITIONS =
  "The method's proto files are written in an edition of protobuf. prost, which makes tonic's messages, reads proto2 and proto3 only.";

const NO_NEGATIVE_ZERO =
  "The request has a negative zero in a field that counts as not set where it is zero. prost takes both zeros for that one, and leaves it out.";

const MAIN = "src/main.rs";

/** tonic, with types made by prost. */
export const rust: SnippetLanguage = {
  id: "rust",
  label: "Rust (tonic)",
  syntax: "rust",
  fileName: () => "main.rs",
  generate(request) {
    const { method } = request;
    if (!isReadByProst(method.parent.file)) return inexpressible(NO_EDITIONS);
    const literals = readLiterals(request);
    if (literals === null) return inexpressible(UNNAMED);
    if (literals.some(losesSign)) return inexpressible(NO_NEGATIVE_ZERO);
    return {
      kind: "snippet",
      code: program(request, literals),
      setup: rustSetup(method.parent.file.proto.name).join("\n"),
      notes: [`Its place is ${MAIN}.`, "Bytes of a reply are printed as text with escapes."],
    };
  },
  project: ({ method }) => ({
    main: MAIN,
    files: rustFiles(method.parent.file.proto.name),
    protos: true,
    needs: RUST_NEEDS,
    setup: [],
    run: "cargo run",
  }),
};

/** Whether a file and all that it imports are in proto2 or proto3. */
function isReadByProst(file: DescFile): boolean {
  return file.edition <= Edition.EDITION_PROTO3 && file.dependencies.every(isReadByProst);
}

function program(request: SnippetRequest, literals: readonly MessageLiteral[]): string {
  const { method, client, deadlineMs } = request;
  const modules = new RustModules();
  const messages = literals.map((literal) => rustMessage(literal, modules));
  const clientType = modules.within(method.parent.file, [
    rustClientModule(method.parent.name),
    `${rustCamel(method.parent.name)}Client`,
  ]);
  const inHome = [client.tlsCert, client.macaroon].some((path) => path !== null && belowHome(path) !== null);
  const address = rustQuote(`https://${client.address}`);
  const body = [
    ...(inHome ? ['let home = std::env::home_dir().ok_or("there is no home folder")?;'] : []),
    `let trust = Trust::from_file(${rustPath(client.tlsCert)})?;`,
    `let channel = Endpoint::from_static(${address})`,
    ...(deadlineMs === null ? [] : ["    .connect_timeout(DEADLINE)"]),
    "    .tls_config_with_verifier(ClientTlsConfig::new(), Arc::new(trust))?",
    "    .connect()",
    "    .await?;",
    `let mut client = ${clientType}::new(channel);`,
    "",
    ...requestLines(request, messages),
    ...(deadlineMs === null ? [] : ["request.set_timeout(DEADLINE);"]),
    ...(client.macaroon === null
      ? []
      : [
          `let macaroon = hex::encode(std::fs::read(${rustPath(client.macaroon)})?);`,
          'request.metadata_mut().insert("macaroon", macaroon.parse()?);',
        ]),
    "",
    ...replyLines(method),
    "Ok(())",
  ];
  const lines = [
    ...(modules.usesMaps ? ["use std::collections::HashMap;"] : []),
    "use std::error::Error;",
    "use std::path::Path;",
    "use std::process::ExitCode;",
    "use std::sync::Arc;",
    ...(deadlineMs === null ? [] : ["use std::time::Duration;"]),
    "",
    "use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};",
    "use rustls::client::{WebPkiServerVerifier, verify_server_name};",
    "use rustls::pki_types::pem::PemObject;",
    "use rustls::pki_types::{CertificateDer, ServerName, UnixTime};",
    "use rustls::server::ParsedCertificate;",
    "use rustls::{DigitallySignedStruct, RootCertStore, SignatureScheme};",
    ...modules.lines(),
    ...(streamsFromClient(method) ? ["use tokio_stream::wrappers::ReceiverStream;"] : []),
    "use tonic::transport::{ClientTlsConfig, Endpoint};",
    "use tonic::{Request, Status};",
    "",
    ...(deadlineMs === null ? [] : [`const DEADLINE: Duration = ${duration(deadlineMs)};`, ""]),
    "#[tokio::main]",
    "async fn main() -> ExitCode {",
    "    let Err(error) = run().await else {",
    "        return ExitCode::SUCCESS;",
    "    };",
    "    match error.downcast_ref::<Status>() {",
    '        Some(status) => eprintln!("{:?}: {}", status.code(), status.message()),',
    '        None => eprintln!("{error:?}"),',
    "    }",
    "    ExitCode::FAILURE",
    "}",
    "",
    "async fn run() -> Result<(), Box<dyn Error>> {",
    ...body.map((line) => (line === "" ? "" : `    ${indented(line, "    ")}`)),
    "}",
    "",
    RUST_TRUST,
  ];
  return `${lines.join("\n")}\n`;
}

function duration(ms: number): string {
  return ms % 1000 === 0 ? `Duration::from_secs(${ms / 1000})` : `Duration::from_millis(${ms})`;
}

function requestLines({ method, client, deadlineMs }: SnippetRequest, messages: readonly string[]): string[] {
  const request = deadlineMs === null && client.macaroon === null ? "let request" : "let mut request";
  if (!streamsFromClient(method)) {
    return [`let message = ${messages[0]};`, `${request} = Request::new(message);`];
  }
  return [
    "let messages = vec![",
    ...messages.map((message) => `    ${indented(message, "    ")},`),
    "];",
    "let (sender, receiver) = tokio::sync::mpsc::channel(1);",
    "tokio::spawn(async move {",
    "    for message in messages {",
    "        if sender.send(message).await.is_err() {",
    "            return; // The call has ended.",
    "        }",
    "    }",
    "    // With the sender goes the sending (half-close). Keep it to keep the conversation going.",
    "});",
    `${request} = Request::new(ReceiverStream::new(receiver));`,
  ];
}

function replyLines(method: DescMethod): string[] {
  const call = `client.${rustSnake(method.name)}(request).await?.into_inner();`;
  const kind = streamKind(method);
  if (kind === "unary" || kind === "client-streaming")
    return [`let reply = ${call}`, 'println!("{reply:#?}");'];
  return [
    `let mut replies = ${call}`,
    "while let Some(reply) = replies.message().await? {",
    '    println!("{reply:#?}");',
    "}",
  ];
}
