import type { HttpBinding, Method, Reference } from "../reference/reference.ts";

/** One HTTP binding as a thing with a page of its own. */
export interface Endpoint {
  readonly method: Method;
  readonly binding: HttpBinding;
  /** `rest/delete-v1-pool-orders-order_nonce` */
  readonly slug: string;
  /** What its path is about: `orders` of `/v1/pool/orders/{order_nonce}`. */
  readonly resource: string;
}

/** Every HTTP binding of an API in the order of its methods, each with a slug that no other has. */
export function listEndpoints(reference: Reference): Endpoint[] {
  const bound = reference.services
    .flatMap(({ methods }) => methods)
    .flatMap((method) => method.http.map((binding) => ({ method, binding })));
  const depth = sharedSegments(bound.map(({ binding }) => binding.path));
  const taken = new Map<string, number>();
  return bound.map(({ method, binding }) => {
    const slug = slugOf(binding);
    const count = (taken.get(slug) ?? 0) + 1;
    taken.set(slug, count);
    return {
      method,
      binding,
      slug: `rest/${slug}${count === 1 ? "" : `--${count}`}`,
      resource: literalSegments(binding.path)[depth] ?? literalSegments(binding.path).at(-1) ?? binding.path,
    };
  });
}

/** Anything that is no letter, digit, dot or underscore becomes one dash, so that two dashes are free for a number. */
function slugOf({ verb, path }: HttpBinding): string {
  return `${verb.toLowerCase()}-${path}`.replace(/[^\w.]+/g, "-").replace(/^-|-$/g, "");
}

/** How many segments all paths begin with, leaving each at least one of its own. */
function sharedSegments(paths: readonly string[]): number {
  const [first = [], ...others] = paths.map(literalSegments);
  let shared = 0;
  while (
    shared < first.length - 1 &&
    others.every((segments) => segments.length > shared + 1 && segments[shared] === first[shared])
  ) {
    shared++;
  }
  return shared;
}

function literalSegments(path: string): string[] {
  const variable = path.indexOf("{");
  const literal = variable === -1 ? path : path.slice(0, variable);
  return literal.split("/").filter((segment) => segment !== "");
}
