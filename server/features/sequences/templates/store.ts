import type { Db } from "../../../db/connect.ts";

export type TemplateValues = {
  id: string;
  name: string | null;
  userId: string | null;
  subject: string | null;
  bodyHtml: string | null;
  bodyText: string | null;
  isGlobal: boolean;
  folderId: string | null;
  creationType: string;
};

export type TemplateRow = TemplateValues & {
  archivedAt: Temporal.Instant | null;
  createdAt: Temporal.Instant;
  starredBy: string[];
};

const COLUMNS = `t.id, t.name, t.user_id, t.subject, t.body_html, t.body_text, t.is_global, t.folder_id, t.creation_type,
  t.archived_at, t.created_at,
  array(select r.user_id from template_stars r where r.team_id = t.team_id and r.template_id = t.id order by 1) as starred_by`;

export function findTemplates(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<TemplateRow>(
    `select ${COLUMNS} from templates t where t.team_id = $1 and t.id = any($2::text[])`,
    [teamId, ids],
  );
}

export function lockTemplates(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<TemplateRow>(
    `select ${COLUMNS} from templates t where t.team_id = $1 and t.id = any($2::text[]) order by t.id for no key update`,
    [teamId, ids],
  );
}

/** The mails of a sequence, those of its earlier versions too. One by one, or a plan made while there were few would compare all with all. */
export function templatesOf(db: Db, teamId: string, sequenceId: string) {
  return db.rows<TemplateRow>(
    `select ${COLUMNS} from templates t
      where t.team_id = $1
        and t.id = any (array(
              select u.template_id
                from sequence_steps p
               cross join lateral (select o.template_id from step_touches o
                                    where o.team_id = p.team_id and o.step_id = p.id offset 0) u
               where p.team_id = $1 and p.sequence_id = $2))
      order by t.created_at, t.id`,
    [teamId, sequenceId],
  );
}

/** The sequences that use a template. */
export async function sequencesUsing(db: Db, teamId: string, templateId: string) {
  const rows = await db.rows<{ id: string }>(
    `select distinct p.sequence_id as id from step_touches u
       join sequence_steps p on p.team_id = u.team_id and p.id = u.step_id
      where u.team_id = $1 and u.template_id = $2
      order by 1`,
    [teamId, templateId],
  );
  return rows.map(({ id }) => id);
}

/** Whether it is the text of an earlier version of a sequence. */
export async function isKept(db: Db, teamId: string, templateId: string) {
  const row = await db.row(
    `select from step_touches u join sequence_steps p on p.team_id = u.team_id and p.id = u.step_id and p.version_id is not null
      where u.team_id = $1 and u.template_id = $2 limit 1`,
    [teamId, templateId],
  );
  return row !== null;
}

type TemplateSearch = {
  nameWords: readonly string[];
  words: readonly string[];
  folderId: string | null;
  isArchived: boolean;
  viewer: { userId: string; isAdmin: boolean };
  limit: number;
  offset: number;
};

export async function searchTemplates(
  db: Db,
  teamId: string,
  search: TemplateSearch,
): Promise<{ templates: TemplateRow[]; total: number }> {
  const templates = await db.rows<TemplateRow & { total: number }>(
    `select ${COLUMNS}, count(*) over () as total from templates t
      where t.team_id = $1 and t.name is not null
        and not exists (select from unnest($2::text[]) as w where position(lower(w) in lower(t.name)) = 0)
        and not exists (select from unnest($3::text[]) as w
                         where position(lower(w) in lower(concat_ws(' ', t.name, t.subject, t.body_text))) = 0)
        and ($4::text is null or t.folder_id = $4)
        and $5 = (t.archived_at is not null)
        and ($6 or t.is_global or t.user_id = $7)
      order by t.created_at desc, t.id desc
      limit $8 offset $9`,
    [
      teamId,
      search.nameWords,
      search.words,
      search.folderId,
      search.isArchived,
      search.viewer.isAdmin,
      search.viewer.userId,
      search.limit,
      search.offset,
    ],
  );
  if (templates.length > 0 || search.offset === 0) return { templates, total: templates[0]?.total ?? 0 };
  const { total } = await searchTemplates(db, teamId, { ...search, limit: 1, offset: 0 });
  return { templates: [], total };
}

/** Writes any number of templates as they are to be, new ones and known ones. */
export function saveTemplates(
  db: Db,
  teamId: string,
  templates: readonly TemplateValues[],
  now: Temporal.Instant,
) {
  return db.run(
    `insert into templates (team_id, id, name, user_id, subject, body_html, body_text, is_global, folder_id, creation_type,
                            created_at, updated_at)
     select $1::text, v."id", v."name", v."userId", v."subject", v."bodyHtml", v."bodyText", v."isGlobal", v."folderId",
            v."creationType", $3::timestamptz, $3::timestamptz
       from jsonb_to_recordset($2::jsonb) as v ("id" text, "name" text, "userId" text, "subject" text, "bodyHtml" text,
            "bodyText" text, "isGlobal" boolean, "folderId" text, "creationType" text)
     on conflict (team_id, id) do update set
       name = excluded.name, subject = excluded.subject, body_html = excluded.body_html, body_text = excluded.body_text,
       is_global = excluded.is_global, folder_id = excluded.folder_id, creation_type = excluded.creation_type,
       updated_at = excluded.updated_at`,
    [teamId, JSON.stringify(templates), now],
  );
}

export function archiveTemplate(db: Db, teamId: string, id: string, now: Temporal.Instant) {
  return db.run(
    "update templates set archived_at = coalesce(archived_at, $3), updated_at = $3 where team_id = $1 and id = $2",
    [teamId, id, now],
  );
}

export function restoreTemplate(db: Db, teamId: string, id: string, now: Temporal.Instant) {
  return db.run(
    "update templates set archived_at = null, updated_at = $3 where team_id = $1 and id = $2 and archived_at is not null",
    [teamId, id, now],
  );
}

/** Mails without a name that no step uses any more. */
export function deleteOrphans(db: Db, teamId: string, ids: readonly string[]) {
  return db.run(
    `delete from templates t where t.team_id = $1 and t.id = any($2::text[]) and t.name is null
        and not exists (select from step_touches u where u.team_id = $1 and u.template_id = t.id)`,
    [teamId, ids],
  );
}

/** False where it was so already. */
export async function setStar(db: Db, teamId: string, id: string, userId: string, isStarred: boolean) {
  const changed = isStarred
    ? await db.run(
        "insert into template_stars (team_id, template_id, user_id) values ($1, $2, $3) on conflict do nothing",
        [teamId, id, userId],
      )
    : await db.run("delete from template_stars where team_id = $1 and template_id = $2 and user_id = $3", [
        teamId,
        id,
        userId,
      ]);
  return changed > 0;
}
