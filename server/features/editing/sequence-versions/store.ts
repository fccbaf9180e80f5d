import type { Db } from "../../../db/connect.ts";
import type { StepType } from "../../../domain/sequences/sequence-plan.ts";

/** Whether an edit would affect a contact: one is at a step of the version that new contacts join. */
export async function isAnybodyInIt(db: Db, teamId: string, sequenceId: string) {
  const row = await db.row<{ answer: boolean }>(
    `select exists (
       select from sequence_steps p
         join enrollments e on e.team_id = p.team_id and e.current_step_id = p.id and e.state in ('active', 'paused')
        where p.team_id = $1 and p.sequence_id = $2 and p.version_id is null) as answer`,
    [teamId, sequenceId],
  );
  return row?.answer ?? false;
}

/** What the sequence consists of becomes an earlier version of it. */
export async function keepEarlierVersion(
  db: Db,
  teamId: string,
  version: { id: string; sequenceId: string; keptBy: string },
  now: Temporal.Instant,
) {
  const { id, sequenceId, keptBy } = version;
  await db.run(
    "insert into sequence_versions (team_id, id, sequence_id, kept_at, kept_by) values ($1, $2, $3, $4, $5)",
    [teamId, id, sequenceId, now, keptBy],
  );
  await db.run(
    "update sequence_steps set version_id = $3 where team_id = $1 and sequence_id = $2 and version_id is null",
    [teamId, sequenceId, id],
  );
}

/** Points the mails of an earlier version to the copied templates, so that later edits do not change them. */
export function readFromCopies(
  db: Db,
  teamId: string,
  touchIds: readonly string[],
  copies: readonly { of: string; id: string }[],
) {
  return db.run(
    `update step_touches t set template_id = n."id"
       from jsonb_to_recordset($3::jsonb) as n ("of" text, "id" text)
      where t.team_id = $1 and t.id = any($2::text[]) and t.template_id = n."of"`,
    [teamId, touchIds, JSON.stringify(copies)],
  );
}

type KeptStep = {
  id: string;
  position: number;
  type: StepType;
  isOn: boolean;
  /** It has mails, and none of them is approved. */
  needsReview: boolean;
  contacts: number;
  subjects: string[];
};

export type VersionRow = {
  id: string;
  keptAt: Temporal.Instant;
  keptBy: string | null;
  steps: KeptStep[];
};

/** Versions that have contacts, the newest first. */
export function versionsInUse(db: Db, teamId: string, sequenceId: string) {
  return db.rows<VersionRow>(
    `select v.id, v.kept_at, v.kept_by,
            (select jsonb_agg(jsonb_build_object('id', p.id, 'position', p.position, 'type', p.type, 'isOn', p.is_on,
                      'needsReview', coalesce((select bool_and(t.status <> 'approved') from step_touches t
                                                where t.team_id = p.team_id and t.step_id = p.id), false),
                      'contacts', (select count(*) from enrollments e
                                    where e.team_id = p.team_id and e.current_step_id = p.id and e.state in ('active', 'paused')),
                      'subjects', array(select coalesce(m.subject, '') from step_touches t
                                          join templates m on m.team_id = t.team_id and m.id = t.template_id
                                         where t.team_id = p.team_id and t.step_id = p.id order by t.position))
                    order by p.position)
               from sequence_steps p where p.team_id = v.team_id and p.version_id = v.id) as steps
       from sequence_versions v
      where v.team_id = $1 and v.sequence_id = $2
        and exists (select from sequence_steps p
                      join enrollments e on e.team_id = p.team_id and e.current_step_id = p.id and e.state in ('active', 'paused')
                     where p.team_id = v.team_id and p.version_id = v.id)
      order by v.kept_at desc, v.id desc`,
    [teamId, sequenceId],
  );
}

/** What a sequence refers to, by its names. Lists and stages are names in one line. */
export async function linkNames(db: Db, teamId: string, sequenceId: string) {
  const row = await db.row<Record<string, string | null>>(
    `select coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email) as owner,
            (select c.name from schedules c where c.team_id = s.team_id and c.id = s.schedule_id) as schedule,
            (select f.name from folders f where f.team_id = s.team_id and f.id = s.folder_id) as folder,
            (select r.name from rulesets r where r.team_id = s.team_id and r.id = s.ruleset_id) as ruleset,
            (select string_agg(l.name, ', ' order by l.name) from sequence_labels k
               join labels l on l.team_id = k.team_id and l.id = k.label_id
              where k.team_id = s.team_id and k.sequence_id = s.id) as labels,
            (select string_agg(g.name, ', ' order by g.name) from sequence_excluded_contact_stages x
               join contact_stages g on g.team_id = x.team_id and g.id = x.stage_id
              where x.team_id = s.team_id and x.sequence_id = s.id) as excluded_contact_stages,
            (select string_agg(g.name, ', ' order by g.name) from sequence_excluded_account_stages x
               join account_stages g on g.team_id = x.team_id and g.id = x.stage_id
              where x.team_id = s.team_id and x.sequence_id = s.id) as excluded_account_stages
       from sequences s left join users u on u.team_id = s.team_id and u.id = s.owner_id
      where s.team_id = $1 and s.id = $2`,
    [teamId, sequenceId],
  );
  return row ?? {};
}
