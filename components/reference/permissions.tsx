import lists from "./lists.module.css";
import { PageLink } from "./page-link.tsx";
import styles from "./permissions.module.css";

interface Permission {
  readonly text: string;
  readonly href: string;
}

/** What a macaroon needs for one method. `uri` is the permission that allows this method alone. */
export function PermissionLine({
  permissions,
  uri,
}: {
  readonly permissions: readonly Permission[];
  readonly uri: string;
}) {
  return (
    <p className={styles.line}>
      The macaroon needs {permissions.length > 1 && "all of "}
      <Links permissions={permissions} />, or the permission for this method alone, <code>uri:{uri}</code>.
    </p>
  );
}

/** Entities and actions; a cell leads to the permission of both, with how many methods ask for it. */
export function PermissionTable({
  actions,
  rows,
}: {
  readonly actions: readonly string[];
  readonly rows: readonly {
    readonly entity: string;
    readonly cells: readonly ((Permission & { readonly count: number }) | null)[];
  }[];
}) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Entity</th>
          {actions.map((action) => (
            <th key={action} scope="col">
              {action}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ entity, cells }) => (
          <tr key={entity}>
            <th scope="row">
              <code>{entity}</code>
            </th>
            {cells.map((cell, index) => (
              <td key={actions[index]}>
                {cell === null ? (
                  <span className={styles.none}>
                    <span aria-hidden="true">–</span>
                    <span className="visually-hidden">no method asks for it</span>
                  </span>
                ) : (
                  <>
                    <PageLink href={cell.href}>{cell.text}</PageLink>{" "}
                    <span className={styles.count}>
                      {cell.count} method{cell.count === 1 ? "" : "s"}
                    </span>
                  </>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A method, and what it asks for. */
export function PermissionRow({
  name,
  href,
  access,
  permissions,
}: {
  readonly name: string;
  readonly href: string;
  readonly access: "read" | "write";
  readonly permissions: readonly Permission[];
}) {
  return (
    <div className={lists.row}>
      <dt>
        <PageLink href={href} className={lists.link}>
          {name}
        </PageLink>
        {access === "write" && <span className={lists.write}>write</span>}
      </dt>
      <dd>
        <Links permissions={permissions} />
      </dd>
    </div>
  );
}

function Links({ permissions }: { readonly permissions: readonly Permission[] }) {
  return permissions.map(({ text, href }, index) => (
    <span key={text}>
      {index > 0 && ", "}
      <PageLink href={href}>
        <code>{text}</code>
      </PageLink>
    </span>
  ));
}
