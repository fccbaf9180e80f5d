import type { Db } from "../../../db/connect.ts";
import type { Prospect } from "./following.ts";

export function listProspects(db: Db, teamId: string) {
  return db.rows<Prospect>(
    "select match, does, after_seconds, text, until_day from sandbox_prospects where team_id = $1 order by position",
    [teamId],
  );
}

export async function replaceProspects(db: Db, teamId: string, prospects: readonly Prospect[]) {
  await db.run("delete from sandbox_prospects where team_id = $1", [teamId]);
  await db.run(
    `insert into sandbox_prospects (team_id, position, match, does, after_seconds, text, until_day)
     select $1, n.position, n.match, n.does, n."afterSeconds", n.text, n."untilDay"
       from jsonb_to_recordset($2::jsonb)
         as n (position int, match jsonb, does text, "afterSeconds" float8, text text, "untilDay" date)`,
    [teamId, JSON.stringify(prospects.map((one, position) => ({ ...one, position })))],
  );
}

/** Which step the email was of, and on which lists its contact is. */
export async function findWhatFor(db: Db, teamId: string, messageId: string | null) {
  const row = await db.row<{ step: number | null; labels: string[] }>(
    `select s.position as step,
            coalesce((select array_agg(l.name) from contact_labels c join labels l on l.team_id = $1 and l.id = c.label_id
                       where c.team_id = $1 and c.contact_id = m.contact_id), '{}') as labels
       from messages m left join sequence_steps s on s.team_id = $1 and s.id = m.step_id
      where m.team_id = $1 and m.internet_message_id = $2 limit 1`,
    [teamId, messageId],
  );
  return row ?? { step: null, labels: [] };
}
