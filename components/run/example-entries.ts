import type { MenuEntry } from "./menu-button.tsx";
import { loadMethodSchema } from "./method-schema.ts";
import type { RequestState } from "./use-request.ts";

/** What the editor may start from: the method's examples, every field, nothing; and back to what it started from. */
export function exampleEntries(request: RequestState, onProblem: (message: string) => void): MenuEntry[] {
  const { examples, example, step, edited, method } = request;

  async function layAllFields() {
    try {
      const [{ allFields }, schema] = await Promise.all([
        import("../../lib/editor/all-fields.ts"),
        loadMethodSchema(method),
      ]);
      request.load({ text: allFields(schema.method.input, schema.docs), bytes: "hex" });
    } catch (cause) {
      onProblem(`The fields could not be loaded: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  }

  return [
    { kind: "heading", label: "Examples" },
    ...examples.flatMap(({ title, messages }, index) =>
      messages.map((_, at): MenuEntry => {
        const count = messages.length;
        return {
          kind: "item",
          label: at === 0 ? title : `… message ${at + 1}`,
          ...(at === 0 && count > 1 ? { detail: `${count} messages` } : {}),
          checked: !edited && index === example && at === step,
          onChoose: () => request.choose(index, at),
        };
      }),
    ),
    { kind: "heading", label: "Start from" },
    { kind: "item", label: "All fields", onChoose: () => void layAllFields() },
    { kind: "item", label: "Empty", onChoose: () => request.load({ text: "{}", bytes: request.bytes }) },
    {
      kind: "item",
      label: "Reset",
      detail: edited ? "to the example" : "nothing is changed",
      disabled: !edited,
      onChoose: request.reset,
    },
  ];
}
