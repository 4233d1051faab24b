import { fittingRecents } from "../../lib/editor/fit-recents.ts";
import type { FormPath } from "../../lib/form/form.ts";
import { fieldAt } from "../../lib/form/read-form.ts";
import { useForm } from "./form-context.ts";

/** Values of earlier replies that the field can take, as its input writes them: `trader_key of account 2`. */
export function SeenValues({ id, path }: { readonly id: string; readonly path: FormPath }) {
  const fitting = useFitting(path);
  if (fitting.length === 0) return null;
  return (
    <datalist id={id}>
      {fitting.map(({ value, recent }) => (
        <option key={value} value={value} label={recent.label} />
      ))}
    </datalist>
  );
}

/** The same values alone. */
export function useSeenValues(path: FormPath): readonly string[] {
  return useFitting(path).map(({ value }) => value);
}

function useFitting(path: FormPath) {
  const { form, facts } = useForm();
  const { recents } = facts;
  const field = recents.length === 0 ? null : fieldAt(form, path);
  if (field === null) return [];
  const fitting = fittingRecents(recents, field, form.options.docs, form.options.bytes);
  // One value can have been seen in several places.
  return fitting.filter(({ value }, at) => fitting.findIndex((other) => other.value === value) === at);
}
