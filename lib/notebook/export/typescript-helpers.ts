/** Functions that a program of TypeScript may need, each with what it imports and the helpers that it calls. */
export const TYPESCRIPT_HELPERS = {
  stop: {
    imports: [],
    needs: [],
    code: `
/** Ends the program with a failure. */
function stop(why: string): never {
  console.error(why);
  process.exit(1);
}`,
  },
  connect: {
    imports: [
      ["node:fs", "readFileSync"],
      ["@connectrpc/connect", "type Interceptor"],
      ["@connectrpc/connect-node", "createGrpcTransport"],
      ["@connectrpc/connect-node", "Http2SessionManager"],
    ],
    needs: [],
    code: `
const sessions: Http2SessionManager[] = [];

/** A transport that trusts the daemon's own certificate, and sends the macaroon with every call. */
function connect(address: string, tlsCert: string, macaroon: string | null) {
  const baseUrl = \`https://\${address}\`;
  const sessionManager = new Http2SessionManager(baseUrl, undefined, { ca: readFileSync(tlsCert) });
  sessions.push(sessionManager);
  const sent = macaroon === null ? null : readFileSync(macaroon).toString("hex");
  const attach: Interceptor = (next) => (request) => {
    if (sent !== null) request.header.set("macaroon", sent);
    return next(request);
  };
  return createGrpcTransport({ baseUrl, sessionManager, interceptors: [attach] });
}`,
  },
  failed: {
    imports: [
      ["@connectrpc/connect", "Code"],
      ["@connectrpc/connect", "ConnectError"],
    ],
    needs: ["stop"],
    code: `
function failed(cause: unknown): never {
  const error = ConnectError.from(cause);
  stop(\`\${Code[error.code]}: \${error.rawMessage}\`);
}`,
  },
  call: {
    imports: [["@connectrpc/connect", "type CallOptions"]],
    needs: ["failed"],
    code: `
/** The reply of a call. */
async function call<Reply>(ask: (options: CallOptions) => Promise<Reply>, timeoutMs = 30_000) {
  try {
    return await ask({ timeoutMs });
  } catch (cause) {
    return failed(cause);
  }
}`,
  },
  sent: {
    imports: [],
    needs: [],
    code: `
/** The messages to send. The sending ends (half-close) after them, or with the signal. */
async function* sent<Message>(messages: readonly Message[], until?: AbortSignal) {
  yield* messages;
  if (until !== undefined && !until.aborted) {
    await new Promise((resolve) => until.addEventListener("abort", resolve, { once: true }));
  }
}`,
  },
  collect: {
    imports: [["@connectrpc/connect", "type CallOptions"]],
    needs: ["failed"],
    code: `
/** The messages of a stream, which is cancelled after so many. */
async function collect<Reply>(
  ask: (options: CallOptions) => AsyncIterable<Reply>,
  take: number,
  timeoutMs = 30_000,
) {
  const enough = new AbortController();
  const messages: Reply[] = [];
  try {
    for await (const reply of ask({ timeoutMs, signal: enough.signal })) {
      messages.push(reply);
      if (messages.length === take) break;
    }
  } catch (cause) {
    failed(cause);
  } finally {
    enough.abort();
  }
  return messages;
}`,
  },
  refusal: {
    imports: [
      ["@connectrpc/connect", "type CallOptions"],
      ["@connectrpc/connect", "Code"],
      ["@connectrpc/connect", "ConnectError"],
    ],
    needs: ["stop"],
    code: `
/** How a call fails that is to fail with this code. */
async function refusal(
  code: Code,
  name: string,
  ask: (options: CallOptions) => Promise<unknown> | AsyncIterable<unknown>,
  timeoutMs = 30_000,
) {
  try {
    const asked = ask({ timeoutMs });
    if (asked instanceof Promise) await asked;
    else for await (const _ of asked);
  } catch (cause) {
    const error = ConnectError.from(cause);
    if (error.code === code) return { code: BigInt(code), name, message: error.rawMessage };
    stop(\`It was to fail with \${name}, and gave \${Code[error.code]}: \${error.rawMessage}\`);
  }
  return stop(\`It was to fail with \${name}, and it did not fail.\`);
}`,
  },
  wait: {
    imports: [["@connectrpc/connect", "type CallOptions"]],
    needs: ["call", "stop"],
    code: `
/** Asks until the condition holds over the reply, and gives that reply. Times are milliseconds. */
async function wait<Reply>(
  ask: (options: CallOptions) => Promise<Reply>,
  holds: (reply: Reply) => boolean,
  patience: number,
  every: number,
  timeoutMs = 30_000,
) {
  const giveUp = performance.now() + patience;
  for (;;) {
    const reply = await call(ask, timeoutMs);
    if (holds(reply)) return reply;
    if (performance.now() + every > giveUp) stop(\`It did not become true within \${patience / 1000} s.\`);
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}`,
  },
  check: {
    imports: [],
    needs: ["stop"],
    code: `
/** Ends the program where something is not so. */
function check(say: string, holds: boolean) {
  if (!holds) stop(\`Not so: \${say}\`);
  console.log(\`Held: \${say}\`);
}`,
  },
  wholeInput: {
    imports: [],
    needs: ["stop"],
    code: `
/** A whole number that somebody gave. */
function wholeInput(label: string, typed: string, least: bigint, most: bigint) {
  if (!/^-?\\d{1,19}$/.test(typed.trim())) stop(\`\${label}: write a whole number\`);
  const value = BigInt(typed.trim());
  if (value < least || value > most) stop(\`\${label}: from \${least} to \${most}\`);
  return value;
}`,
  },
  bytesInput: {
    imports: [],
    needs: ["stop", "unhex"],
    code: `
/** Bytes that somebody gave as hex. */
function bytesInput(label: string, typed: string) {
  if (!/^([0-9a-fA-F]{2})*$/.test(typed.trim())) {
    stop(\`\${label}: write bytes as hex, two digits from 0 to f for each\`);
  }
  return unhex(typed.trim());
}`,
  },
  choiceInput: {
    imports: [],
    needs: ["stop"],
    code: `
/** One of several. */
function choiceInput(label: string, typed: string, choices: readonly string[]) {
  if (!choices.includes(typed)) stop(\`\${label}: choose one of \${choices.join(", ")}\`);
  return typed;
}`,
  },
  int64: {
    imports: [],
    needs: [],
    code: `
/** The value, which has to fit into a signed integer of 64 bits. */
function int64(value: bigint) {
  if (BigInt.asIntN(64, value) !== value) throw new RangeError(\`\${value} is no signed integer of 64 bits\`);
  return value;
}`,
  },
  uint64: {
    imports: [],
    needs: [],
    code: `
/** The value, which has to fit into an unsigned integer of 64 bits. */
function uint64(value: bigint) {
  if (BigInt.asUintN(64, value) !== value) throw new RangeError(\`\${value} is no unsigned integer of 64 bits\`);
  return value;
}`,
  },
  unsignedOf: {
    imports: [],
    needs: ["uint64"],
    code: `
/** The whole part of a number that is not below zero. */
function unsignedOf(value: number) {
  if (value < 0) throw new RangeError(\`\${value} is no unsigned integer of 64 bits\`);
  return uint64(BigInt(Math.trunc(value)));
}`,
  },
  whole: {
    imports: [],
    needs: [],
    code: `
/** The integer that a text writes out. */
function whole(text: string) {
  if (!/^-?[0-9]+$/.test(text)) throw new RangeError(\`\${JSON.stringify(text)} is no whole number\`);
  return BigInt(text);
}`,
  },
  real: {
    imports: [],
    needs: [],
    code: `
/** The number that a text writes out. */
function real(text: string) {
  if (!/^[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?$/.test(text)) {
    throw new RangeError(\`\${JSON.stringify(text)} is no number\`);
  }
  return Number(text);
}`,
  },
  at: {
    imports: [],
    needs: [],
    code: `
/** An item of a list, which must be there. */
function at<Item>(items: readonly Item[], index: number): Item {
  if (!Object.hasOwn(items, index)) throw new RangeError(\`the list has no element \${index}\`);
  return items[index] as Item;
}`,
  },
  entry: {
    imports: [],
    needs: [],
    code: `
/** An entry of a map, which must be there. */
function entry<Item>(items: { readonly [key: string]: Item }, key: string | number | bigint | boolean): Item {
  if (!Object.hasOwn(items, String(key))) throw new RangeError(\`the map has no entry \${key}\`);
  return items[String(key)] as Item;
}`,
  },
  chosen: {
    imports: [],
    needs: [],
    code: `
/** What a oneof holds, where it holds this. */
function chosen<
  Oneof extends { readonly case: string | undefined; readonly value?: unknown },
  Case extends Oneof["case"],
>(of: Oneof | undefined, name: Case): Extract<Oneof, { readonly case: Case }>["value"] | undefined {
  return of?.case === name ? (of as Extract<Oneof, { readonly case: Case }>).value : undefined;
}`,
  },
  isSet: {
    imports: [],
    needs: [],
    code: `
/** Whether a field holds something other than its default. */
function isSet(value: unknown) {
  if (value instanceof Uint8Array || Array.isArray(value)) return value.length > 0;
  if (typeof value === "object" && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}`,
  },
  sameBytes: {
    imports: [],
    needs: [],
    code: `
function sameBytes(a: Uint8Array, b: Uint8Array) {
  return Buffer.compare(a, b) === 0;
}`,
  },
  unhex: {
    imports: [],
    needs: [],
    code: `
/** The bytes that hex writes out. */
function unhex(text: string): Uint8Array {
  if (!/^([0-9a-fA-F]{2})*$/.test(text)) throw new RangeError(\`\${JSON.stringify(text)} is not hex\`);
  return Buffer.from(text, "hex");
}`,
  },
  decoded: {
    imports: [],
    needs: [],
    code: `
/** The text whose UTF-8 the bytes are. */
function decoded(bytes: Uint8Array) {
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}`,
  },
  substring: {
    imports: [],
    needs: [],
    code: `
/** A part of a text, counted in units of UTF-16. */
function substring(text: string, start: number, end = text.length) {
  if (start < 0 || start > end || end > text.length) {
    throw new RangeError(\`\${JSON.stringify(text)} has no part from \${start} to \${end}\`);
  }
  return text.slice(start, end);
}`,
  },
  text: {
    imports: [],
    needs: [],
    code: `
/** A value in words: bytes as hex. */
function text(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
  if (Array.isArray(value)) return value.map(text).join(", ");
  if (typeof value !== "object" || value === null) return String(value);
  const fields = Object.entries(value).filter(([name, each]) => !name.startsWith("$") && each !== undefined);
  return fields.map(([name, each]) => \`\${name}: \${text(each)}\`).join(", ");
}`,
  },
  table: {
    imports: [],
    needs: ["text"],
    code: `
/** Prints rows under their headings. */
function table(headings: readonly string[], rows: readonly (readonly unknown[])[]) {
  const lines = [headings, ...rows.map((row) => row.map(text))];
  const widths = headings.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  for (const line of lines) {
    console.log(line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  ").trimEnd());
  }
}`,
  },
} as const satisfies Readonly<Record<string, TypeScriptHelperSource>>;

interface TypeScriptHelperSource {
  readonly imports: readonly (readonly [module: string, name: string])[];
  readonly needs: readonly string[];
  readonly code: string;
}

export type TypeScriptHelper = keyof typeof TYPESCRIPT_HELPERS;

/** Helpers with all that they call, in the order in which they can be written, and what they import. */
export function typescriptHelpers(isUsed: (name: TypeScriptHelper) => boolean): {
  readonly imports: readonly (readonly [module: string, name: string])[];
  readonly code: readonly string[];
} {
  const names = Object.keys(TYPESCRIPT_HELPERS) as TypeScriptHelper[];
  const wanted = new Set<string>(names.filter(isUsed));
  for (const name of wanted) {
    for (const needed of TYPESCRIPT_HELPERS[name as TypeScriptHelper].needs) wanted.add(needed);
  }
  const chosen = names.filter((name) => wanted.has(name)).map((name) => TYPESCRIPT_HELPERS[name]);
  const imports = chosen.flatMap((each) => each.imports as TypeScriptHelperSource["imports"]);
  return { imports, code: chosen.map(({ code }) => code.trim()) };
}
