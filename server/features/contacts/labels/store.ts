import type { Db } from "../../../db/connect.ts";
import { unlessDuplicate } from "../../../db/duplicates.ts";

export type LabelModality = "contacts" | "accounts" | "sequences";

/** Kinds of records that come to a list by name. Sequences are put on theirs by their own noun. */
export type Listed = "contacts" | "accounts";

export type LabelRow = {
  teamId: string;
  id: string;
  modality: LabelModality;
  name: string;
  userId: string | null;
  bookOfBusiness: boolean | null;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
  /** How many records are on it. */
  count: number;
};

// Counted each time: every kind of record has its own table, and a list is of one kind.
const COLUMNS = `l.team_id, l.id, l.modality, l.name, l.user_id, l.book_of_business, l.created_at, l.updated_at,
  case l.modality
    when 'contacts' then (select count(*) from contact_labels c where c.team_id = l.team_id and c.label_id = l.id)
    when 'accounts' then (select count(*) from account_labels a where a.team_id = l.team_id and a.label_id = l.id)
    else (select count(*) from sequence_labels s where s.team_id = l.team_id and s.label_id = l.id)
  end as count`;

export function listLabels(db: Db, teamId: string) {
  return db.rows<LabelRow>(
    `select ${COLUMNS} from labels l where l.team_id = $1 order by l.modality, lower(l.name), l.id`,
    [teamId],
  );
}

/** Those of the named labels that there are, by name. */
export function findLabels(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<LabelRow>(
    `select ${COLUMNS} from labels l where l.team_id = $1 and l.id = any($2::text[]) order by lower(l.name), l.id`,
    [teamId, ids],
  );
}

/** The labels of any of the given records, by name. */
export function labelsOf(db: Db, teamId: string, modality: LabelModality, recordIds: readonly string[]) {
  const { table, column } = LINKS[modality];
  return db.rows<LabelRow>(
    `select ${COLUMNS} from labels l
      where l.team_id = $1
        and l.id in (select label_id from ${table} where team_id = $1 and ${column} = any($2::text[]))
      order by lower(l.name), l.id`,
    [teamId, recordIds],
  );
}

export function findLabelsByName(db: Db, teamId: string, modality: LabelModality, names: readonly string[]) {
  return db.rows<LabelRow>(
    `select ${COLUMNS} from labels l
      where l.team_id = $1 and l.modality = $2
        and lower(l.name) in (select lower(btrim(name)) from unnest($3::text[]) as name)
      order by lower(l.name), l.id`,
    [teamId, modality, names],
  );
}

export async function lockLabel(db: Db, teamId: string, id: string) {
  const locked = await db.run("select 1 from labels where team_id = $1 and id = $2 for update", [teamId, id]);
  return locked === 0 ? null : ((await findLabels(db, teamId, [id]))[0] ?? null);
}

/** The given lists that were made at this moment. */
export async function madeAt(
  db: Db,
  teamId: string,
  modality: Listed,
  names: readonly string[],
  at: Temporal.Instant,
) {
  const rows = await db.rows<{ id: string }>(
    `select id from labels where team_id = $1 and modality = $2 and created_at = $4
        and lower(name) in (select lower(btrim(name)) from unnest($3::text[]) as name)`,
    [teamId, modality, names, at],
  );
  return rows.map(({ id }) => id);
}

type NewLabel = {
  id: string;
  modality: LabelModality;
  name: string;
  userId: string | null;
  bookOfBusiness: boolean | null;
};

/** False where a list of this name is there already. */
export async function insertLabel(db: Db, teamId: string, label: NewLabel, now: Temporal.Instant) {
  const inserted = await db.run(
    `insert into labels (team_id, id, modality, name, user_id, book_of_business, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $7)
     on conflict (team_id, modality, lower(name)) do nothing`,
    [teamId, label.id, label.modality, label.name, label.userId, label.bookOfBusiness, now],
  );
  return inserted === 1;
}

/**
 * The ids of the lists with these names; missing ones are created. Blank names are skipped.
 *
 * An existing list is only read, so that a thousand contacts a minute do not rewrite its row. A list that another
 * transaction creates at this moment is not visible yet; the empty update waits for it and takes it.
 */
export async function ensureLabels(
  db: Db,
  teamId: string,
  modality: LabelModality,
  names: readonly string[],
  userId: string | null,
  now: Temporal.Instant,
): Promise<string[]> {
  if (names.length === 0) return [];
  const rows = await db.rows<{ id: string }>(
    `with wished as (
       select distinct on (lower(btrim(name))) btrim(name) as name
         from unnest($3::text[]) with ordinality as w (name, position)
        where btrim(name) <> ''
        order by lower(btrim(name)), position
     ), known as (
       select id, name from labels
        where team_id = $1 and modality = $2 and lower(name) in (select lower(name) from wished)
     ), made as (
       insert into labels (team_id, id, modality, name, user_id, created_at, updated_at)
       select $1::text, new_ident(), $2::text, w.name, $4::text, $5::timestamptz, $5::timestamptz
         from wished w
        where lower(w.name) not in (select lower(name) from known)
        order by lower(w.name)
       on conflict (team_id, modality, lower(name)) do update set name = labels.name
       returning id, name
     )
     select id from known union all select id from made`,
    [teamId, modality, names, userId, now],
  );
  return rows.map((row) => row.id);
}

/** False where another list of its modality bears the name. The transaction can then only be given up. */
export function updateLabel(
  db: Db,
  teamId: string,
  id: string,
  change: { name: string; bookOfBusiness: boolean | null },
  now: Temporal.Instant,
) {
  return unlessDuplicate(
    db.run(
      "update labels set name = $3, book_of_business = $4, updated_at = $5 where team_id = $1 and id = $2",
      [teamId, id, change.name, change.bookOfBusiness, now],
    ),
  );
}

export async function deleteLabel(db: Db, teamId: string, id: string, userId: string, now: Temporal.Instant) {
  await db.run("delete from labels where team_id = $1 and id = $2", [teamId, id]);
  await db.run(
    `insert into tombstones (team_id, kind, id, deleted_by, deleted_at) values ($1, 'label', $2, $3, $4)
     on conflict do nothing`,
    [teamId, id, userId, now],
  );
}

type Link = { table: string; column: string; records: string };

// Names of tables and columns cannot be parameters. These are all there are.
const LINKS: Record<LabelModality, Link> = {
  contacts: { table: "contact_labels", column: "contact_id", records: "contacts" },
  accounts: { table: "account_labels", column: "account_id", records: "accounts" },
  sequences: { table: "sequence_labels", column: "sequence_id", records: "sequences" },
};

export type LabelMembership = { labelId: string; recordId: string };

/**
 * Puts every one of the records on every one of the lists. Records that are not there are passed over. Answers who was not on
 * them.
 */
export function attachLabels(
  db: Db,
  teamId: string,
  modality: Listed,
  labelIds: readonly string[],
  recordIds: readonly string[],
  now: Temporal.Instant,
) {
  const { table, column, records } = LINKS[modality];
  return db.rows<LabelMembership>(
    `insert into ${table} (team_id, label_id, ${column}, added_at)
     select $1::text, l.id, r.id, $4::timestamptz
       from labels l, ${records} r
      where l.team_id = $1 and l.modality = $5 and l.id = any($2::text[])
        and r.team_id = $1 and r.id = any($3::text[])
      order by l.id, r.id
     on conflict do nothing
     returning label_id, ${column} as record_id`,
    [teamId, labelIds, recordIds, now, modality],
  );
}

/** Answers who was on them. */
export function detachLabels(
  db: Db,
  teamId: string,
  modality: Listed,
  labelIds: readonly string[],
  recordIds: readonly string[],
) {
  const { table, column } = LINKS[modality];
  return db.rows<LabelMembership>(
    `delete from ${table}
      where team_id = $1 and label_id = any($2::text[]) and ${column} = any($3::text[])
      returning label_id, ${column} as record_id`,
    [teamId, labelIds, recordIds],
  );
}

/** Leaves each of the records on exactly these lists. */
export async function replaceLabels(
  db: Db,
  teamId: string,
  modality: Listed,
  labelIds: readonly string[],
  recordIds: readonly string[],
  now: Temporal.Instant,
) {
  const { table, column } = LINKS[modality];
  const left = await db.rows<LabelMembership>(
    `delete from ${table}
      where team_id = $1 and ${column} = any($3::text[]) and label_id <> all($2::text[])
      returning label_id, ${column} as record_id`,
    [teamId, labelIds, recordIds],
  );
  return { left, joined: await attachLabels(db, teamId, modality, labelIds, recordIds, now) };
}

/** Which of the ids are records of this kind, and of this team. */
export async function existingRecords(db: Db, teamId: string, modality: Listed, ids: readonly string[]) {
  const { records } = LINKS[modality];
  const rows = await db.rows<{ id: string }>(
    `select id from ${records} where team_id = $1 and id = any($2::text[]) order by id`,
    [teamId, ids],
  );
  return rows.map((row) => row.id);
}
