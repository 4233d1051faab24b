import { readFileSync } from "node:fs";
import { parse } from "yaml";

/** One way to call a method over HTTP. */
export interface HttpRule {
  /** Fully qualified: `poolrpc.Trader.GetInfo`. */
  readonly method: string;
  readonly verb: string;
  /** Segments of the path: a fixed text, or the name of the field that stands there. */
  readonly segments: readonly Segment[];
  /** Whether the body is the message. */
  readonly body: boolean;
}

/** A part of a path between two slashes. */
export type Segment = { readonly text: string } | { readonly field: string };

const VERBS = ["get", "put", "post", "delete", "patch"] as const;

/**
 * The HTTP rules of a `google.api.Service` YAML, in its order. Knows what such files need here: plain segments, `{field}`
 * and the body `*`; throws on anything else.
 */
export function readHttpRules(file: URL): HttpRule[] {
  const table = parse(readFileSync(file, "utf8")) as { http?: { rules?: Record<string, unknown>[] } };
  return (table.http?.rules ?? []).flatMap((rule) => {
    const additional = (rule.additional_bindings ?? []) as Record<string, unknown>[];
    return [rule, ...additional].map((binding) => toRule(String(rule.selector), binding));
  });
}

/** The values of the fields in a path; undefined where it is not the rule's. */
export function matchPath({ segments }: HttpRule, parts: readonly string[]): Map<string, string> | undefined {
  if (segments.length !== parts.length) return undefined;
  const fields = new Map<string, string>();
  for (const [n, segment] of segments.entries()) {
    const part = parts[n] ?? "";
    if ("field" in segment) {
      fields.set(segment.field, part);
    } else if (segment.text !== part) {
      return undefined;
    }
  }
  return fields;
}

function toRule(method: string, binding: Record<string, unknown>): HttpRule {
  const verb = VERBS.find((each) => typeof binding[each] === "string");
  const body = binding.body;
  if (verb === undefined || (body !== undefined && body !== "*")) {
    throw new Error(`the HTTP rule of ${method} is none that the sandbox understands`);
  }
  const path = String(binding[verb]);
  return {
    method,
    verb: verb.toUpperCase(),
    segments: path.slice(1).split("/").map(toSegment),
    body: body === "*",
  };
}

function toSegment(text: string): Segment {
  const field = /^\{([a-z_0-9.]+)\}$/.exec(text)?.[1];
  return field === undefined ? { text } : { field };
}
