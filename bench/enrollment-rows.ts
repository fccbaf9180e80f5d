// People in sequences as a large team has them: one sequence with as many members as there are contacts, and as many
// again spread over the others; some waiting, some paused, most of them through.

import type pg from "pg";
import type { Seeded } from "./contact-rows.ts";

export type SeededSequences = { large: string; others: string[]; mailboxes: string[] };

const OTHERS = 199;

export async function seedEnrollments(
  client: pg.ClientBase,
  teamId: string,
  contacts: number,
  { owners }: Seeded,
): Promise<SeededSequences> {
  const prefix = teamId.slice(0, 8);
  const ids = (kind: string, count: number) =>
    Array.from({ length: count }, (_, i) => `${prefix}${kind}${String(i).padStart(14, "0")}`);
  const mailboxes = ids("a1", 20);
  const [large = "", ...others] = ids("a2", OTHERS + 1);
  await client.query(
    `insert into mailboxes (team_id, id, user_id, email, type, daily_limit, hourly_limit, gap_seconds, created_at, updated_at)
     select $1, id, ($3::text[])[n], 'box' || n || '@bench.example', 'smtp', 500, 60, 60, now(), now()
       from unnest($2::text[]) with ordinality as m (id, n)`,
    [teamId, mailboxes, owners],
  );
  await client.query(
    `insert into sequences (team_id, id, name, is_active, owner_id, created_at, updated_at)
     select $1, id, 'Sequence ' || n, true, $3, now(), now() from unnest($2::text[]) with ordinality as s (id, n)`,
    [teamId, [large, ...others], owners[0]],
  );
  await client.query(
    `insert into sequence_steps (team_id, id, sequence_id, position, type, wait_time, wait_mode, created_at, updated_at)
     select $1, $3 || 'a3' || lpad(to_hex(n * 4 + p), 14, '0'), id, p, 'auto_email', 2, 'day', now(), now()
       from unnest($2::text[]) with ordinality as s (id, n) cross join generate_series(1, 3) p`,
    [teamId, [large, ...others], prefix],
  );
  await client.query("set session_replication_role = replica"); // the rows are sound: no need to look up each of them
  await client.query(
    `insert into enrollments (team_id, id, sequence_id, contact_id, state, inactive_reason, current_step_id, mailbox_id,
            send_from_email, company_key, added_by, added_at, due_at, paused_at, finished_at, failed_at, updated_at)
     select $1, $2 || 'a4' || lpad(to_hex(e.k * 10000000 + c.n), 14, '0'), e.sequence_id, $2 || 'dd' || lpad(to_hex(c.n), 14, '0'),
            e.state, case e.state when 'paused' then 'manually paused' when 'finished' then 'Completed last step' end,
            $2 || 'a3' || lpad(to_hex(e.number * 4 + 1 + c.n % 3), 14, '0'), ($3::text[])[1 + c.n % 20], 'box@bench.example',
            t.company_key, $4, now() - c.n * interval '3 seconds',
            case when e.state in ('active', 'paused') then now() + (c.n % 20000) * interval '1 minute' end,
            case when e.state = 'paused' then now() end, case when e.state = 'finished' then now() end,
            case when e.state = 'failed' then now() end, now()
       from generate_series(1, $5::bigint) as c (n)
       join contacts t on t.team_id = $1 and t.id = $2 || 'dd' || lpad(to_hex(c.n), 14, '0')
      cross join lateral (
        select 0 as k, $6 as sequence_id, 1 as number, (array['active','active','active','paused','finished','finished','finished','finished','finished','failed'])[1 + c.n % 10] as state
        union all
        select 1, ($7::text[])[1 + c.n % 199], 2 + c.n % 199, (array['finished','active','finished','paused','finished','failed','active','finished','active','finished'])[1 + c.n % 10]
      ) e`,
    [teamId, prefix, mailboxes, owners[0], contacts, large, others],
  );
  await client.query("reset session_replication_role");
  for (const table of ["enrollments", "sequences", "sequence_steps", "mailboxes"])
    await client.query(`vacuum analyze ${table}`);
  return { large, others, mailboxes };
}
