// Tasks, answers and mails that wait, as many as a team of that size has: made in the database itself, around contacts that are there.

import type pg from "pg";

export type Whose = { teamId: string; userId: string };

/** So many of each for one person, an hour's work apart by a minute; a tenth of the tasks is overdue. */
export async function seedDesks(client: pg.ClientBase, { teamId, userId }: Whose, rows: number) {
  const contact = `$2 || 'dd' || lpad(to_hex(1 + n % 50000), 14, '0')`;
  const mailboxId = `${teamId.slice(0, 8)}ee00000000000001`;
  await client.query(
    `insert into mailboxes (team_id, id, user_id, email, type, daily_limit, hourly_limit, gap_seconds, created_at, updated_at)
     values ($1, $2, $3, 'box@bench.example', 'smtp', 500, 60, 60, now(), now())`,
    [teamId, mailboxId, userId],
  );
  const given = [teamId, teamId.slice(0, 8), userId, rows];
  await client.query("set session_replication_role = replica"); // none of them is told of: they were always there
  await client.query(
    `insert into tasks (team_id, id, user_id, creator_id, contact_id, type, status, priority, title, due_at, created_from,
                        created_at, updated_at)
     select $1, new_ident(), $3, $3, ${contact}, (array['call', 'action_item', 'outreach_manual_email'])[1 + n % 3], 'scheduled',
            (array['high', 'medium', 'low'])[1 + n % 3], 'Task ' || n, now() + (n - $4 / 10) * interval '1 minute', 'manual', now(), now()
       from generate_series(1, $4::bigint) n`,
    given,
  );
  await client.query(
    `insert into incoming_mails (team_id, id, mailbox_id, content_key, folder, uid, kind, certainty, tied_by, contact_id, counts,
            reply_class, from_email, from_name, subject, body_text, received_at, processed_at)
     select $1, new_ident(), $5, 'bench ' || n, 'INBOX', n, 'reply', 'sure', 'message_id', ${contact}, true, 'willing_to_meet',
            'p' || n || '@company.example', 'Writer ' || n, 'Re: Plants in the north', repeat('Sounds good. ', 20),
            now() - n * interval '1 minute', now()
       from generate_series(1, $4::bigint) n where $3::text is not null`,
    [...given, mailboxId],
  );
  await client.query(
    `insert into messages (team_id, id, user_id, mailbox_id, contact_id, type, delivery, due_at, subject, body_html, to_email,
            created_at, updated_at)
     select $1::ident, new_ident(), $3, $5, ${contact}, 'outreach_manual_email', 'planned', now() + interval '1 day' + n * interval '1 minute',
            'Letter ' || n, '<p>We build plants in the north.</p>', 'p' || n || '@company.example', now(), now()
       from generate_series(1, $4::bigint) n`,
    [...given, mailboxId],
  );
  await client.query("set session_replication_role = origin");
  for (const table of ["tasks", "incoming_mails", "messages"]) await client.query(`vacuum analyze ${table}`);
}
