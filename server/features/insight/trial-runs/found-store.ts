// Reads what a trial run has found, for its pages.

import type { Db } from "../../../db/connect.ts";
import type { Collision } from "../../../domain/insight/trial-run-report.ts";
import type { TrialEmailRow, TrialPerson, TrialPersonState } from "./store.ts";

type Paged = { limit: number; offset: number };
type Named = { contactName: string | null };

export type TrialCounts = {
  emails: number;
  replied: number;
  bounced: number;
  unsubscribed: number;
  otherSequence: number;
  sameCompany: number;
};

export async function countFound(db: Db, teamId: string, id: string): Promise<TrialCounts> {
  const row = await db.row<TrialCounts>(
    `select e.*, p.* from
       (select count(*) as emails, count(*) filter (where came_of_it = 'replied') as replied,
               count(*) filter (where came_of_it = 'bounced') as bounced,
               count(*) filter (where came_of_it = 'unsubscribed') as unsubscribed
          from trial_run_emails where team_id = $1 and trial_run_id = $2) e,
       (select count(*) filter (where 'sequence' = any(collides)) as other_sequence,
               count(*) filter (where 'company' = any(collides)) as same_company
          from trial_run_people where team_id = $1 and trial_run_id = $2) p`,
    [teamId, id],
  );
  return row ?? { emails: 0, replied: 0, bounced: 0, unsubscribed: 0, otherSequence: 0, sameCompany: 0 };
}

export function skippedByCode(db: Db, teamId: string, id: string) {
  return db.rows<{ code: string; count: number }>(
    `select coalesce(code, '') as code, count(*) as count from trial_run_people
      where team_id = $1 and trial_run_id = $2 and state = 'left_out' group by 1 order by 2 desc, 1`,
    [teamId, id],
  );
}

type EmailsAsked = Paged & {
  contactId: string | null;
  from: Temporal.Instant | null;
  until: Temporal.Instant | null;
};
export type TrialEmailShown = TrialEmailRow & Named & { stepPosition: number | null };

export async function listEmails(db: Db, teamId: string, id: string, asked: EmailsAsked) {
  const where = `e.team_id = $1 and e.trial_run_id = $2 and ($3::text is null or e.contact_id = $3)
        and ($4::timestamptz is null or e.sent_at >= $4) and ($5::timestamptz is null or e.sent_at < $5)`;
  const params = [teamId, id, asked.contactId, asked.from, asked.until];
  const [rows, counted] = await Promise.all([
    db.rows<TrialEmailShown>(
      `select e.position, e.contact_id, coalesce(c.name, c.email) as contact_name, e.step_id, s.position as step_position, e.mailbox_id,
              e.sent_at, e.subject, e.body_text, e.body_html, e.came_of_it
         from trial_run_emails e
         join contacts c on c.team_id = e.team_id and c.id = e.contact_id
         left join sequence_steps s on s.team_id = e.team_id and s.id = e.step_id
        where ${where} order by e.position limit $6 offset $7`,
      [...params, asked.limit, asked.offset],
    ),
    db.row<{ count: number }>(`select count(*) as count from trial_run_emails e where ${where}`, params),
  ]);
  return { rows, total: counted?.count ?? 0 };
}

type PeopleAsked = Paged & {
  state: TrialPersonState | null;
  code: string | null;
  waitedFor: string | null;
  collides: Collision | null;
};
export type TrialPersonShown = TrialPerson & Named;

export async function listPeople(db: Db, teamId: string, id: string, asked: PeopleAsked) {
  const where = `p.team_id = $1 and p.trial_run_id = $2 and ($3::text is null or p.state = $3) and ($4::text is null or p.code = $4)
        and ($5::text is null or p.waited_for = $5) and ($6::text is null or $6 = any(p.collides))`;
  const params = [teamId, id, asked.state, asked.code, asked.waitedFor, asked.collides];
  const [rows, counted] = await Promise.all([
    db.rows<TrialPersonShown>(
      `select p.contact_id, coalesce(c.name, c.email) as contact_name, p.state, p.code, p.emails, p.next_at, p.waited_for, p.waited_hours,
              p.collides
         from trial_run_people p
         join contacts c on c.team_id = p.team_id and c.id = p.contact_id
        where ${where} order by contact_name nulls last, p.contact_id limit $7 offset $8`,
      [...params, asked.limit, asked.offset],
    ),
    db.row<{ count: number }>(`select count(*) as count from trial_run_people p where ${where}`, params),
  ]);
  return { rows, total: counted?.count ?? 0 };
}
