// Reads enrollments with every fact that a decision needs, and locks them until it is made.

import type { Db } from "../../../db/connect.ts";
import type { TransitionFacts } from "../../../domain/enrollments/deciding.ts";
import { REASONS } from "../../../domain/enrollments/enrollment.ts";
import type { Whereabouts } from "../../../domain/time/holiday-calendars.ts";
import { patternOf } from "../../contacts/contact-filters/store.ts";
import { ALLOWS_UNVERIFIED } from "../../gate/facts/facts-store.ts";
import { isInView } from "../../sequences/enrollment-counts/store.ts";
import { whereabouts } from "../../sequences/holidays/store.ts";
import { isBusyElsewhere } from "./waiting-store.ts";

/**
 * One enrollment with every fact that decides its transitions. A separate query reads whether the address is
 * suppressed.
 */
export type EnrollmentFacts = Omit<TransitionFacts, "isSuppressed" | "rulings"> &
  Whereabouts & {
    id: string;
    sequenceId: string;
    contactId: string;
    generation: number;
    revision: number;
    addedBy: string | null;
    stepPosition: number | null;
    email: string | null;
    keepsDates: boolean;
    failsWhenNotSent: boolean;
  };

// No other conditions exist, and none contains a caller's text. domain/enrollments/eligibility.ts says which addresses
// count as verified. Facts that only explain a failure are read for contacts who failed and for no others: each costs a look into
// another table.
const FACTS = `
  select e.id, e.sequence_id, e.contact_id, e.generation, e.revision, e.added_by, e.state, e.inactive_reason,
         e.failure_reason, e.current_step_id, e.mailbox_id, e.send_from_email, e.due_at, e.paused_at, e.resume_at,
         e.manually_set_unpause, e.finished_at, e.failed_at, e.removed_at, e.in_response_to, st.position as step_position,
         c.email, ${whereabouts("c")},
         coalesce(c.email_unsubscribed, false) as is_unsubscribed, c.do_not_contact as is_do_not_contact,
         c.bounced_at is not null or coalesce(c.email_status = 'bounced', false) as has_bounced,
         c.email is not null as has_email,
         coalesce(c.email_status in ('verified', 'likely to engage', 'user_managed'), false) as has_verified_email,
         e.state = 'failed' and ${ALLOWS_UNVERIFIED} as may_be_unverified, e.allows_no_email as may_lack_address,
         coalesce(c.job_change_detected_at > e.added_at, false) as has_changed_jobs,
         e.state = 'failed' and exists (select from sequence_excluded_contact_stages x
                  where x.team_id = e.team_id and x.sequence_id = e.sequence_id
                    and x.stage_id = c.contact_stage_id) as is_in_excluded_stage,
         e.state = 'failed' and exists (select from sequence_excluded_account_stages x
                   join accounts a on a.team_id = x.team_id and a.account_stage_id = x.stage_id
                  where x.team_id = e.team_id and x.sequence_id = e.sequence_id
                    and a.id = c.account_id) as is_account_in_excluded_stage,
         o.deactivated_at is null and u.deactivated_at is null as are_users_there,
         coalesce(m.is_active and m.revoked_at is null, false) as is_mailbox_connected,
         s.is_active as is_sequence_active, s.archived_at is not null as is_sequence_archived,
         e.state = 'paused' and e.inactive_reason = '${REASONS.inAnotherSequence}' and ${isBusyElsewhere("e")} as waits_for_another,
         coalesce(s.by_exact_daytime, false) as keeps_dates, s.on_not_sent = 'fail' as fails_when_not_sent
    from enrollments e
    join sequences s on s.team_id = e.team_id and s.id = e.sequence_id
    join users o on o.team_id = e.team_id and o.id = s.owner_id
    join contacts c on c.team_id = e.team_id and c.id = e.contact_id
    left join sequence_steps st on st.team_id = e.team_id and st.id = e.current_step_id
    left join mailboxes m on m.team_id = e.team_id and m.id = e.mailbox_id
    left join users u on u.team_id = m.team_id and u.id = m.user_id
   where e.team_id = $1 and e.id = any($2::text[])
   order by e.id`;

/**
 * Locked in the order of their ids, as everywhere: sequences first, then contacts, then enrollments. The facts hold until
 * the transaction ends. They are read by a second statement: a statement that waits for a lock goes on with the joined rows
 * that it had found before, so an enrollment that was moved meanwhile would come without its step and its mailbox.
 */
export async function lockEnrollments(db: Db, teamId: string, ids: readonly string[]) {
  const [, rows] = await Promise.all([
    db.run(lockedIds("e.id = any($2::text[])"), [teamId, ids]),
    readFacts(db, teamId, ids),
  ]);
  return rows;
}

const lockedIds = (where: string) =>
  `select e.id from enrollments e where e.team_id = $1 and ${where} order by e.id for no key update of e`;

function readFacts(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<EnrollmentFacts>(FACTS, [teamId, ids]);
}

async function lockWhere(db: Db, teamId: string, where: string, params: readonly unknown[]) {
  const rows = await db.rows<{ id: string }>(lockedIds(where), params);
  if (rows.length === 0) return [];
  return readFacts(
    db,
    teamId,
    rows.map(({ id }) => id),
  );
}

export type Selection = {
  sequenceIds: readonly string[];
  contactIds: readonly string[] | null;
  states: readonly string[] | null;
  /** Why the contact is not active, or failed. */
  reasons: readonly string[] | null;
  stepIds: readonly string[] | null;
  mailboxIds: readonly string[] | null;
  dueBefore: Temporal.Instant | null;
  /** What came back, or was never sent, and which reasons mean that. */
  views: { names: readonly string[]; notSent: readonly string[] } | null;
  /** Of the contact's name, title, company or address; all of them. */
  words: readonly string[] | null;
};

/**
 * Only the conditions that are given: one that may be null hides from the planner which index leads to the rows, and costs it five
 * times as long to find that out.
 */
function conditionsOf(teamId: string, selection: Selection) {
  const { sequenceIds, contactIds, states, reasons, stepIds, mailboxIds, dueBefore, views, words } =
    selection;
  const params: unknown[] = [teamId, sequenceIds];
  const where = ["e.state <> 'removed'", "e.sequence_id = any($2::text[])"];
  const narrow = (value: unknown, condition: (value: string) => string) => {
    if (value === null) return;
    params.push(value);
    where.push(condition(`$${params.length}`));
  };
  narrow(contactIds, (ids) => `e.contact_id = any(${ids}::text[])`);
  narrow(states, (any) => `e.state = any(${any}::text[])`);
  narrow(
    reasons,
    (any) => `(e.inactive_reason = any(${any}::text[]) or e.failure_reason = any(${any}::text[]))`,
  );
  narrow(stepIds, (ids) => `e.current_step_id = any(${ids}::text[])`);
  narrow(mailboxIds, (ids) => `e.mailbox_id = any(${ids}::text[])`);
  narrow(dueBefore, (at) => `e.due_at < ${at}::timestamptz`);
  if (views) {
    params.push(views.names, views.notSent);
    where.push(isInView(`$${params.length - 1}`, `$${params.length}`));
  }
  const isNamed = (patterns: string) =>
    `e.contact_id in (select w.id from team_contacts w where w.team_id = $1 and w.words like all (${patterns}::text[]))`;
  narrow(words?.map(patternOf) ?? null, isNamed);
  return { where: where.join(" and "), params };
}

/** The enrollments of a selection, without removed contacts. */
export function lockSelected(db: Db, teamId: string, selection: Selection) {
  const { where, params } = conditionsOf(teamId, selection);
  return lockWhere(db, teamId, where, params);
}

/** The contacts a selection is about, each once, longest there first. */
export async function selectedContacts(db: Db, teamId: string, selection: Selection) {
  const { where, params } = conditionsOf(teamId, selection);
  const rows = await db.rows<{ contactId: string }>(
    `select e.contact_id from enrollments e
      where e.team_id = $1 and ${where}
      group by e.contact_id
      order by min(e.added_at), e.contact_id`,
    params,
  );
  return rows.map(({ contactId }) => contactId);
}

/** Wherever these contacts are active or paused. */
export function lockLiveOf(db: Db, teamId: string, contactIds: readonly string[]) {
  const where = "e.contact_id = any($2::text[]) and e.state in ('active', 'paused')";
  return lockWhere(db, teamId, where, [teamId, contactIds]);
}
