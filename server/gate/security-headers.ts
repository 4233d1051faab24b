/**
 * Headers of every response. `scriptHashes` are the CSP sources of the page's own inline scripts
 * (`'sha256-…'`), `host` is the name and port that the browser used.
 */
export function securityHeaders(options: {
  readonly host: string | null;
  readonly scriptHashes: readonly string[];
  readonly development: boolean;
}): readonly (readonly [string, string])[] {
  return [
    ["content-security-policy", contentSecurityPolicy(options)],
    ["x-content-type-options", "nosniff"],
    ["referrer-policy", "no-referrer"],
    ["cross-origin-opener-policy", "same-origin"],
    ["cross-origin-resource-policy", "same-origin"],
  ];
}

function contentSecurityPolicy({
  host,
  scriptHashes,
  development,
}: Parameters<typeof securityHeaders>[0]): string {
  // `next dev` evaluates code and writes inline scripts anew for each page. It never sees a real macaroon.
  const scripts = development ? ["'unsafe-inline'", "'unsafe-eval'"] : scriptHashes;
  return [
    "default-src 'self'",
    ["script-src 'self'", ...scripts].join(" "),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "worker-src 'self'",
    // Safari does not count ws: of the same host as 'self'.
    host === null ? "connect-src 'self'" : `connect-src 'self' ws://${host}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
