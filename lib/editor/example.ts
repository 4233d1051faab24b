/** A request to start from. For a method that streams from the client: the messages of one conversation, in order. */
export interface Example {
  readonly title: string;
  readonly messages: readonly string[];
}

/**
 * The examples of a file. Each begins with a line `=== Title`; messages of one conversation have a line `---` between
 * them. A file without titles is one example.
 */
export function parseExamples(file: string): Example[] {
  // Splitting by a pattern with a group gives what stands before the first title, then title and text by turns.
  const [first = "", ...titled] = file.split(/^=== +(.+?)[ \t]*$/m);
  const examples: Example[] = [];
  const add = (title: string, text: string) => {
    const messages = text
      .split(/^---[ \t]*$/m)
      .map((message) => message.trim())
      .filter((message) => message !== "");
    if (messages.length > 0) examples.push({ title, messages });
  };
  add("Example", first);
  for (let at = 0; at < titled.length; at += 2) add(titled[at] ?? "", titled[at + 1] ?? "");
  return examples;
}
