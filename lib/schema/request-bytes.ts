import type { JsonValue } from "@bufbuild/protobuf";
import type { Node } from "jsonc-parser";
import { fromBase64, fromHex, toBase64, toHex } from "./bytes-text.ts";
import { nodeKind, type Reading, sourceOf } from "./request-reading.ts";

/** Base64 of a `bytes` value that is written in the reading's form, or undefined after a problem was reported. */
export function bytesValue(reading: Reading, node: Node, name: string, path: string): JsonValue | undefined {
  if (node.type !== "string") {
    const form = reading.bytes === "hex" ? "hex digits" : "base64";
    const message = `${name} is bytes: write ${form} in double quotes, not ${nodeKind(node)}.`;
    return reading.report({ code: "wrong-type", message, node, path });
  }
  const written = String(node.value);
  const base64 =
    reading.bytes === "hex"
      ? hexValue(reading, written, node, name, path)
      : base64Value(reading, written, node, name, path);
  if (base64 !== undefined) reading.bytesRead.push({ node, base64 });
  return base64;
}

function hexValue(
  reading: Reading,
  written: string,
  node: Node,
  name: string,
  path: string,
): string | undefined {
  const bytes = fromHex(written);
  if (bytes !== null) return toBase64(bytes);
  const bare = written.replace(/^0x/i, "").replaceAll(/[\s:]/g, "");
  if (bare !== written && fromHex(bare) !== null) {
    const message = `${name} is hex without 0x, colons or spaces.`;
    return reading.report({ code: "bytes", message, node, path, replacement: JSON.stringify(bare) });
  }
  if (/^[0-9a-fA-F]*$/.test(written)) {
    const message = `${name} has ${written.length} hex digits: each byte takes two, so one is missing or too many.`;
    return reading.report({ code: "bytes", message, node, path });
  }
  const asBase64 = written.length >= 4 ? fromBase64(written) : null;
  if (asBase64 !== null) {
    const message = `${name} is written in hex here, and this looks like base64: write it as hex, or switch bytes to base64.`;
    const fix = { title: "Turn it into hex", replacement: JSON.stringify(toHex(asBase64)) };
    return reading.report({ code: "bytes", message, node, path, ...fix });
  }
  const at = written.search(/[^0-9a-fA-F]/);
  const character = JSON.stringify(String.fromCodePoint(written.codePointAt(at) ?? 0));
  const message = `${name} is hex: ${character} is no hex digit (0–9, a–f).`;
  const literal = sourceOf(reading, node) === JSON.stringify(written);
  const place = literal ? { offset: node.offset + 1 + at, length: 1 } : {};
  return reading.report({ code: "bytes", message, node, path, ...place });
}

function base64Value(
  reading: Reading,
  written: string,
  node: Node,
  name: string,
  path: string,
): string | undefined {
  const asHex = written.length >= 32 ? fromHex(written) : null;
  const hexFix =
    asHex === null ? {} : { title: "Turn it into base64", replacement: JSON.stringify(toBase64(asHex)) };
  const hint = "this looks like hex: write it as base64, or switch bytes to hex.";
  const bytes = fromBase64(written);
  if (bytes === null) {
    const message = `${name} is ${asHex === null ? "no base64: letters, digits, + and /, padded with =." : `written in base64 here, and ${hint}`}`;
    return reading.report({ code: "bytes", message, node, path, ...hexFix });
  }
  if (asHex !== null) {
    const message = `${name} is read as base64, and ${hint}`;
    reading.report({ code: "bytes", severity: "warning", message, node, path, ...hexFix });
  }
  return toBase64(bytes);
}
