import type { Message, Method } from "../reference/reference.ts";
import { type RestPlace, restPlace } from "../reference/rest-place.ts";
import type { Endpoint } from "./endpoints.ts";
import { fieldElements } from "./fields.ts";
import { httpText } from "./http-text.ts";
import { jsonShape } from "./json-shape.ts";
import { linksIn, localName, methodHref, TRY_IT_ANCHOR } from "./links.ts";
import { type Element, element, type Json } from "./mdx.ts";
import type { Page } from "./page.ts";
import { breadcrumbs, docElements, type PageContext, plainText } from "./page-context.ts";
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
      ...docElements(method.doc, context, method.doc.summary),
      element("Doc", {
        text: `Stands for [${method.shortName}][${method.name}], whose page says when to use it and which errors it gives.`,
        links: linksIn(context.links, `[][${method.name}]`) ?? { [method.name]: href },
      }),
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
    const place = placeOf(field.shortName, endpoint, input, context);
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
          ...fieldElements(input, context, { budget: BUDGET, only, prefix: "" }),
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

/** Where a field of the request goes; a message with a part in the path counts by where its other fields go. */
function placeOf(name: string, { binding }: Endpoint, input: Message, _context: PageContext): RestPlace {
  const field = input.fields.find(({ shortName }) => shortName === name);
  return field === undefined ? "body" : restPlace(binding, [name], field);
}

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
      : fieldElements(output, context, { prefix: "reply.", budget: BUDGET })),
  ]);
}

function differenceSection({ binding, method }: Endpoint, context: PageContext): Element {
  const rest = `${context.basePath}/rest`;
  return element("Section", { title: "What differs from gRPC", id: "differences" }, [
    element("Doc", {
      text: [
        `- The request has ${has(bindingPhrase(binding, context.messages.get(method.input)))}.`,
        "- Names are those of the proto file, in snake_case. Enums are written by name.",
        "- 64-bit integers come as strings, since a JSON number would lose digits. Bytes come as standard base64, where the editor and the command line show hex.",
        "- The reply has every field, also those that are not set: an empty string or list, `0`, `false`, or `null` for a message. Only the members of a oneof are left out.",
        "- An error is an HTTP status with `code`, `message` and `details` in a JSON body; the gRPC code is in it.",
      ].join("\n"),
    }),
    element("Actions", {}, [
      element("Action", { text: "Encodings of every type", href: `${rest}#encodings` }),
      element("Action", { text: "gRPC codes as HTTP status", href: `${rest}#status` }),
    ]),
  ]);
}

function has(phrase: string): string {
  return phrase.startsWith("no ") ? phrase : `its ${phrase}`;
}

interface Recorded {
  readonly example: string;
  readonly request: Json;
  readonly replies: readonly Json[];
}

function recordedOf({ name }: Method, { reference }: PageContext): Recorded | null {
  const recorded = reference.replies[name];
  if (recorded === undefined) return null;
  return {
    example: recorded.example,
    request: JSON.parse(recorded.request) as Json,
    replies: recorded.replies.map((text) => JSON.parse(text) as Json),
  };
}
