// How each session of the product begins: as `cadenza_app`, which row security binds. It is asked of the database and not
// believed: a pooler drops what a client asks for when it connects, and so does a URL with options of its own.

import type { ClientBase } from "pg";

/** The product does not work as its role. Nothing is read: as another user it might see the rows of every team. */
export class LostRole extends Error {
  constructor(role: string) {
    super(
      `Sessions of the database work as ${role} and not as cadenza_app, so row security would not keep teams apart. ` +
        "Connect without a pooler that changes the role, and leave cadenza_app without SUPERUSER and BYPASSRLS.",
    );
  }
}

type Answer = { rows: { role: string; is_bound: boolean }[] };

/** `settings`: statements that hold for the whole session. */
export async function beginSession(client: ClientBase, settings = ""): Promise<void> {
  const answers = (await client.query(
    `set role cadenza_app; set row_security = on; ${settings}${WHO}`,
  )) as unknown as Answer[];
  const who = answers.at(-1)?.rows[0];
  if (!who?.is_bound) throw new LostRole(who?.role ?? "an unknown user");
}

const WHO = `select current_user::text as role, current_user = 'cadenza_app' and not rolsuper and not rolbypassrls as is_bound
  from pg_catalog.pg_roles where rolname = current_user`;
