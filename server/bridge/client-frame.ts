import type { ClientFrame } from "../../lib/call/bridge-protocol.ts";
import type { MetadataEntry } from "../../lib/call/call.ts";

/** Reads a text frame of a call's WebSocket; undefined where it is not one of the protocol. */
export function parseClientFrame(text: string): ClientFrame | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  if (value.kind === "half-close" || value.kind === "cancel") return { kind: value.kind };
  if (value.kind === "confirm") {
    return typeof value.nonce === "string" ? { kind: "confirm", nonce: value.nonce } : undefined;
  }
  if (value.kind !== "start") return undefined;
  const { metadata, deadlineMs, compression = "identity" } = value;
  if (!Array.isArray(metadata) || !metadata.every(isEntry)) return undefined;
  if (compression !== "identity" && compression !== "gzip") return undefined;
  if (deadlineMs === null) return { kind: "start", metadata, deadlineMs, compression };
  if (typeof deadlineMs !== "number" || !Number.isSafeInteger(deadlineMs)) return undefined;
  return { kind: "start", metadata, deadlineMs: Math.max(deadlineMs, 0), compression };
}

function isEntry(value: unknown): value is MetadataEntry {
  return isRecord(value) && typeof value.name === "string" && typeof value.value === "string";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
