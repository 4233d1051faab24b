import type { JsonValue } from "@bufbuild/protobuf";
import { streamKind } from "../schema/stream-kind.ts";
import { REST_VARIABLE, restSetup } from "./client-profile.ts";
import { layOut } from "./lay-out.ts";
import { readLiteral } from "./literal.ts";
import { pythonNumber } from "./python-literal.ts";
import { PYTHON_NEEDS, requirements, VENV } from "./python-project.ts";
import { pythonPath, pythonQuote } from "./python-quote.ts";
import { placeRequest, type RestCall } from "./rest-call.ts";
import { indented, inexpressible, type SnippetLanguage, type SnippetRequest, snakeCase } from "./snippet.ts";
import { REST_NOTE, REST_STREAM, UNNAMED } from "./words.ts";

const PACKAGES = ["requests==2.32.5"];

/** REST from Python: nothing has to be made from the protos. */
export const pythonRest: SnippetLanguage = {
  id: "python-rest",
  label: "Python REST (requests)",
  syntax: "python",
  fileName: ({ name }) => `${snakeCase(name)}_rest.py`,
  generate(request) {
    const { method, message, registry, http, client } = request;
    const stream = streamKind(method);
    if (http.length > 0 && (stream === "client-streaming" || stream === "bidi-streaming")) {
      return inexpressible(REST_STREAM);
    }
    if (readLiteral(method.input, message) === null) return inexpressible(UNNAMED);
    const placing = placeRequest(http, method.input, message, registry);
    if (placing.kind === "none") return inexpressible(placing.reason);
    return {
      kind: "snippet",
      code: program(request, placing.call, stream === "server-streaming"),
      setup: [`pip install ${PACKAGES.join(" ")}`].concat(restSetup(client)).join("\n"),
      notes: client.rest === null ? [REST_NOTE] : [],
    };
  },
  project: ({ method, client }) => ({
    main: pythonRest.fileName(method),
    files: [requirements(PACKAGES)],
    protos: false,
    needs: PYTHON_NEEDS,
    setup: [...VENV, ...restSetup(client)],
    run: `python ${pythonRest.fileName(method)}`,
  }),
};

function program(request: SnippetRequest, call: RestCall, streams: boolean): string {
  const { client, deadlineMs } = request;
  const url =
    client.rest === null
      ? `"https://" + os.environ["${REST_VARIABLE}"] + ${pythonQuote(call.path)}`
      : pythonQuote(`https://${client.rest}${call.path}`);
  const query = call.query.map(([name, value]) => `(${pythonQuote(name)}, ${pythonQuote(value)})`);
  const options = [
    ...(client.macaroon === null ? [] : ['headers={"Grpc-Metadata-macaroon": MACAROON.read_bytes().hex()}']),
    ...(query.length === 0 ? [] : [`params=${layOut("[", query, "]")}`]),
    ...(call.body === null ? [] : [`json=${pythonJson(JSON.parse(call.body) as JsonValue)}`]),
    "verify=str(TLS_CERT)",
    ...(deadlineMs === null ? [] : [`timeout=${deadlineMs / 1000}`]),
    ...(streams ? ["stream=True"] : []),
  ];
  const verb = [pythonQuote(call.verb), "URL", ...options];
  const lines = [
    "import json",
    ...(client.rest === null ? ["import os"] : []),
    "import sys",
    "from pathlib import Path",
    "",
    "import requests",
    "",
    `URL = ${url}`,
    `TLS_CERT = ${pythonPath(client.tlsCert)}`,
    ...(client.macaroon === null ? [] : [`MACAROON = ${pythonPath(client.macaroon)}`]),
    "",
    "try:",
    `    response = ${indented(layOut("requests.request(", verb, ")"), "    ")}`,
    "except requests.RequestException as error:",
    "    sys.exit(str(error))",
    "if not response.ok:",
    "    try:",
    "        error = response.json()",
    "    except ValueError:",
    '        sys.exit(f"HTTP {response.status_code}: {response.text}")',
    "    sys.exit(f\"code {error.get('code')}: {error.get('message')}\")",
    ...(streams
      ? ["for line in response.iter_lines():", "    print(json.dumps(json.loads(line), indent=2))"]
      : ["print(json.dumps(response.json(), indent=2, ensure_ascii=False))"]),
  ];
  return `${lines.join("\n")}\n`;
}

/** JSON as Python writes it. */
function pythonJson(json: JsonValue): string {
  if (json === null) return "None";
  if (Array.isArray(json)) return layOut("[", json.map(pythonJson), "]");
  switch (typeof json) {
    case "object":
      return layOut(
        "{",
        Object.entries(json).map(([name, value]) => `${pythonQuote(name)}: ${pythonJson(value)}`),
        "}",
      );
    case "boolean":
      return json ? "True" : "False";
    case "number":
      return Number.isInteger(json) && !Object.is(json, -0) ? String(json) : pythonNumber(json);
    default:
      return pythonQuote(json);
  }
}
