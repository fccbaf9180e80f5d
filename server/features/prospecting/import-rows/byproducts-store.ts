// What an import made or changed besides the records of its rows.

import type { Db } from "../../../db/connect.ts";

export type ByproductKind = "account" | "organization" | "job_posting" | "article" | "label";

export type Byproduct = {
  kind: ByproductKind;
  recordId: string;
  wasMade: boolean;
  /** Before and after, first to last; of an article, the companies it was linked to. */
  differences: readonly unknown[];
};

export type ByproductRow = Byproduct & { touchedAt: Temporal.Instant };

/** Told once more of the same record, only what that changed is added. */
export async function noteByproducts(
  db: Db,
  teamId: string,
  importId: string,
  rows: readonly Byproduct[],
  now: Temporal.Instant,
) {
  if (rows.length === 0) return;
  const once = new Map<string, Byproduct>();
  for (const row of rows) {
    const key = `${row.kind} ${row.recordId}`;
    const known = once.get(key);
    once.set(key, known ? { ...known, wasMade: known.wasMade || row.wasMade } : row);
  }
  await db.run(
    `insert into import_byproducts as b (team_id, import_id, kind, record_id, was_made, differences, touched_at)
     select $1, $2, kind, "recordId", "wasMade", differences, $4
       from jsonb_to_recordset($3::jsonb) as g (kind text, "recordId" text, "wasMade" boolean, differences jsonb)
     on conflict (team_id, import_id, kind, record_id)
     do update set differences = b.differences || excluded.differences, touched_at = excluded.touched_at`,
    [teamId, importId, JSON.stringify([...once.values()]), now],
  );
}

/**
 * By-products of this import that it is about to report again. They are still its own, unless another import has
 * reported them since. Must be asked before that is written.
 */
export async function keepToldAgain(
  db: Db,
  teamId: string,
  importId: string,
  told: { source: string; postings: readonly string[]; articles: readonly string[] },
  now: Temporal.Instant,
) {
  const own = "b.team_id = $1 and b.import_id = $2";
  if (told.postings.length > 0)
    await db.run(
      `update import_byproducts b set touched_at = $5 from job_postings j
        where ${own} and b.kind = 'job_posting' and j.team_id = $1 and j.id = b.record_id
          and j.source = $3 and j.external_id = any($4::text[]) and j.last_seen_at <= b.touched_at`,
      [teamId, importId, told.source, told.postings, now],
    );
  if (told.articles.length > 0)
    await db.run(
      `update import_byproducts b set touched_at = $5 from news_articles n
        where ${own} and b.kind = 'article' and n.team_id = $1 and n.id = b.record_id
          and n.source = $3 and n.external_id = any($4::text[]) and n.told_at <= b.touched_at`,
      [teamId, importId, told.source, told.articles, now],
    );
}

/** The next by-products of these kinds that no undo has tried yet. */
export function nextByproducts(
  db: Db,
  teamId: string,
  importId: string,
  kinds: readonly ByproductKind[],
  limit: number,
) {
  return db.rows<ByproductRow>(
    `select kind, record_id, was_made, differences, touched_at from import_byproducts
      where team_id = $1 and import_id = $2 and kind = any ($3::text[]) and undone is null
      order by kind, record_id
      limit $4`,
    [teamId, importId, kinds, limit],
  );
}

/** What was left alone is looked at once more. */
export function tryByproductsAgain(db: Db, teamId: string, importId: string) {
  return db.run(
    "update import_byproducts set undone = null where team_id = $1 and import_id = $2 and undone <> 'undone'",
    [teamId, importId],
  );
}

export function noteByproductsUndone(
  db: Db,
  teamId: string,
  importId: string,
  undone: readonly { kind: ByproductKind; recordId: string; code: string }[],
) {
  return db.run(
    `update import_byproducts b set undone = u.code
       from jsonb_to_recordset($3::jsonb) as u (kind text, "recordId" text, code text)
      where b.team_id = $1 and b.import_id = $2 and b.kind = u.kind and b.record_id = u."recordId"`,
    [teamId, importId, JSON.stringify(undone)],
  );
}

export function deleteOldByproducts(db: Db, teamId: string, before: Temporal.Instant) {
  return db.run(
    `delete from import_byproducts where team_id = $1
        and import_id in (select id from imports where team_id = $1 and created_at < $2)`,
    [teamId, before],
  );
}
