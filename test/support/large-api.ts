import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ResolvedApi } from "../../lib/reference/api-config.ts";

/** How large a large API is: so many files, each with one service and its share of the messages. */
export interface LargeSize {
  readonly files: number;
  readonly methods: number;
  readonly messages: number;
}

/** 50 files with a service each: 1,000 methods, 2,000 messages, 50 enums. */
export const LARGE: LargeSize = { files: 50, methods: 20, messages: 40 };

/** Path of the file with that number, relative to the proto root. */
export function largeFile(number: number): string {
  return `large/v1/file_${number}.proto`;
}

/** The config of the large API of so many files whose protos are in `protoRoot`. */
export function largeConfig({ files }: LargeSize, protoRoot: string): ResolvedApi {
  const numbers = Array.from({ length: files }, (_, number) => number);
  return {
    id: "large",
    title: "Large",
    protoRoot,
    files: numbers.map(largeFile),
    daemon: {
      program: "larged",
      port: 9000,
      files: { folder: "~/.large", tlsCert: "tls.cert", macaroon: "large.macaroon" },
    },
    services: { daemon: numbers.map((number) => `large.v1.Service${number}`), auctioneer: [] },
    groups: [],
  };
}

/**
 * Writes the protos of a large API into a folder. The same size gives the same bytes. Every other file uses types
 * of the one before it, so that a page shows fields of two files; comments are as long as those of a real API.
 */
export function writeLargeApi(folder: string, size: LargeSize): void {
  for (let number = 0; number < size.files; number++) {
    const path = join(folder, largeFile(number));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, largeProto(number, size));
  }
}

/** The text of one file. Of its messages one half are requests, the other half replies, which requests hold too. */
function largeProto(number: number, { methods, messages }: LargeSize): string {
  const lines = [
    'syntax = "proto3";',
    "package large.v1;",
    ...(number % 2 === 0 ? [] : [`import "${largeFile(number - 1)}";`]),
    "",
    `// Manages part ${number} of the large system. Its methods read and change what the part holds.`,
    `service Service${number} {`,
  ];
  for (let method = 0; method < methods; method++) {
    lines.push(
      `  // Does step ${method} of part ${number}. It reads what [large.v1.Part${number}Message${method}][] asks for.`,
      "  //",
      "  // Call it once for each item; a second call with the same item changes nothing and gives the same reply.",
      `  rpc Step${method}(Part${number}Message${method}) returns (${method % 5 === 4 ? "stream " : ""}Part${number}Message${method + messages / 2});`,
    );
  }
  lines.push("}");
  for (let message = 0; message < messages; message++) lines.push(...messageLines(number, message, messages));
  lines.push(
    "",
    "// How far an item has come.",
    `enum Part${number}State {`,
    "  // Nothing is known of it.",
    `  PART_${number}_STATE_UNKNOWN = 0;`,
    "  // Work on it has begun.",
    `  PART_${number}_STATE_STARTED = 1;`,
    "  // Nothing is left to do.",
    `  PART_${number}_STATE_DONE = 2;`,
    "}",
    "",
  );
  return lines.join("\n");
}

function messageLines(number: number, message: number, messages: number): string[] {
  const isRequest = message < messages / 2;
  const half = messages / 2;
  // Replies hold one another in rings of five, so that what a method can reach does not grow with the API.
  const ring = message - (message % 5);
  const next = isRequest ? message + half : ring + ((message + 1) % 5);
  const before = number - (number % 2);
  return [
    "",
    `// What step ${message % half} of part ${number} ${isRequest ? "is asked for" : "gives back"}. See also`,
    `// [large.v1.Part${number}State][].`,
    `message Part${number}Message${message} {`,
    "  // The item's name, unique within its part.",
    "  string item_name = 1;",
    "  // What the item is worth.",
    "  // Unit: sat.",
    "  uint64 amount_sat = 2;",
    "  // How many blocks the item stays.",
    "  // Unit: blocks.",
    "  // Limits: 1 to 2,016.",
    "  uint32 lifetime = 3;",
    "  // The item's key.",
    "  // Bytes: 33-byte compressed public key.",
    "  bytes item_key = 4;",
    "  // How far it has come.",
    `  Part${number}State state = 5;`,
    "  // The parts that the item is made of, in order.",
    `  repeated Part${number}Message${next} parts = 6;`,
    "  // What was known of it before.",
    `  Part${before}Message${half + (message % half)} earlier = 7;`,
    "  oneof due {",
    "    // The block by which it is done.",
    "    // Unit: block height.",
    "    uint32 due_height = 8;",
    "    // The time by which it is done.",
    "    // Unit: seconds since 1970.",
    "    int64 due_time = 9;",
    "  }",
    "  // Labels by name.",
    "  map<string, string> labels = 10;",
    "}",
  ];
}
