import { parse } from "jsonc-parser";
import type { Message, Method } from "../reference/reference.ts";
import { type RestPlace, restPlace } from "../reference/rest-place.ts";
import type { Endpoint } from "./endpoints.ts";
import { fieldElements } from "./fields.ts";
import { httpText } from "./http-text.ts";
import { jsonShape } from "./json-shape.ts";
import { linksIn, localName, methodHref, TRY_IT_ANCHOR } from "./links.ts";
import { type Element, element, type Json } from "./mdx.ts";
import type { Page } from "./page.ts";
import { breadcrumbs, type PageContext, plainText } from "./page-context.ts";
import { restJson } from "./rest-json.ts";
import { bindingPhrase } from "./rest-words.ts";

/** How many fields and values of nested types an endpoint's page writes out. */
const BUDGET = 40;

/** The page of one HTTP binding: what to send where, and what comes back. */
export function endpointPage(endpoint: Endpoint, context: PageContext): Page {
  const { method, binding, slug, resource } = endpoint;
  const title = `${binding.verb} ${binding.path}`;
  const href = methodHref(method.name, context.basePath);
  const input = context.messages.get(method.input);
  const output = context.messages.get(method.output);
  return {
    slug,
    source: context.protoRoot,
    info: {
      kind: "endpoint",
      title,
      description: plainText(method.doc.summary),
      name: method.name,
      ...{ verb: binding.verb, path: binding.path },
    },
    body: [
      breadcrumbs(
        context,
        { text: "REST", href: `${context.basePath}/rest` },
        { text: resource, href: `${context.basePath}/rest#${resourceAnchor(resource)}` },
      ),
      element("PageTitle", {
        title,
        code: true,
        name: method.name,
        deprecated: method.deprecated || undefined,
      }),
      element("Chips", {}, [
        element("AccessChip", {
          access: method.access,
          permissions: method.permissions === null ? null : [...method.permissions],
        }),
        element("LinkChip", { label: "Method", text: method.shortName, href }),
        ...(method.upstream === null ? [] : [element("UpstreamChip", { ...method.upstream })]),
      ]),
      introElement(method, context),
      element("Actions", {}, [
        element("Action", {
          text: `Try ${method.shortName} in the editor`,
          href: `${href}#${TRY_IT_ANCHOR}`,
        }),
      ]),
      requestSection(endpoint, input, context),
      replySection(endpoint, output, context),
      differenceSection(endpoint, context),
    ],
  };
}

function introElement({ doc, name, shortName }: Method, context: PageContext): Element {
  const text = `${doc.summary}\n\nIt stands for [${shortName}][${name}], whose page says when to use it and which errors it gives.`;
  return element("Doc", { text: text.trim(), links: linksIn(context.links, text) });
}

/** The anchor of a resource on the overview. */
export function resourceAnchor(resource: string): string {
  return `resource-${resource.replace(/[^\w.-]+/g, "-")}`;
}

function requestSection(endpoint: Endpoint, input: Message | undefined, context: PageContext): Element {
  const { method, binding } = endpoint;
  const heading = {
    title: "Request",
    id: "request",
    type: localName(method.input, context.packages),
    href: context.links.get(method.input),
  };
  if (input === undefined) return element("Section", heading, [element("NoFields")]);
  const recorded = recordedOf(method, context);
  const value =
    recorded === null ? jsonShape(input, context) : restJson(recorded.request, input, context, false);
  const text = httpText(binding, input, value, headersOf(method), context);
  const places = new Map<RestPlace, Set<string>>();
  for (const field of input.fields) {
    const place = restPlace(binding, [field.shortName], field);
    const names = places.get(place) ?? new Set();
    places.set(place, names.add(field.shortName));
  }
  return element("Section", heading, [
    element("Code", {
      language: "http",
      text,
      caption:
        recorded === null
          ? "Every field with an empty value: leave out what you do not need."
          : `Example: ${recorded.example}`,
    }),
    ...(input.fields.length === 0 ? [element("NoFields")] : []),
    ...PLACES.flatMap(({ place, title, note }) => {
      const only = places.get(place);
      if (only === undefined) return [];
      return [
        element("Subsection", { title, id: `in-${place}` }, [
          element("Doc", { text: note }),
          ...fieldElements(input.name, context, { budget: BUDGET, only, prefix: "" }),
        ]),
      ];
    }),
  ]);
}

const PLACES = [
  {
    place: "path",
    title: "In the path",
    note: "Part of the URL, percent-encoded. Bytes are URL-safe base64: `-` and `_` for `+` and `/`.",
  },
  {
    place: "query",
    title: "In the query",
    note: "As `name=value`; a list repeats its name, a field of a message is `message.field`. Bytes are URL-safe base64.",
  },
  {
    place: "body",
    title: "In the body",
    note: "One JSON object with the names below. 64-bit integers may be in quotes, bytes are base64.",
  },
  {
    place: "none",
    title: "Not over REST",
    note: "A query has no form for these: use gRPC where you need them.",
  },
] as const satisfies readonly { place: RestPlace; title: string; note: string }[];

function headersOf({ permissions }: Method): string[] {
  return permissions !== null && permissions.length > 0
    ? ["Grpc-Metadata-macaroon: <your macaroon as hex>"]
    : [];
}

function replySection(
  { method, binding }: Endpoint,
  output: Message | undefined,
  context: PageContext,
): Element {
  const heading = {
    title: "Reply",
    id: "reply",
    type: localName(method.output, context.packages),
    href: context.links.get(method.output),
  };
  if (output === undefined) return element("Section", heading, [element("NoFields")]);
  const recorded = recordedOf(method, context);
  const first = recorded?.replies[0];
  const whole = first === undefined ? jsonShape(output, context) : restJson(first, output, context, true);
  const value = binding.responseBody === undefined ? whole : (whole[binding.responseBody] ?? null);
  const streamed = method.stream === "server-streaming" || method.stream === "bidi-streaming";
  return element("Section", heading, [
    element("Code", {
      language: "json",
      text: JSON.stringify(streamed ? { result: value } : value, null, 2),
      caption:
        first === undefined
          ? "Its shape, with empty values."
          : streamed
            ? "One message of the stream, as the sandbox sent it: one such object a line."
            : "What the sandbox answered to the request above.",
    }),
    ...(output.fields.length === 0
      ? [element("NoFields")]
      : fieldElements(output.name, context, { prefix: "reply.", budget: BUDGET })),
  ]);
}

function differenceSection({ binding, method }: Endpoint, context: PageContext): Element {
  const rest = `${context.basePath}/rest`;
  const request = kindsIn(method.input, context);
  const reply = kindsIn(method.output, context);
  const either = (kind: string) => request.has(kind) || reply.has(kind);
  const lines = [
    `The request has ${has(bindingPhrase(binding, context.messages.get(method.input)))}.`,
    "Names are those of the proto file, in snake_case.",
    either("wide")
      ? "64-bit integers come as strings, since a JSON number would lose digits. A request may leave the quotes out."
      : null,
    either("bytes") ? "Bytes are standard base64, where the editor and the command line show hex." : null,
    either("enum") ? "Enums are written by name; a request may send the number." : null,
    reply.size === 0
      ? null
      : "The reply has every field, also those that are not set: an empty string or list, `0`, `false`, or `null` for a message. Only members of a oneof are left out.",
    "An error is an HTTP status with `code`, `message` and `details` in a JSON body; `code` is the gRPC code.",
  ];
  return element("Section", { title: "What differs from gRPC", id: "differences" }, [
    element("Doc", {
      text: lines
        .filter((line) => line !== null)
        .map((line) => `- ${line}`)
        .join("\n"),
    }),
    element("Actions", {}, [
      element("Action", { text: "Encodings of every type", href: `${rest}#encodings` }),
      element("Action", { text: "gRPC codes as HTTP status", href: `${rest}#status` }),
    ]),
  ]);
}

/** Which kinds of values a message can hold, anywhere below it: `wide`, `bytes`, `enum`, `other`. */
function kindsIn(type: string, { messages }: PageContext): ReadonlySet<string> {
  const kinds = new Set<string>();
  const seen = new Set([type]);
  const queue = [type];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    for (const field of messages.get(name)?.fields ?? []) {
      const value = field.type.kind === "map" ? field.type.value : field.type;
      if (value.kind === "message" && !seen.has(value.name)) {
        seen.add(value.name);
        queue.push(value.name);
      }
      kinds.add(value.kind === "scalar" ? scalarKind(value.name) : value.kind === "enum" ? "enum" : "other");
    }
  }
  return kinds;
}

function scalarKind(name: string): "wide" | "bytes" | "other" {
  return name === "bytes" ? "bytes" : name.endsWith("64") ? "wide" : "other";
}

function has(phrase: string): string {
  return phrase.startsWith("no ") ? phrase : `its ${phrase}`;
}

interface Recorded {
  readonly example: string;
  readonly request: Json;
  readonly replies: readonly Json[];
}

/** The recorded call of a method; null where there is none, or its bytes are in another form than hex. */
function recordedOf({ name }: Method, { reference }: PageContext): Recorded | null {
  const recorded = reference.replies[name];
  const text = recorded?.request.join("\n") ?? "";
  if (recorded === undefined || PREFIXED_BYTES.test(text)) return null;
  return {
    example: recorded.example,
    request: parse(text) as Json,
    replies: recorded.replies.map((lines) => JSON.parse(lines.join("\n")) as Json),
  };
}

/** `"text:hello"`: the form of bytes that a request says by itself. */
const PREFIXED_BYTES = /"(?:hex|base64|base64url|text|txid):/;
