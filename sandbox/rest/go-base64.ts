/** Bytes, or the offset at which the text stops being base64. */
export type Base64Reading = { readonly bytes: Uint8Array } | { readonly offset: number };

const STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL_SAFE = `${STANDARD.slice(0, 62)}-_`;

/**
 * Reads base64 with its padding as Go does, line breaks between the characters aside, and says where Go would complain.
 * `padding: false` wants none, as `RawStdEncoding`.
 */
function readBase64(
  text: string,
  { urlSafe, padding = true }: { urlSafe: boolean; padding?: boolean },
): Base64Reading {
  const alphabet = urlSafe ? URL_SAFE : STANDARD;
  const bytes: number[] = [];
  let at = 0;
  const skipBreaks = () => {
    while (text[at] === "\n" || text[at] === "\r") at++;
  };
  for (;;) {
    const quantum: number[] = [];
    while (quantum.length < 4) {
      skipBreaks();
      if (at === text.length) {
        if (quantum.length === 0) return { bytes: Uint8Array.from(bytes) };
        if (quantum.length === 1 || padding) return { offset: at - quantum.length };
        return { bytes: Uint8Array.from([...bytes, ...unpack(quantum)]) };
      }
      const char = text[at++] ?? "";
      const value = alphabet.indexOf(char);
      if (value >= 0) {
        quantum.push(value);
        continue;
      }
      if (char !== "=" || !padding || quantum.length < 2) return { offset: at - 1 };
      if (quantum.length === 2) {
        skipBreaks();
        if (at === text.length) return { offset: text.length };
        if (text[at] !== "=") return { offset: at };
        at++;
      }
      skipBreaks();
      return at < text.length ? { offset: at } : { bytes: Uint8Array.from([...bytes, ...unpack(quantum)]) };
    }
    bytes.push(...unpack(quantum));
  }
}

/** Bytes of a path or query as the gateway reads them: standard base64 first, then the form that is safe in URLs. */
export function readUrlBytes(text: string): Base64Reading {
  const standard = readBase64(text, { urlSafe: false });
  return "bytes" in standard ? standard : readBase64(text, { urlSafe: true });
}

/** Bytes of a JSON string as protojson reads them: either alphabet, with padding or without. */
export function readJsonBytes(text: string): Uint8Array | undefined {
  const reading = readBase64(text, { urlSafe: /[-_]/.test(text), padding: text.length % 4 === 0 });
  return "bytes" in reading ? reading.bytes : undefined;
}

function unpack(quantum: readonly number[]): number[] {
  const [a = 0, b = 0, c = 0, d = 0] = quantum;
  const all = [(a << 2) | (b >> 4), ((b & 15) << 4) | (c >> 2), ((c & 3) << 6) | d];
  return all.slice(0, quantum.length - 1);
}
