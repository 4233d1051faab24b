import { requestJson } from "./json-text.ts";
import { readLiterals } from "./literal.ts";
import { shellHex, shellPath, shellQuote } from "./shell-quote.ts";
import { inexpressible, type SnippetLanguage, snakeCase, streamsFromClient } from "./snippet.ts";
import { PROTO_ROOT, UNNAMED } from "./words.ts";

/** Installs it. */
export const GRPCURL_INSTALL = "go install github.com/fullstorydev/grpcurl/cmd/grpcurl@v1.9.3";

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
    if (readLiterals(request) === null) return inexpressible(UNNAMED);
    const json = request.messages.map((message) => requestJson({ ...request, message })).join("\n");
    const manyIn = streamsFromClient(method);
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
      setup: GRPCURL_INSTALL,
      notes: [
        ...(manyIn
          ? ["Each JSON text between the marks is one message; the end of the input ends the sending."]
          : []),
      ],
    };
  },
  project: ({ method }) => ({
    main: grpcurl.fileName(method),
    files: [],
    protos: true,
    needs: "Go 1.24 or later, to install grpcurl, and a POSIX shell",
    setup: [GRPCURL_INSTALL],
    run: `sh ${grpcurl.fileName(method)}`,
  }),
};

/** A mark that is no line of the text. */
function endOf(text: string): string {
  const lines = new Set(text.split("\n"));
  let mark = "END";
  while (lines.has(mark)) mark += "_";
  return mark;
}
