import { type DescField, type DescMessage, type Message, ScalarType } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import type { BytesForm } from "../../lib/call/call.ts";

/**
 * A message as somebody might type it: names in either style, integers bare, in quotes or with an exponent, enums by name
 * or number, bytes in the request's form or with any lens that can say them, comments, blanks, commas too many, nulls.
 * Written with Node's own means, not with the project's.
 */
export function editorText(
  desc: DescMessage,
  message: Message,
  random: () => number,
  form: BytesForm,
): string {
  return new Typist(random, form).message(reflect(desc, message, false));
}

class Typist {
  readonly #random: () => number;
  readonly #form: BytesForm;

  constructor(random: () => number, form: BytesForm) {
    this.#random = random;
    this.#form = form;
  }

  message(message: ReflectMessage): string {
    const members: string[] = [];
    for (const field of message.fields) {
      const name = JSON.stringify(this.#chance(0.5) ? field.name : field.jsonName);
      if (message.isSet(field)) members.push(`${name}:${this.#blank()}${this.#field(message, field)}`);
      else if (this.#chance(0.05) && field.enum?.typeName !== "google.protobuf.NullValue")
        members.push(`${name}: null`);
    }
    return this.#join("{", members, "}");
  }

  #field(message: ReflectMessage, field: DescField): string {
    switch (field.fieldKind) {
      case "list":
        return this.#join(
          "[",
          Array.from(message.get(field), (item) => this.#value(field, item)),
          "]",
        );
      case "map":
        return this.#join(
          "{",
          Array.from(
            message.get(field),
            ([key, item]) => `${JSON.stringify(String(key))}: ${this.#value(field, item)}`,
          ),
          "}",
        );
      default:
        return this.#value(field, message.get(field));
    }
  }

  #value(field: DescField, value: unknown): string {
    if (field.message !== undefined) return this.message(value as ReflectMessage);
    if (field.enum !== undefined) {
      const name = field.enum.values.find(({ number }) => number === value)?.name;
      return name === undefined || this.#chance(0.3) ? String(value) : JSON.stringify(name);
    }
    return this.#scalar(field.scalar, value);
  }

  #scalar(type: ScalarType, value: unknown): string {
    switch (type) {
      case ScalarType.BOOL:
        return String(value);
      case ScalarType.STRING:
        return this.#string(value as string);
      case ScalarType.BYTES:
        return this.#string(this.#bytes(Buffer.from(value as Uint8Array)));
      case ScalarType.FLOAT:
      case ScalarType.DOUBLE:
        return this.#float(value as number);
      default:
        return this.#integer(BigInt(value as number | bigint));
    }
  }

  #integer(value: bigint): string {
    const digits = value.toString();
    const zeros = /^(-?[1-9]\d*?)(0+)$/.exec(digits);
    const source =
      zeros !== null && this.#chance(0.5)
        ? `${zeros[1]}e${zeros[2]?.length}`
        : this.#chance(0.1)
          ? `${digits}.0`
          : digits;
    return this.#chance(0.4) ? `"${source}"` : source;
  }

  #float(value: number): string {
    if (!Number.isFinite(value)) return `"${value}"`;
    const digits = Object.is(value, -0) ? "-0" : String(value).replace("e+", this.#chance(0.5) ? "E" : "e+");
    return this.#chance(0.2) ? `"${digits}"` : digits;
  }

  #bytes(bytes: Buffer): string {
    const written: Record<string, string> = {
      hex: bytes.toString("hex"),
      base64: bytes.toString("base64"),
      base64url: bytes.toString("base64url"),
    };
    if (this.#chance(0.5)) return written[this.#form] ?? "";
    if (bytes.length === 32) written.txid = Buffer.from(bytes).reverse().toString("hex");
    const text = bytes.toString("utf8");
    if (Buffer.from(text, "utf8").equals(bytes)) written.text = text;
    if (this.#chance(0.3)) written.hex = written.hex?.toUpperCase() ?? "";
    const lenses = Object.entries(written);
    const [lens, body] = lenses[Math.floor(this.#random() * lenses.length)] ?? ["hex", ""];
    return `${lens}:${body}`;
  }

  /** A JSON string, with some characters escaped that need not be. */
  #string(text: string): string {
    const source = JSON.stringify(text);
    if (source.includes("\\") || !this.#chance(0.2)) return source;
    return source.replace(/[a-z](?=[a-z ]*"$)/, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`);
  }

  #join(open: string, members: readonly string[], close: string): string {
    const items = members.map((member) => this.#blank() + member);
    const comma = items.length > 0 && this.#chance(0.3) ? "," : "";
    return `${open}${items.join(`${this.#blank()},`)}${comma}${this.#blank()}${close}`;
  }

  #blank(): string {
    const blanks = ["", "", "", " ", "\n  ", "\t", '// one { line " of words\n', "/* some, [ */"];
    return blanks[Math.floor(this.#random() * blanks.length)] ?? "";
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }
}
