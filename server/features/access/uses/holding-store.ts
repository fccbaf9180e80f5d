// Where one caller saves a thing that names others, while another deletes one of those, one of them waits, and sees
// what the other did.

import type { Db } from "../../../db/connect.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { NOUNS, type Noun } from "./places-store.ts";

const TABLES = Object.keys(NOUNS) as Noun[];

/** Alone: what is being saved that names it is waited for, and found by the search for uses that follows. */
export function holdForDeleting(db: Db, teamId: string, noun: Noun, id: string) {
  return db.run(`select from ${noun} where team_id = $1 and id = $2 for update`, [teamId, id]);
}

/** Shared with all who name it: it stays until this is saved. What is deleted at this very moment is refused. */
export async function holdNamed(db: Db, teamId: string, what: unknown) {
  const ids = [...new Set(JSON.stringify(what ?? null).match(/\b[0-9a-f]{24}\b/g) ?? [])];
  if (ids.length === 0) return;
  const there = await db.rows<{ id: string }>(namedSql(""), [teamId, ids]);
  const held = await db.rows<{ id: string }>(namedSql("for key share"), [teamId, ids]);
  const stays = new Set(held.map(({ id }) => id));
  const gone = there.find(({ id }) => !stays.has(id));
  if (gone) throw new Refusal("unknown_id", { value: gone.id });
}

function namedSql(lock: string) {
  const parts = TABLES.map(
    (table) =>
      `${table}_named as (select id from ${table} where team_id = $1 and id = any($2::text[]) order by id ${lock})`,
  );
  return `with ${parts.join(", ")} ${TABLES.map((table) => `select id::text from ${table}_named`).join(" union all ")}`;
}
