import { streamKind } from "../schema/stream-kind.ts";
import { REST_VARIABLE, restSetup } from "./client-profile.ts";
import { readLiteral } from "./literal.ts";
import { placeRequest, restTarget } from "./rest-call.ts";
import { shellHex, shellPath, shellQuote } from "./shell-quote.ts";
import { inexpressible, type SnippetLanguage, snakeCase } from "./snippet.ts";
import { REST_NOTE, REST_STREAM, UNNAMED } from "./words.ts";

/** REST from a shell. */
export const curl: SnippetLanguage = {
  id: "curl",
  label: "curl (REST)",
  syntax: "sh",
  fileName: ({ name }) => `${snakeCase(name)}.curl.sh`,
  generate({ method, message, registry, http, client, deadlineMs }) {
    const stream = streamKind(method);
    if (http.length > 0 && (stream === "client-streaming" || stream === "bidi-streaming")) {
      return inexpressible(REST_STREAM);
    }
    if (readLiteral(method.input, message) === null) return inexpressible(UNNAMED);
    const placing = placeRequest(http, method.input, message, registry);
    if (placing.kind === "none") return inexpressible(placing.reason);
    const { call } = placing;
    const target = restTarget(call);
    const url =
      client.rest === null
        ? `"https://$${REST_VARIABLE}"${shellQuote(target)}`
        : shellQuote(`https://${client.rest}${target}`);
    const lines = [
      "curl --fail-with-body --silent --show-error --globoff --path-as-is",
      `--cacert ${shellPath(client.tlsCert)}`,
      ...(client.macaroon === null ? [] : [`-H "Grpc-Metadata-macaroon: ${shellHex(client.macaroon)}"`]),
      ...(deadlineMs === null ? [] : [`--max-time ${deadlineMs / 1000}`]),
      ...(stream === "server-streaming" ? ["--no-buffer"] : []),
      ...(call.verb === "GET" ? [] : [`-X ${call.verb}`]),
      ...(call.body === null
        ? []
        : ["-H 'Content-Type: application/json'", `--data-binary ${shellQuote(call.body)}`]),
      url,
    ];
    return {
      kind: "snippet",
      code: `${lines.join(" \\\n  ")}\n`,
      setup: restSetup(client).join("\n"),
      notes: client.rest === null ? [REST_NOTE] : [],
    };
  },
  project: ({ method, client }) => ({
    main: curl.fileName(method),
    files: [],
    protos: false,
    needs: "curl 7.76 or later and a POSIX shell",
    setup: restSetup(client),
    run: `sh ${curl.fileName(method)}`,
  }),
};
