import { assertNever } from "../../lib/call/assert-never.ts";
import { unset } from "../../lib/form/edit-form.ts";
import { type FormRow, pathKey } from "../../lib/form/form.ts";
import { BytesControl } from "./bytes-control.tsx";
import styles from "./form.module.css";
import { useForm } from "./form-context.ts";
import { ListRow, MapRow } from "./list-row.tsx";
import { AnyRow, MessageRow } from "./message-row.tsx";
import { OneofRow } from "./oneof-row.tsx";
import { Help, helpIds, RowHead } from "./row-parts.tsx";
import {
  BoolControl,
  EnumControl,
  JsonControl,
  NumberControl,
  TextControl,
  UnfitControl,
} from "./value-controls.tsx";

type Row = Exclude<FormRow, { kind: "oneof" }>;

/** One field of a message. */
export function FieldRow({ row }: { readonly row: FormRow }) {
  switch (row.kind) {
    case "oneof":
      return <OneofRow row={row} />;
    case "message":
      return <MessageRow row={row} />;
    case "any":
      return <AnyRow row={row} />;
    case "list":
      return <ListRow row={row} />;
    case "map":
      return <MapRow row={row} />;
    default:
      return (
        <div className={styles.row} data-row={pathKey(row.path)} data-presence={row.presence}>
          <RowHead row={row} />
          <ValueControl row={row} />
          <Help row={row} />
        </div>
      );
  }
}

/** What a single value is typed or chosen with. */
export function ValueControl({ row, label }: { readonly row: Row; readonly label?: string }) {
  const { idOf, setOpen, change } = useForm();
  const shared = {
    id: idOf(row.path),
    label,
    describedBy: helpIds(row, idOf),
    onTouch: () => setOpen(`${pathKey(row.path)}#touched`, true),
    onUnset: () => change((text, options) => unset(text, options, row.path)),
  };
  switch (row.kind) {
    case "number":
      return <NumberControl {...shared} row={row} />;
    case "string":
    case "timestamp":
    case "duration":
    case "field-mask":
      return <TextControl {...shared} row={row} />;
    case "bytes":
      return <BytesControl {...shared} row={row} />;
    case "bool":
      return <BoolControl {...shared} row={row} />;
    case "enum":
      return <EnumControl {...shared} row={row} />;
    case "json":
      return <JsonControl {...shared} row={row} />;
    case "unfit":
      return <UnfitControl {...shared} row={row} />;
    case "message":
    case "any":
    case "list":
    case "map":
      return null;
    default:
      return assertNever(row);
  }
}
