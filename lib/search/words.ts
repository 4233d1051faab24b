/** The words of a name or text, lower-case: those of `rate_fixed`, `rateFixed` and `Rate fixed` are `rate` and `fixed`. */
export function words(text: string): string[] {
  return (
    text
      .replace(/(\p{Ll}|\d)(\p{Lu})/gu, "$1 $2")
      .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** Whether one word becomes the beginning of the other by one letter added, left out, changed, or swapped with the next. */
export function isNear(typed: string, word: string): boolean {
  let at = 0;
  while (at < typed.length && typed[at] === word[at]) at++;
  if (at === typed.length) return true;
  const rest = typed.slice(at);
  return (
    word.startsWith(rest.slice(1), at) ||
    word.startsWith(rest, at + 1) ||
    word.startsWith(rest.slice(1), at + 1) ||
    (rest.length > 1 && word.startsWith(`${rest[1]}${rest[0]}${rest.slice(2)}`, at))
  );
}
