import { statusName } from "../call/status.ts";
import { resourceAnchor } from "./endpoint-page.ts";
import type { Endpoint } from "./endpoints.ts";
import { groupBy } from "./group-by.ts";
import { linksIn, methodHref } from "./links.ts";
import { type Element, element } from "./mdx.ts";
import type { Page } from "./page.ts";
import { breadcrumbs, type PageContext } from "./page-context.ts";
import { bindingPhrase } from "./rest-words.ts";

/** `rest`: every HTTP binding by what its path is about, and the rules that all share; null where the API has none. */
export function restPage(context: PageContext): Page | null {
  const { api } = context.reference;
  if (context.endpoints.length === 0) return null;
  const resources = groupBy(context.endpoints, ({ resource }) => resource);
  const description = `The REST paths of the ${api.title} API, each beside the gRPC method that it stands for.`;
  return {
    slug: "rest",
    source: context.protoRoot,
    info: { kind: "index", title: "REST", description },
    body: [
      breadcrumbs(context),
      element("PageTitle", { title: "REST reference" }),
      element("Doc", { text: description }),
      element("Doc", { text: RULES }),
      ...[...resources].map(([resource, endpoints]) =>
        element("Section", { title: resource, id: resourceAnchor(resource) }, [
          element(
            "EndpointList",
            {},
            endpoints.map((endpoint) => endpointRow(endpoint, context)),
          ),
        ]),
      ),
      element("Section", { title: "Encodings", id: "encodings" }, [
        element("Table", {
          head: ["Type in the proto", "In a body and in replies", "In a path or query"],
          rows: ENCODINGS,
        }),
      ]),
      element("Section", { title: "Errors", id: "status" }, [
        element("Doc", { text: STATUS_TEXT }),
        element("Table", {
          head: ["gRPC code", "HTTP status"],
          rows: HTTP_STATUS.map(([code, status]) => [`\`${statusName(code)}\` (${code})`, status]),
        }),
      ]),
    ],
  };
}

function endpointRow({ method, binding, slug }: Endpoint, context: PageContext): Element {
  return element("EndpointRow", {
    verb: binding.verb,
    path: binding.path,
    href: `${context.basePath}/${slug}`,
    fields: bindingPhrase(binding, context.messages.get(method.input)),
    method: method.shortName,
    methodHref: methodHref(method.name, context.basePath),
    access: method.access,
    deprecated: method.deprecated || undefined,
    summary: method.doc.summary,
    links: linksIn(context.links, method.doc.summary),
  });
}

/** How a REST request and reply are made from the messages of the method, as the gateway in front of it does. */
const RULES = [
  "A request and its reply are the method's messages as JSON, under the names of the proto file. What differs is where",
  "a field goes:",
  "",
  "- A name in braces is a part of the path.",
  "- With a body, every other field is in it, as one JSON object.",
  "- Without a body, every other field is a query parameter; `a.b` names the field `b` of the message `a`, and a list",
  "  repeats its name.",
  "- The macaroon goes in the header `Grpc-Metadata-macaroon`, as hex. Any other metadata `name` is the header",
  "  `Grpc-Metadata-name`.",
].join("\n");

const ENCODINGS: readonly (readonly string[])[] = [
  ["`bool`", "`true`, `false`", "`true`, `false`"],
  ["`int32`, `uint32`, …", "a number: `2016`", "`2016`"],
  [
    "`int64`, `uint64`, …",
    'a string in replies: `"1000000"`; a request may leave the quotes out',
    "`1000000`",
  ],
  ["`float`, `double`", 'a number, or `"NaN"`, `"Infinity"`, `"-Infinity"`', "the same without quotes"],
  ["`string`", "a string", "percent-encoded"],
  ["`bytes`", 'base64 with `+` and `/`: `"A561+/Q="`', "URL-safe base64 with `-` and `_`: `A561-_Q=`"],
  ["enum", "its name; a request may send the number", "its name or number"],
  ["message", "an object; `null` in a reply where it is not set", "its fields, as `message.field`"],
  ["`repeated`", "an array; `[]` in a reply where it is empty", "the name again for each item"],
  ["`map`", "an object, its keys as strings", "`name[key]=value`"],
  ["oneof", "the member that is set; the others are left out", "the member that is set"],
];

const STATUS_TEXT = [
  'A call that fails has the body `{"code": …, "message": "…", "details": []}`, where `code` is the gRPC code, and an HTTP',
  "status that follows from it. A path that no method has is answered with 404, another verb than its own with 501, and",
  "a body that is no JSON of the request with 400.",
].join("\n");

/** The HTTP status that a gRPC gateway answers with for each gRPC code. */
const HTTP_STATUS: readonly (readonly [number, string])[] = [
  [0, "200 OK"],
  [1, "499 Client Closed Request"],
  [2, "500 Internal Server Error"],
  [3, "400 Bad Request"],
  [4, "504 Gateway Timeout"],
  [5, "404 Not Found"],
  [6, "409 Conflict"],
  [7, "403 Forbidden"],
  [8, "429 Too Many Requests"],
  [9, "400 Bad Request"],
  [10, "409 Conflict"],
  [11, "400 Bad Request"],
  [12, "501 Not Implemented"],
  [13, "500 Internal Server Error"],
  [14, "503 Service Unavailable"],
  [15, "500 Internal Server Error"],
  [16, "401 Unauthorized"],
];
