// Finding who is in sequences. As with contacts, the statement is put together from fixed conditions, those that are
// asked for, and planned for the very values it is about; a page is found by its ids first.

import type { Db } from "../../../db/connect.ts";
import type { EnrollmentState } from "../../../domain/enrollments/enrollment.ts";
import { VISIBLE_TO } from "../../access/sharing/store.ts";
import { HELD_BY_ANSWER, type HeldByAnswer } from "../../contacts/answer-holds/store.ts";
import { patternOf } from "../../contacts/contact-filters/store.ts";
import { isInView } from "../../sequences/enrollment-counts/store.ts";
import type { Selection } from "../enrollments/locking-store.ts";
import { type EnrollmentOrder, sortedBy } from "./sorting-store.ts";

export type EnrollmentFilter = Omit<Selection, "sequenceIds"> & {
  sequenceIds: readonly string[] | null;
  /** Sequences hidden from this person are left out. */
  viewer: { userId: string; isAdmin: boolean };
};

export type EnrollmentPaging = {
  order: EnrollmentOrder;
  isAscending: boolean;
  after: { value: string; id: string } | null;
  offset: number;
  limit: number;
};

/** By page number a search shows this many; a cursor goes on. */
export const MOST_SHOWN = 50_000;

type Keep = (value: unknown) => string;

/** A page without the count of all, as a file takes them. */
export async function enrollmentsAfter(
  db: Db,
  teamId: string,
  filter: EnrollmentFilter,
  place: EnrollmentPaging,
) {
  const params: unknown[] = [teamId];
  const keep: Keep = (value) => `$${params.push(value)}`;
  const page = pageOf(whereOf(filter, keep), place, keep);
  const [, found] = await Promise.all([
    db.run(SETTINGS, ["force_custom_plan", "off"]),
    db.rows<{ id: string; value: string }>(page, params),
    db.run(SETTINGS, ["auto", "on"]),
  ]);
  const shown = found.slice(0, place.limit);
  const ids = shown.map(({ id }) => id);
  return { rows: await readEnrollments(db, teamId, ids), last: shown.at(-1) ?? null };
}

export async function searchEnrollments(
  db: Db,
  teamId: string,
  filter: EnrollmentFilter,
  place: EnrollmentPaging,
) {
  const counted: unknown[] = [teamId];
  const where = whereOf(filter, (value) => `$${counted.push(value)}`);
  const paged = [...counted];
  const page = pageOf(where, place, (value) => `$${paged.push(value)}`);
  const [, rows, total] = await Promise.all([
    db.run(SETTINGS, ["force_custom_plan", "off"]),
    db.rows<{ id: string; value: string }>(page, paged),
    db.row<{ total: number }>(
      `select count(*) as total from (select 1 from enrollments e where ${where} limit ${MOST_SHOWN}) found`,
      counted,
    ),
    db.run(SETTINGS, ["auto", "on"]),
  ]);
  const shown = rows.slice(0, place.limit);
  return {
    ids: shown.map(({ id }) => id),
    total: total?.total ?? 0,
    last: rows.length > place.limit ? (shown.at(-1) ?? null) : null,
  };
}

// For this transaction only: compiling a plan takes longer than a search may.
const SETTINGS = "select set_config('plan_cache_mode', $1, true), set_config('jit', $2, true)";

function whereOf(filter: EnrollmentFilter, keep: Keep) {
  const { sequenceIds, contactIds, states, reasons, stepIds, mailboxIds, dueBefore, views, words, viewer } =
    filter;
  return [
    "e.team_id = $1",
    "e.state <> 'removed'",
    ...when(sequenceIds, (ids) => `e.sequence_id ${isOneOf(ids, keep)}`),
    ...when(contactIds, (ids) => `e.contact_id ${isOneOf(ids, keep)}`),
    ...when(states, (words) => `e.state ${isOneOf(words, keep)}`),
    ...when(reasons, (words) => {
      const place = keep(words);
      return `(e.inactive_reason = any (${place}::text[]) or e.failure_reason = any (${place}::text[]))`;
    }),
    ...when(stepIds, (ids) => `e.current_step_id ${isOneOf(ids, keep)}`),
    ...when(mailboxIds, (ids) => `e.mailbox_id ${isOneOf(ids, keep)}`),
    ...when(views, ({ names, notSent }) => isInView(keep(names), keep(notSent))),
    ...when(words, (parts) => {
      const fits = parts.map((word) => `w.words like ${keep(patternOf(word))}`).join(" and ");
      return `e.contact_id in (select w.id from team_contacts w where w.team_id = $1 and ${fits})`;
    }),
    ...when(dueBefore, (at) => `e.due_at < ${keep(at)}::timestamptz`),
    ...(viewer.isAdmin ? [] : [visibleTo(keep(viewer.userId))]),
  ].join("\n and ");
}

function when<T>(value: T | null, condition: (value: T) => string) {
  return value === null ? [] : [condition(value)];
}

// One value is asked for by itself: an index then gives its rows in order.
function isOneOf(values: readonly string[], keep: Keep) {
  return values.length === 1 ? `= ${keep(values[0])}::text` : `= any (${keep(values)}::text[])`;
}

/** By the same rule as domain/identity/sharing.ts: paging needs it in the query. */
const visibleTo = (userId: string) => `exists (${VISIBLE_TO(`${userId}::text`)} and s.id = e.sequence_id)`;

/** One more than asked for, which tells whether there is a next page. */
function pageOf(where: string, { order, isAscending, after, offset, limit }: EnrollmentPaging, keep: Keep) {
  const { by, type, joins } = sortedBy(order, isAscending);
  const way = isAscending ? "asc" : "desc";
  const onward = after
    ? `and (${by}, e.id) ${isAscending ? ">" : "<"} (${keep(after.value)}::${type}, ${keep(after.id)}::text)`
    : "";
  return `select e.id, (${by})::text as value from enrollments e ${joins}
    where ${where} ${onward}
    order by ${by} ${way}, e.id ${way}
    limit ${keep(limit + 1)}::int offset ${keep(after ? 0 : offset)}::int`;
}

export type FoundEnrollment = {
  id: string;
  sequenceId: string;
  sequenceName: string;
  contactId: string;
  contactName: string | null;
  email: string | null;
  title: string | null;
  organizationName: string | null;
  accountId: string | null;
  state: Exclude<EnrollmentState, "removed">;
  inactiveReason: string | null;
  failureReason: string | null;
  currentStepId: string | null;
  currentStepPosition: number | null;
  /** Set where the step does not belong to the version that new contacts join. */
  earlierVersionId: string | null;
  mailboxId: string | null;
  mailboxUserId: string | null;
  sendFromEmail: string | null;
  addedBy: string | null;
  addedAt: Temporal.Instant;
  dueAt: Temporal.Instant | null;
  pausedAt: Temporal.Instant | null;
  resumeAt: Temporal.Instant | null;
  manuallySetUnpause: boolean | null;
  finishedAt: Temporal.Instant | null;
  failedAt: Temporal.Instant | null;
  inResponseTo: string | null;
  heldByAnswer: HeldByAnswer | null;
  updatedAt: Temporal.Instant;
};

/** In the order of the ids; who was removed is left out. */
export function readEnrollments(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<FoundEnrollment>(
    `select e.id, e.sequence_id, s.name as sequence_name, e.contact_id, c.name as contact_name, c.email, c.title,
            c.organization_name, c.account_id, e.state, e.inactive_reason, e.failure_reason, e.current_step_id,
            st.position as current_step_position, st.version_id as earlier_version_id, e.mailbox_id, m.user_id as mailbox_user_id, e.send_from_email,
            e.added_by, e.added_at, e.due_at, e.paused_at, e.resume_at, e.manually_set_unpause, e.finished_at,
            e.failed_at, e.in_response_to, e.updated_at, ${HELD_BY_ANSWER} as held_by_answer
       from enrollments e
       join sequences s on s.team_id = e.team_id and s.id = e.sequence_id
       join contacts c on c.team_id = e.team_id and c.id = e.contact_id
       left join sequence_steps st on st.team_id = e.team_id and st.id = e.current_step_id
       left join mailboxes m on m.team_id = e.team_id and m.id = e.mailbox_id
      where e.team_id = $1 and e.id = any($2::text[]) and e.state <> 'removed'
      order by array_position($2::text[], e.id::text)`,
    [teamId, ids],
  );
}

export type MailOfEnrollment = {
  id: string;
  stepId: string | null;
  touchId: string | null;
  type: string;
  status: string;
  subject: string | null;
  toEmail: string | null;
  dueAt: Temporal.Instant | null;
  completedAt: Temporal.Instant | null;
  failedAt: Temporal.Instant | null;
  failureReason: string | null;
  notSentReason: string | null;
};

const MOST_TOLD = 200;

export function mailsOf(db: Db, teamId: string, enrollmentId: string) {
  return db.rows<MailOfEnrollment>(
    `select id, step_id, touch_id, type, status, subject, to_email, due_at, completed_at, failed_at, failure_reason,
            not_sent_reason
       from messages where team_id = $1 and enrollment_id = $2 and status is not null -- leaves out canceled mails
      order by created_at, id
      limit ${MOST_TOLD}`,
    [teamId, enrollmentId],
  );
}

/** Of the contact's tasks, those that the steps of this sequence have made. */
export async function taskIdsOf(
  db: Db,
  teamId: string,
  { contactId, sequenceId }: { contactId: string; sequenceId: string },
) {
  const rows = await db.rows<{ id: string }>(
    `select id from tasks where team_id = $1 and contact_id = $2 and sequence_id = $3
      order by due_at, id limit ${MOST_TOLD}`,
    [teamId, contactId, sequenceId],
  );
  return rows.map(({ id }) => id);
}

/** What happened to it, and to its mails; newest first. */
export async function eventIdsOf(db: Db, teamId: string, enrollmentId: string, mailIds: readonly string[]) {
  const rows = await db.rows<{ id: string }>(
    `select id from events
      where team_id = $1 and subject_id = any($2::text[])
      order by written_in desc, position desc
      limit ${MOST_TOLD}`,
    [teamId, [enrollmentId, ...mailIds]],
  );
  return rows.map(({ id }) => id);
}
