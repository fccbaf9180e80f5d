// What the database says about the versions of Cadenza: which one migrated it last, and which migration a version has to have to work
// with it. It is the comment of the list of migrations, so that versions from before find the list as it was.

import pg from "pg";
import { VERSION } from "../kernel/version.ts";

type LevelNote = { version: string; needs: number };

export async function readNote(client: pg.Client): Promise<LevelNote | null> {
  const { rows } = await client.query<{ note: string | null }>(
    "select obj_description('public.schema_migrations'::regclass) as note",
  );
  return noteIn(rows[0]?.note ?? null);
}

export function noteIn(text: string | null): LevelNote | null {
  const [, version, needs] = /^Cadenza (\S+), needs migration (\d+)$/.exec(text ?? "") ?? [];
  return version && needs ? { version, needs: Number(needs) } : null;
}

/** In the transaction of what it is about. */
export async function writeNote(client: pg.Client, needs: number) {
  const text = `Cadenza ${VERSION ?? "unknown"}, needs migration ${needs}`;
  await client.query(`comment on table schema_migrations is ${pg.escapeLiteral(text)}`);
}
