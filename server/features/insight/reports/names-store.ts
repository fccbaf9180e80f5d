// What people call the things that a report is grouped by.

import type { Db } from "../../../db/connect.ts";
import type { Dimension } from "../../../domain/insight/report-metrics.ts";

const STEP = `select p.id, concat(s.name, ', step ', p.position) as name from sequence_steps p
  join sequences s on s.team_id = p.team_id and s.id = p.sequence_id where p.team_id = $1 and p.id = any($2::text[])`;

const TOUCH = `select t.id, concat(s.name, ', step ', p.position, ', variant ', chr(64 + least(t.place, 26)::int)) as name
  from (select id, team_id, step_id, row_number() over (partition by step_id order by position, id) as place
          from step_touches where team_id = $1
           and step_id in (select step_id from step_touches where team_id = $1 and id = any($2::text[]))) t
  join sequence_steps p on p.team_id = t.team_id and p.id = t.step_id
  join sequences s on s.team_id = p.team_id and s.id = p.sequence_id
 where t.id = any($2::text[])`;

const named = (table: string, name = "name") =>
  `select id, ${name} as name from ${table} where team_id = $1 and id = any($2::text[])`;

const NAMES: Partial<Record<Dimension, string>> = {
  user: named("users", "coalesce(nullif(trim(concat_ws(' ', first_name, last_name)), ''), email)"),
  subteam: named("subteams"),
  sequence: named("sequences"),
  step: STEP,
  touch: TOUCH,
  mailbox: named("mailboxes", "email"),
  contact_stage: named("contact_stages"),
  account_stage: named("account_stages"),
  deal_stage: named("deal_stages"),
  call_outcome: named("call_outcomes"),
};

export async function namesOf(
  db: Db,
  teamId: string,
  dimension: Dimension | null,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const sql = dimension === null ? undefined : NAMES[dimension];
  if (!sql || keys.length === 0) return new Map();
  const rows = await db.rows<{ id: string; name: string }>(sql, [teamId, keys]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
