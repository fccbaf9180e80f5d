// What has to be known of everybody who is to join, and of the mailboxes they are to be mailed from.

import type { Db } from "../../../db/connect.ts";
import type { EnrollmentEvidence, IneligibleReason } from "../../../domain/enrollments/eligibility.ts";
import type { Warning } from "../../../domain/gate/warnings.ts";
import type { Price } from "../../../domain/identity/credits.ts";
import type { Capacity, MailboxShare } from "../../../domain/sequences/rotation.ts";
import type { ComposeResult } from "../../../domain/templates/composing.ts";
import type { EnrollmentCandidateRow } from "../../gate/facts/facts-store.ts";
import { FIRST_EMAIL } from "../../gate/facts/sending-store.ts";
import { elsewhereSince } from "../../mailboxes/sent-elsewhere/store.ts";
import { whereabouts } from "../../sequences/holidays/store.ts";
import type { SequenceRow } from "../../sequences/sequences/store.ts";
import type { StepRow } from "../../sequences/steps/store.ts";

/**
 * Locked in the order of their ids, so that none of them unsubscribes, is merged or deleted, or joins another sequence
 * before they have joined. A change that was made just before is read.
 */
export function holdCandidates(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<EnrollmentCandidateRow>(`${CANDIDATES} for no key update`, [teamId, ids]);
}

/** The same without locks, for rehearsals. */
export function readCandidates(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<EnrollmentCandidateRow>(CANDIDATES, [teamId, ids]);
}

const CANDIDATES = `select c.id, c.email, c.email_status, c.email_from_customer, c.email_unsubscribed, c.do_not_contact, c.paused_until, c.bounced_at,
            c.owner_id, c.job_change_detected_at, c.company_key, c.prospect_score, ${whereabouts("c")}, c.contact_stage_id,
            (select a.account_stage_id from accounts a where a.team_id = c.team_id and a.id = c.account_id) as account_stage_id
       from contacts c
      where c.team_id = $1 and c.id = any($2::text[])
      order by c.id`;

export type MembershipRow = Omit<EnrollmentEvidence, "state"> & {
  contactId: string;
  state: EnrollmentEvidence["state"] | "removed";
  generation: number;
  /** Whether the sequence is archived. Members of one that is switched off go on when it is switched on. */
  isArchived: boolean;
};

/** Where they are and were, in this sequence and in all others. Asked contact by contact, as below. */
export function membershipsOf(db: Db, teamId: string, contactIds: readonly string[]) {
  return db.rows<MembershipRow>(
    `select e.contact_id, e.id as enrollment_id, e.sequence_id, e.state, e.generation, s.name as sequence_name,
            e.added_at, e.finished_at, e.inactive_reason,
            (select p.position from sequence_steps p where p.team_id = $1 and p.id = e.current_step_id) as step_position,
            s.archived_at is not null as is_archived
       from unnest($2::text[]) as wanted (contact_id)
      cross join lateral (select * from enrollments
                           where team_id = $1 and contact_id = wanted.contact_id offset 0) e
       join sequences s on s.team_id = $1 and s.id = e.sequence_id
      order by e.added_at, e.id`,
    [teamId, contactIds],
  );
}

export type Twin = EnrollmentEvidence & { contactId: string; address: string };

/** Contacts in the sequence who have one of the given addresses, the earliest first. */
export function sharersIn(db: Db, teamId: string, sequenceId: string, addresses: readonly string[]) {
  return db.rows<Twin>(
    `select e.contact_id, lower(w.email) as address, e.id as enrollment_id, e.sequence_id, s.name as sequence_name, e.state,
            e.added_at, e.finished_at, e.inactive_reason,
            (select p.position from sequence_steps p where p.team_id = $1 and p.id = e.current_step_id) as step_position
       from team_contacts w
       join enrollments e on e.team_id = $1 and e.contact_id = w.id and e.sequence_id = $2 and e.state <> 'removed'
       join sequences s on s.team_id = $1 and s.id = e.sequence_id
      where w.team_id = $1 and w.email is not null and lower(w.email) = any($3::text[])
      order by e.added_at, e.id`,
    [teamId, sequenceId, addresses],
  );
}

/** When mails of the sequence last reached an address, by its digest. */
export function reachedBy(db: Db, teamId: string, sequenceId: string, digests: readonly string[]) {
  return db.rows<{ digest: string; at: Temporal.Instant }>(
    `select reader_digest as digest, max(released_at) as at from messages
      where team_id = $1 and reader_digest = any($3::text[]) and released_at is not null and sequence_id = $2 and copy_of is null
      group by 1`,
    [teamId, sequenceId, digests],
  );
}

/**
 * Contacts that another running job will add to sequences. Of two such jobs the earlier one has them.
 *
 * Queried contact by contact, with `offset 0`: on a table whose statistics lag behind a job of a hundred thousand, the
 * planner would read the whole job for every batch of it.
 */
export function queuedElsewhere(
  db: Db,
  teamId: string,
  contactIds: readonly string[],
  jobTypes: readonly string[],
  ownWork: string | null,
) {
  return db.rows<{ contactId: string; progressId: string }>(
    `select distinct on (i.item_key) i.item_key as contact_id, i.progress_id
       from unnest($2::text[]) as wanted (item_key)
      cross join lateral (select item_key, progress_id from progress_items
                           where team_id = $1 and item_key = wanted.item_key and outcome is null offset 0) i
       join progress p on p.team_id = $1 and p.id = i.progress_id
      where p.status in ('pending', 'running') and p.job_type = any($3::text[])
        and ($4::text is null or (p.created_at, p.id) < (select created_at, id from progress where team_id = $1 and id = $4))
      order by i.item_key, p.created_at, p.id`,
    [teamId, contactIds, jobTypes, ownWork],
  );
}

export type Colleague = { companyKey: string; contactId: string; enrollmentId: string };

/**
 * Who of which of the companies is in the sequence, active or paused: two of each, so that it is not only themselves.
 * Asked once for all companies: statistics know nothing of a sequence that was made a moment ago, and the planner, asked company
 * by company, would read everybody in it for each of them.
 */
export function colleaguesIn(db: Db, teamId: string, sequenceId: string, companyKeys: readonly string[]) {
  return db.rows<Colleague>(
    `select company_key, contact_id, enrollment_id
       from (select e.company_key, e.contact_id, e.id as enrollment_id,
                    row_number() over (partition by e.company_key order by e.state, e.id) as place
               from enrollments e
              where e.team_id = $1 and e.sequence_id = $2 and e.company_key = any($3::text[])
                and e.state in ('active', 'paused')) found
      where place <= 2`,
    [teamId, sequenceId, companyKeys],
  );
}

/** Who of which of the companies was the last to answer the sequence, or since then any other; likewise. */
export function answeredIn(
  db: Db,
  teamId: string,
  sequenceId: string,
  companyKeys: readonly string[],
  elsewhereSince: Temporal.Instant | null = null,
) {
  return db.rows<Colleague>(
    `select company_key, contact_id, enrollment_id
       from (select a.*, row_number() over (partition by company_key order by replied_at desc, contact_id) as place
               from (select distinct on (e.company_key, e.contact_id) e.company_key, e.contact_id, e.id as enrollment_id,
                            e.replied_at
                       from enrollments e
                      where e.team_id = $1 and e.company_key = any($3::text[]) and e.replied_at is not null
                        and e.state <> 'removed' and (e.sequence_id = $2 or e.replied_at >= $4)
                      order by e.company_key, e.contact_id, e.replied_at desc) a) found
      where place <= 2
      order by company_key, place`,
    [teamId, sequenceId, companyKeys, elsewhereSince],
  );
}

/** The steps that these contacts were sent in this sequence, from a position onward. */
export async function receivedBefore(
  db: Db,
  teamId: string,
  sequenceId: string,
  contactIds: readonly string[],
  from: number,
) {
  if (contactIds.length === 0) return [];
  return db.rows<{ contactId: string; steps: number[] }>(
    `select m.contact_id, array_agg(distinct p.position order by p.position) as steps
       from unnest($3::text[]) as wanted (contact_id)
      cross join lateral (select contact_id, step_id from messages
                           where team_id = $1 and contact_id = wanted.contact_id and sequence_id = $2
                             and delivery in ('sent', 'dot', 'unconfirmed') and copy_of is null offset 0) m
       join sequence_steps p on p.team_id = $1 and p.id = m.step_id
      where p.position >= $4
      group by m.contact_id`,
    [teamId, sequenceId, contactIds, from],
  );
}

/** The first step from a position onward at which they would wait, since no email of it is approved. */
export async function firstUnapproved(db: Db, teamId: string, sequenceId: string, from: number) {
  const row = await db.row<{ position: number }>(
    `select p.position from sequence_steps p
      where p.team_id = $1 and p.sequence_id = $2 and p.position >= $3 and p.is_on and p.type = 'auto_email'
        and not exists (select from step_touches x
                         where x.team_id = $1 and x.step_id = p.id and x.status = 'approved' and x.weight > 0)
      order by p.position limit 1`,
    [teamId, sequenceId, from],
  );
  return row?.position ?? null;
}

// A queue longer than this is too long for a day whatever it is, and is not counted to its end.
const FAR_TOO_MANY = 5_000;

/** What each mailbox has sent within a day and is about to. */
export function capacitiesOf(db: Db, teamId: string, mailboxIds: readonly string[], now: Temporal.Instant) {
  return db.rows<Capacity>(
    `select m.id, m.limit_today as daily_limit,
            (select count(*) from messages s
              where s.team_id = $1 and s.mailbox_id = m.id and s.released_at > $3 and s.released_at <= $4
                and s.delivery in ('sent', 'dot', 'unconfirmed')) + ${elsewhereSince("$3", "$4")} as sent_last_day,
            m.new_contacts_limit - (select count(*) from messages s
              where m.new_contacts_limit is not null and s.team_id = $1 and s.mailbox_id = m.id and s.released_at > $3
                and s.released_at <= $4 and s.delivery in ('sent', 'dot', 'unconfirmed') and ${FIRST_EMAIL}) as new_left,
            (select count(*)
               from (select current_step_id from enrollments
                      where team_id = $1 and mailbox_id = m.id and state = 'active' and due_at <= $5
                      limit ${FAR_TOO_MANY}) d
               join sequence_steps p on p.team_id = $1 and p.id = d.current_step_id
              where p.position = 1 and p.type in ('auto_email', 'manual_email')) as planned_next_day,
            (select count(*)
               from (select 1 from enrollments where team_id = $1 and mailbox_id = m.id and state = 'active'
                      limit ${FAR_TOO_MANY}) a) as active_members,
            coalesce(m.backoff_until > $4, false) as is_resting
       from mailboxes m
      where m.team_id = $1 and m.id = any($2::text[])
      order by m.id`,
    [teamId, mailboxIds, now.subtract({ hours: 24 }), now, now.add({ hours: 24 })],
  );
}

/** Everybody on these lists, the most promising first. */
export async function contactsOnLists(db: Db, teamId: string, labelIds: readonly string[]) {
  const rows = await db.rows<{ id: string }>(
    `select c.id from contacts c
      where c.team_id = $1
        and c.id in (select contact_id from contact_labels where team_id = $1 and label_id = any($2::text[]))
      order by c.prospect_score desc, c.id`,
    [teamId, labelIds],
  );
  return rows.map(({ id }) => id);
}

export type Joining = {
  id: string;
  contactId: string;
  generation: number;
  companyKey: string | null;
  mailboxId: string;
  sendFrom: string;
  timeZone: string | null;
  dueAt: Temporal.Instant | null;
  /** Another sequence is busy with them. */
  waits: boolean;
};

export type JoiningTerms = {
  sequenceId: string;
  state: "active" | "paused";
  inactiveReason: string | null;
  firstStepId: string | null;
  resumeAt: Temporal.Instant | null;
  addedBy: string;
  allowsUnverified: boolean;
  allowsNoEmail: boolean;
  allowsSameEmail: boolean;
};

/** All rows in one statement. A contact whom another caller has added meanwhile ends the transaction; a promise locks nobody and tries again. */
export async function insertJoining(
  db: Db,
  teamId: string,
  people: readonly Joining[],
  terms: JoiningTerms,
  now: Temporal.Instant,
) {
  await db.run(
    `insert into enrollments (team_id, id, sequence_id, contact_id, generation, state, inactive_reason, current_step_id,
            mailbox_id, send_from_email, company_key, added_by, added_at, due_at, paused_at, resume_at,
            manually_set_unpause, allows_unverified, allows_no_email, allows_same_email, updated_at)
     select $1::text, p.id, $2::text, p.contact_id, p.generation, $3::text, $4::text, $5::text, p.mailbox_id, p.send_from,
            p.company_key, $6::text, $7::timestamptz, p.due_at, case when $3 = 'paused' then $7::timestamptz end,
            $8::timestamptz, case when $8::timestamptz is not null then true end, $16::boolean, $17::boolean, $18::boolean, $7::timestamptz
       from unnest($9::text[], $10::text[], $11::int[], $12::text[], $13::text[], $14::text[], $15::timestamptz[])
            as p (id, contact_id, generation, mailbox_id, send_from, company_key, due_at)`,
    [
      teamId,
      terms.sequenceId,
      terms.state,
      terms.inactiveReason,
      terms.firstStepId,
      terms.addedBy,
      now,
      terms.resumeAt,
      people.map(({ id }) => id),
      people.map(({ contactId }) => contactId),
      people.map(({ generation }) => generation),
      people.map(({ mailboxId }) => mailboxId),
      people.map(({ sendFrom }) => sendFrom),
      people.map(({ companyKey }) => companyKey),
      people.map(({ dueAt }) => dueAt),
      terms.allowsUnverified,
      terms.allowsNoEmail,
      terms.allowsSameEmail,
    ],
  );
}

export function noteUse(db: Db, teamId: string, sequenceId: string, now: Temporal.Instant) {
  return db.run("update sequences set last_used_at = $3 where team_id = $1 and id = $2", [
    teamId,
    sequenceId,
    now,
  ]);
}

/** What came of a request, or of one batch of it. */
export type Joined = {
  requestId: string;
  sequence: SequenceRow;
  steps: readonly StepRow[];
  mailboxes: readonly { id: string; email: string }[];
  enrollments: readonly (Joining & { state: "active" | "paused"; firstDueAt: Temporal.Instant | null })[];
  skipped: readonly { contactId: string; reasons: readonly IneligibleReason[] }[];
  shares: readonly MailboxShare[];
  credits: Price & { charged: number };
  warnings: readonly Warning[];
  /** Of a dry run: the first mails. */
  previews: readonly (ComposeResult & { contactId: string; touchId: string; needsReview: boolean })[] | null;
};
