import type { Db } from "../../../db/connect.ts";

export type TouchValues = {
  id: string;
  stepId: string;
  templateId: string;
  type: "new_thread" | "reply_to_thread";
  status: "to_be_reviewed" | "approved";
  weight: number;
  includeSignature: boolean;
  hasPersonalizedOpener: boolean | null;
  personalizedOpenerFallbackOption: string;
  genericPersonalizedOpener: string | null;
  attachmentIds: string[];
  /** The mail of an earlier step whose readers this one is for; null: everybody else. */
  goesWithTouchId: string | null;
};

export type TouchRow = TouchValues & { sequenceId: string; versionId: string | null };

const COLUMNS = `t.id, t.step_id, t.template_id, t.type, t.status, t.weight, t.include_signature, t.has_personalized_opener,
  t.personalized_opener_fallback_option, t.generic_personalized_opener, t.attachment_ids, t.goes_with_touch_id, p.sequence_id, p.version_id`;
const FROM = "step_touches t join sequence_steps p on p.team_id = t.team_id and p.id = t.step_id";

/** The mails that new contacts get, step by step, in the order in which they were created. */
export async function listTouches(db: Db, teamId: string, sequenceId: string) {
  return (await listTouchesOfAll(db, teamId, sequenceId)).filter(({ versionId }) => versionId === null);
}

/** Those of earlier versions too. Step by step, or a plan made while there were few would read those of the whole team. */
export function listTouchesOfAll(db: Db, teamId: string, sequenceId: string) {
  return db.rows<TouchRow>(
    `select ${COLUMNS}
       from sequence_steps p
      cross join lateral (select * from step_touches o where o.team_id = p.team_id and o.step_id = p.id offset 0) t
      where p.team_id = $1 and p.sequence_id = $2 order by p.position, t.position`,
    [teamId, sequenceId],
  );
}

export function findTouch(db: Db, teamId: string, id: string) {
  return db.row<TouchRow>(`select ${COLUMNS} from ${FROM} where t.team_id = $1 and t.id = $2`, [teamId, id]);
}

/** Writes any number of touches as they are to be, new ones and known ones. */
export function saveTouches(db: Db, teamId: string, touches: readonly TouchValues[], now: Temporal.Instant) {
  return db.run(
    `insert into step_touches (team_id, id, step_id, template_id, type, status, weight, include_signature,
            has_personalized_opener, personalized_opener_fallback_option, generic_personalized_opener, attachment_ids,
            goes_with_touch_id, created_at, updated_at)
     select $1::text, v."id", v."stepId", v."templateId", v."type", v."status", v."weight", v."includeSignature",
            v."hasPersonalizedOpener", v."personalizedOpenerFallbackOption", v."genericPersonalizedOpener",
            v."attachmentIds", v."goesWithTouchId", $3::timestamptz, $3::timestamptz
       from jsonb_to_recordset($2::jsonb) as v ("id" text, "stepId" text, "templateId" text, "type" text, "status" text,
            "weight" int, "includeSignature" boolean, "hasPersonalizedOpener" boolean,
            "personalizedOpenerFallbackOption" text, "genericPersonalizedOpener" text, "attachmentIds" text[],
            "goesWithTouchId" text)
     on conflict (team_id, id) do update set
       template_id = excluded.template_id, type = excluded.type, status = excluded.status, weight = excluded.weight,
       include_signature = excluded.include_signature, has_personalized_opener = excluded.has_personalized_opener,
       personalized_opener_fallback_option = excluded.personalized_opener_fallback_option,
       generic_personalized_opener = excluded.generic_personalized_opener, attachment_ids = excluded.attachment_ids,
       goes_with_touch_id = excluded.goes_with_touch_id,
       updated_at = excluded.updated_at`,
    [teamId, JSON.stringify(touches), now],
  );
}

export function deleteTouches(db: Db, teamId: string, ids: readonly string[]) {
  return db.run("delete from step_touches where team_id = $1 and id = any($2::text[])", [teamId, ids]);
}

/** They go with none any more, and some of them wait for a review. */
export function loosenTouches(
  db: Db,
  teamId: string,
  { ids, toReview }: { ids: readonly string[]; toReview: readonly string[] },
  now: Temporal.Instant,
) {
  return db.run(
    `update step_touches
        set goes_with_touch_id = null, status = case when id = any($3::text[]) then 'to_be_reviewed' else status end, updated_at = $4
      where team_id = $1 and id = any($2::text[])`,
    [teamId, ids, toReview, now],
  );
}
