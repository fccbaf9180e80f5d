// Refuses a database that may forget what it has acknowledged. We tell a caller "done" when COMMIT returns, and mails
// are sent on the strength of it, so a power cut must not undo it. Used for our own server and for external ones.
// Easy to get wrong: `synchronous_commit` has four values that are safe against a crash of this machine, not one.

import type { ClientBase } from "pg";

const SAFE_VALUES: Readonly<Record<string, readonly string[]>> = {
  fsync: ["on"],
  full_page_writes: ["on"],
  synchronous_commit: ["on", "remote_apply", "remote_write", "local"],
};

export class UnsafeDatabase extends Error {
  override readonly name = "UnsafeDatabase";
  readonly setting: string;

  constructor(setting: string, value: string) {
    super(
      `The database runs with ${setting} = ${value}, so a crash could lose or damage data it has already confirmed. ` +
        `Set ${setting} = on (ALTER SYSTEM RESET ${setting}, or edit postgresql.conf) and restart the database.`,
    );
    this.setting = setting;
  }
}

/** Throws `UnsafeDatabase` unless what this session commits survives a crash. */
export async function refuseUnsafeSettings(client: Pick<ClientBase, "query">): Promise<void> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    "select name, setting from pg_catalog.pg_settings where name = any($1) order by name",
    [Object.keys(SAFE_VALUES)],
  );
  for (const { name, setting } of rows) {
    if (!SAFE_VALUES[name]?.includes(setting)) throw new UnsafeDatabase(name, setting);
  }
}
