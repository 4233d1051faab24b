import { streamKind } from "../schema/stream-kind.ts";
import { requestJson } from "./json-text.ts";
import { readLiteral } from "./literal.ts";
import { shellHex, shellPath, shellQuote } from "./shell-quote.ts";
import { inexpressible, type SnippetLanguage, snakeCase } from "./snippet.ts";
import { PROTO_ROOT, UNNAMED } from "./words.ts";

/** The longest argument that Linux takes is 128 kB. */
const LONGEST_ARGUMENT = 100_000;

/** gRPC from a shell. A daemon serves no reflection, so the proto files say what the messages are. */
export const grpcurl: SnippetLanguage = {
  id: "grpcurl",
  label: "grpcurl",
  syntax: "sh",
  fileName: ({ name }) => `${snakeCase(name)}.sh`,
  generate(request) {
    const { method, client, deadlineMs } = request;
    if (readLiteral(method.input, request.message) === null) return inexpressible(UNNAMED);
    const json = requestJson(request);
    const stream = streamKind(method);
    const manyIn = stream === "client-streaming" || stream === "bidi-streaming";
    const inHere = manyIn || json.length > LONGEST_ARGUMENT;
    const lines = [
      "grpcurl",
      `-cacert ${shellPath(client.tlsCert)}`,
      ...(client.macaroon === null ? [] : [`-H "macaroon: ${shellHex(client.macaroon)}"`]),
      `-import-path ${PROTO_ROOT}`,
      `-proto ${shellQuote(method.parent.file.proto.name)}`,
      ...(deadlineMs === null ? [] : [`-max-time ${deadlineMs / 1000}`]),
      "-emit-defaults",
      ...(inHere ? ["-d @"] : json === "{}" ? [] : [`-d ${shellQuote(json)}`]),
      `${shellQuote(client.address)} ${method.parent.typeName}/${method.name}`,
    ];
    const here = inHere ? ` <<'${endOf(json)}'\n${json}\n${endOf(json)}` : "";
    return {
      kind: "snippet",
      code: `${lines.join(" \\\n  ")}${here}\n`,
      setup: "go install github.com/fullstorydev/grpcurl/cmd/grpcurl@latest",
      notes: [
        "Run it in the folder that holds the proto files' folder.",
        ...(manyIn
          ? ["Each JSON text between the marks is one message; the end of the input ends the sending."]
          : []),
      ],
    };
  },
};

/** A mark that is no line of the text. */
function endOf(text: string): string {
  const lines = new Set(text.split("\n"));
  let mark = "END";
  while (lines.has(mark)) mark += "_";
  return mark;
}
