import type { Db } from "../../../db/connect.ts";
import type { FileKind, SequenceModel } from "../../../domain/sequences/file-model.ts";
import { seesAttachment } from "../../access/sharing/sight-store.ts";

export type KeyedRow = {
  id: string;
  name: string;
  /** Null where no file has written it yet. */
  key: string | null;
};

// Names of tables and columns cannot be parameters. These are all there are.
const KINDS = {
  sequence: { table: "sequences", column: "sequence_id", isThere: "r.archived_at is null" },
  schedule: { table: "schedules", column: "schedule_id", isThere: "true" },
  ruleset: { table: "rulesets", column: "ruleset_id", isThere: "true" },
  template: { table: "templates", column: "template_id", isThere: "r.archived_at is null" },
} as const;

/** The records that have a key or can be given one. A template without a name belongs to its sequence. */
export function keyedRecords(db: Db, teamId: string, kind: FileKind) {
  const { table, column, isThere } = KINDS[kind];
  return db.rows<KeyedRow>(
    `select r.id, r.name, a.key
       from ${table} r
       left join applied_files a on a.team_id = r.team_id and a.${column} = r.id
      where r.team_id = $1 and r.name is not null and (a.key is not null or ${isThere})
      order by r.id`,
    [teamId],
  );
}

/** How the record of this key was after the last apply; null where no file has written it. */
export async function appliedContent(db: Db, teamId: string, kind: FileKind, key: string): Promise<unknown> {
  const row = await db.row<{ content: unknown }>(
    "select content from applied_files where team_id = $1 and kind = $2 and key = $3",
    [teamId, kind, key],
  );
  return row?.content ?? null;
}

/** By which key a file has written the sequence, and how it was then. */
export function appliedTo(db: Db, teamId: string, sequenceId: string) {
  return db.row<{ key: string; content: SequenceModel | null; appliedAt: Temporal.Instant }>(
    "select key, content, applied_at from applied_files where team_id = $1 and sequence_id = $2",
    [teamId, sequenceId],
  );
}

/** What was written of the record is what is known of it from now on. */
export function noteApplied(
  db: Db,
  teamId: string,
  { kind, key, id, content }: { kind: FileKind; key: string; id: string; content: unknown },
  now: Temporal.Instant,
) {
  const { column } = KINDS[kind];
  return db.run(
    `insert into applied_files (team_id, kind, key, ${column}, content, applied_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (team_id, kind, key) do update
       set ${column} = excluded.${column}, content = excluded.content, applied_at = excluded.applied_at`,
    [teamId, kind, key, id, JSON.stringify(content), now],
  );
}

/** Two applies of a team at once would each create what the other one creates. */
export function takeTurn(db: Db, teamId: string) {
  return db.run("select pg_advisory_xact_lock(hashtextextended('applied_files ' || $1, 0))", [teamId]);
}

export type NamedFile = { id: string; fileName: string };

/** Those that the viewer sees; null sees all. */
export function attachedFiles(db: Db, teamId: string, viewerId: string | null) {
  return db.rows<NamedFile>(
    `select a.id, a.file_name from attachments a where a.team_id = $1 and ${seesAttachment("$2", "a")} order by a.id`,
    [teamId, viewerId],
  );
}

/** Active and paused contacts by the step they are at. */
export function contactsByStep(db: Db, teamId: string, sequenceId: string) {
  return db.rows<{ position: number; contacts: number }>(
    `select p.position, count(*)::int as contacts
       from sequence_steps p
       join enrollments e on e.team_id = p.team_id and e.current_step_id = p.id and e.state in ('active', 'paused')
      where p.team_id = $1 and p.sequence_id = $2 and p.version_id is null
      group by p.position order by p.position`,
    [teamId, sequenceId],
  );
}

/** The first of them, by id. */
export async function contactsOnList(db: Db, teamId: string, labelId: string) {
  const rows = await db.rows<{ id: string }>(
    "select contact_id as id from contact_labels where team_id = $1 and label_id = $2 order by contact_id limit 1000",
    [teamId, labelId],
  );
  return rows.map(({ id }) => id);
}
