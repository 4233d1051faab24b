/** 64 bits of two multiplicative hashes over the characters of texts and where each ends, in base 36, and how many those are. */
export function hashTexts(texts: Iterable<string>): string {
  let a = 0xdeadbeef | 0;
  let b = 0x41c6ce57 | 0;
  let length = 0;
  for (const text of texts) {
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      a = Math.imul(a ^ unit, 0x9e3779b1);
      b = Math.imul(b ^ unit, 0x5f356495);
    }
    a = Math.imul(a ^ 0x10000, 0x9e3779b1);
    b = Math.imul(b ^ 0x10000, 0x5f356495);
    length += text.length;
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return `${(a >>> 0).toString(36)}.${(b >>> 0).toString(36)}.${length.toString(36)}`;
}
