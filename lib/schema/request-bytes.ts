import type { JsonValue } from "@bufbuild/protobuf";
import type { Node } from "jsonc-parser";
import { bytesLensNames, decodeBytes, splitLens, type WrittenBytes } from "./bytes-lens.ts";
import { fromBase64, fromHex, toBase64 } from "./bytes-text.ts";
import { nodeKind, type Reading, sourceOf } from "./request-reading.ts";

/** The `bytes` value being read. */
interface Place {
  readonly reading: Reading;
  readonly node: Node;
  readonly name: string;
  readonly path: string;
}

/**
 * Base64 of a `bytes` value that is written in the reading's form or with a lens of its own, or undefined after a problem
 * was reported.
 */
export function bytesValue(reading: Reading, node: Node, name: string, path: string): JsonValue | undefined {
  const place = { reading, node, name, path };
  if (node.type !== "string") {
    const form = reading.bytes === "hex" ? "hex digits" : "base64";
    const message = `${name} is bytes: write ${form} in double quotes, not ${nodeKind(node)}.`;
    return reading.report({ code: "wrong-type", message, node, path });
  }
  const text = String(node.value);
  const written = splitLens(text, reading.bytes);
  const bytes = decodeBytes(written.lens, written.body);
  if (bytes === null) return refused(place, written);
  if (!written.prefixed && written.lens !== "hex") warnOfHex(place, text);
  reading.bytesRead.push({ node, path, written, bytes });
  return toBase64(bytes);
}

function refused(place: Place, written: WrittenBytes): undefined {
  const colon = written.body.indexOf(":");
  const lower = written.body.slice(0, colon).toLowerCase();
  if (!written.prefixed && bytesLensNames.some((name) => name === lower)) {
    const text = lower + written.body.slice(colon);
    return bad(place, `The prefix of ${place.name} is written ${lower}: in lower case.`, { text });
  }
  switch (written.lens) {
    case "hex":
      return refusedHex(place, written);
    case "base64":
    case "base64url":
      return refusedBase64(place, written);
    case "text":
      return bad(place, `${place.name} holds half of a surrogate pair, which UTF-8 cannot encode.`);
    case "txid":
      return refusedTxid(place, written.body);
  }
}

function refusedHex(place: Place, { body, prefixed }: WrittenBytes): undefined {
  const { name, reading, node } = place;
  const start = prefixed ? "hex:" : "";
  const outpoint = /^([0-9a-fA-F]{64}):\d{1,10}$/.exec(body);
  if (outpoint !== null && !prefixed) {
    const message = `${name} is bytes, and this looks like a transaction id with an output's number: keep the id alone.`;
    return bad(place, message, { title: "Write it as txid:…", text: `txid:${outpoint[1]}` });
  }
  const bare = body.replace(/^0x/i, "").replaceAll(/[\s:]/g, "");
  if (bare !== body && fromHex(bare) !== null) {
    return bad(place, `${name} is hex without 0x, colons or spaces.`, { text: start + bare });
  }
  if (/^[0-9a-fA-F]*$/.test(body)) {
    const message = `${name} has ${body.length} hex digits: each byte takes two, so one is missing or too many.`;
    return bad(place, message);
  }
  if (body.length >= 4 && fromBase64(body) !== null) {
    const lens = /[-_]/.test(body) ? "base64url" : "base64";
    const message = `${name} is written in hex here, and this looks like base64: write "${lens}:…", or switch bytes to base64.`;
    return bad(place, message, { title: `Write ${lens}:…`, text: `${lens}:${body}` });
  }
  const at = body.search(/[^0-9a-fA-F]/);
  const character = JSON.stringify(String.fromCodePoint(body.codePointAt(at) ?? 0));
  const words = isText(body);
  const hint = words ? ' A text is written "text:…".' : "";
  const message = `${name} is hex: ${character} is no hex digit (0–9, a–f).${hint}`;
  const literal = sourceOf(reading, node) === JSON.stringify(start + body);
  const where = literal ? { offset: node.offset + 1 + start.length + at, length: 1 } : {};
  const fix = words ? { title: "Write text:…", replacement: JSON.stringify(`text:${body}`) } : {};
  return reading.report({ code: "bytes", message, node, path: place.path, ...where, ...fix });
}

/** Whether it reads as words, and not as hex with a slip in it. */
function isText(body: string): boolean {
  const others = body.replaceAll(/[0-9a-fA-F]/g, "").length;
  return body.length <= 100 && others * 3 >= body.length;
}

function refusedBase64(place: Place, { body, lens, prefixed }: WrittenBytes): undefined {
  const { name } = place;
  const asHex = body.length >= 32 ? fromHex(body) : null;
  const what = lens === "base64url" ? "letters, digits, - and _" : "letters, digits, + and /";
  if (asHex === null || prefixed) return bad(place, `${name} is no base64: ${what}, padded with =.`);
  const message = `${name} is written in base64 here, and this looks like hex: write "hex:…", or switch bytes to hex.`;
  return bad(place, message, { title: "Write hex:…", text: `hex:${body}` });
}

function refusedTxid(place: Place, body: string): undefined {
  const { name } = place;
  const id = /^([0-9a-fA-F]{64}):\d{1,10}$/.exec(body)?.[1];
  if (id !== undefined) {
    const message = `${name} is a transaction id: take the output's number off its end.`;
    return bad(place, message, { text: `txid:${id}` });
  }
  const digits = /^[0-9a-fA-F]*$/.test(body) ? `this has ${body.length}` : "0–9 and a–f";
  return bad(place, `${name} is written as a transaction id: 64 hex digits, ${digits}.`);
}

/** Hex of some length is base64 as well, of something else. */
function warnOfHex({ reading, node, name, path }: Place, text: string): void {
  if (text.length < 32 || fromHex(text) === null) return;
  const message = `${name} is read as base64, and this looks like hex: write "hex:…", or switch bytes to hex.`;
  const fix = { title: "Write hex:…", replacement: JSON.stringify(`hex:${text}`) };
  reading.report({ code: "bytes", severity: "warning", message, node, path, ...fix });
}

function bad(
  { reading, node, path }: Place,
  message: string,
  fix?: { readonly title?: string; readonly text: string },
): undefined {
  const title = fix?.title === undefined ? {} : { title: fix.title };
  const replacement = fix === undefined ? {} : { replacement: JSON.stringify(fix.text), ...title };
  return reading.report({ code: "bytes", message, node, path, ...replacement });
}
