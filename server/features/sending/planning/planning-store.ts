import type { Db } from "../../../db/connect.ts";
import type { PriorityPolicy } from "../../../domain/sequences/priority.ts";
import type { StepType } from "../../../domain/sequences/sequence-plan.ts";
import { dueSequences } from "../../enrollments/enrollments/turns-store.ts";
import { notAside } from "../../events/set-aside/store.ts";

export type DueStep = {
  id: string;
  sequenceId: string;
  contactId: string;
  stepId: string;
  /** Null: they stand at no step. */
  stepType: StepType | null;
  isStepOn: boolean;
  dueAt: Temporal.Instant;
  mailboxId: string | null;
  score: number;
  priorityPolicy: PriorityPolicy;
  isFollowUp: boolean;
  /** They have no address, and were added to have their mails skipped. */
  skipsMails: boolean;
  slot: string | null;
  slotDoneAt: Temporal.Instant | null;
};

/** Said in the statement itself: of a limit that comes as a parameter the planner expects a tenth of the table. */
const AT_ONCE = 500;

/**
 * The enrollments that the engine has to look at, locked: contacts before enrollments as everywhere, then their
 * steps, so that none is switched off or on meanwhile. Rows that another transaction has locked are passed over, and
 * looked at in the next round.
 *
 * Each statement sees what was so when it began, and only the last one begins with all locks held. The state of a
 * step and its mail is read there. Read together with locking, a mail that is canceled at that very moment would
 * still seem under way, and its contact would never be looked at again.
 */
export async function lockUnplanned(db: Db, teamId: string, now: Temporal.Instant): Promise<DueStep[]> {
  const held = await holdDue(db, teamId, now);
  if (held.length === 0) return [];
  const locked = await db.rows<{ id: string; stepId: string | null }>(
    `select id, current_step_id as step_id from enrollments
      where team_id = $1 and id = any($3::text[]) and state = 'active' and plan_at is not null and plan_at <= $2
        and contact_id = any($4::text[])
      order by plan_at, id
        for no key update skip locked`,
    [teamId, now, held.map(({ id }) => id), held.map(({ contactId }) => contactId)],
  );
  const steps = await lockSteps(db, teamId, [...new Set(locked.flatMap(({ stepId }) => stepId ?? []))]);
  const ready = locked.filter(({ stepId }) => stepId === null || steps.has(stepId));
  return ready.length > 0
    ? readDue(
        db,
        teamId,
        ready.map(({ id }) => id),
      )
    : [];
}

type HeldDue = { id: string; contactId: string };

/**
 * Those due first. Where there are more than fit, they may be all of one sequence, or of one that is being changed, so
 * each sequence gets its share and the first get what is left.
 */
async function holdDue(db: Db, teamId: string, now: Temporal.Instant): Promise<HeldDue[]> {
  const first = await db.rows<HeldDue>(due(`order by e.plan_at limit ${AT_ONCE}`), [teamId, now]);
  if (first.length < AT_ONCE) return first;
  const turns = await db.rows<HeldDue>(TURNS, [teamId, now]);
  return [...new Map([...turns, ...first].map((row) => [row.id, row])).values()].slice(0, AT_ONCE);
}

/** Taken as they are locked: of those due first a change may hold thousands, and the others do not wait for it. */
function due(which: string) {
  return `select e.id, e.contact_id from enrollments e join contacts c on c.team_id = e.team_id and c.id = e.contact_id
      where e.team_id = $1 and e.state = 'active' and e.plan_at is not null and e.plan_at <= $2
        and ${notAside("plan-steps", "e.id")} ${which}
        for key share of c skip locked`;
}

const SHARE = `(select greatest(1, ${AT_ONCE} / count(*)) from due)`;
const TURNS = `with recursive ${dueSequences({ state: "active", at: "plan_at" }, AT_ONCE)}
  select turn.id, turn.contact_id from due
   cross join lateral (${due(`and e.sequence_id = due.sequence_id order by e.plan_at limit ${SHARE}`)}) turn`;

async function lockSteps(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await db.rows<{ id: string }>(
    "select id from sequence_steps where team_id = $1 and id = any($2::text[]) order by id for share skip locked",
    [teamId, ids],
  );
  return new Set(rows.map(({ id }) => id));
}

function readDue(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<DueStep>(
    `select e.id, e.sequence_id, e.contact_id, e.current_step_id as step_id, p.type as step_type,
            coalesce(p.is_on, false) as is_step_on, e.due_at, e.mailbox_id, c.prospect_score as score, s.priority_policy,
            coalesce(p.position > 1 and exists (select from messages o
               where o.team_id = e.team_id and o.enrollment_id = e.id and o.delivery = 'sent'), false) as is_follow_up,
            c.email is null and e.allows_no_email as skips_mails,
            m.delivery as slot, coalesce(m.completed_at, m.failed_at) as slot_done_at
       from enrollments e
       join sequences s on s.team_id = e.team_id and s.id = e.sequence_id
       join contacts c on c.team_id = e.team_id and c.id = e.contact_id
       left join sequence_steps p on p.team_id = e.team_id and p.id = e.current_step_id
       left join messages m on m.team_id = e.team_id and m.enrollment_id = e.id and m.step_id = e.current_step_id
                           and m.copy_of is null
      where e.team_id = $1 and e.id = any($2::text[])
      order by e.plan_at, e.id`,
    [teamId, ids],
  );
}

/** Null: the current step has been planned. */
export function notePlanned(
  db: Db,
  teamId: string,
  rows: readonly { id: string; planAt: Temporal.Instant | null }[],
) {
  return db.run(
    `update enrollments e set plan_at = n.plan_at
       from unnest($2::text[], $3::timestamptz[]) as n (id, plan_at)
      where e.team_id = $1 and e.id = n.id`,
    [teamId, rows.map(({ id }) => id), rows.map(({ planAt }) => planAt)],
  );
}

type NewSlot = {
  id: string;
  enrollmentId: string;
  stepId: string;
  dueAt: Temporal.Instant;
  rank: number;
};

type PlannedMailRow = { id: string; sequenceId: string; contactId: string; dueAt: Temporal.Instant };

/** The slot of each enrollment and step: a new one, or the one there was, if it may be planned again. */
export function planSlots(db: Db, teamId: string, slots: readonly NewSlot[], now: Temporal.Instant) {
  return db.rows<PlannedMailRow>(
    `insert into messages as m (team_id, id, user_id, contact_id, account_id, mailbox_id, sequence_id, step_id, enrollment_id,
            from_email, type, delivery, due_at, next_check_at, rank, is_queued, created_at, updated_at)
     select $1, n."id", b.user_id, e.contact_id, c.account_id, e.mailbox_id, e.sequence_id, n."stepId", e.id,
            e.send_from_email, 'outreach_automatic_email', 'planned', n."dueAt", n."dueAt", n."rank", n."dueAt" <= $3, $3, $3
       from jsonb_to_recordset($2::jsonb) as n ("id" text, "enrollmentId" text, "stepId" text, "dueAt" timestamptz, "rank" float8)
       join enrollments e on e.team_id = $1 and e.id = n."enrollmentId"
       join contacts c on c.team_id = e.team_id and c.id = e.contact_id
       left join mailboxes b on b.team_id = e.team_id and b.id = e.mailbox_id
     on conflict (team_id, enrollment_id, step_id) where enrollment_id is not null and step_id is not null and copy_of is null
     do update set delivery = 'planned', mailbox_id = excluded.mailbox_id, user_id = excluded.user_id, from_email = excluded.from_email, rank = excluded.rank,
            due_at = case when m.due_at_manually_changed and m.due_at > $3 then m.due_at else excluded.due_at end,
            next_check_at = case when m.due_at_manually_changed and m.due_at > $3 then m.due_at else excluded.next_check_at end,
            is_queued = excluded.is_queued and not (m.due_at_manually_changed and m.due_at > $3),
            hold_code = null, hold_evidence = null, held_since = null, composed_at = null, updated_at = $3
      where m.delivery in ('planned', 'cancelled', 'failed')
     returning m.id, m.sequence_id, m.contact_id, m.due_at`,
    [teamId, JSON.stringify(slots), now],
  );
}

/** The slot of a mail that is skipped for want of an address. */
export function insertSkipped(
  db: Db,
  teamId: string,
  slots: readonly Pick<NewSlot, "id" | "enrollmentId" | "stepId">[],
  now: Temporal.Instant,
) {
  return db.run(
    `insert into messages as m (team_id, id, user_id, contact_id, account_id, mailbox_id, sequence_id, step_id, enrollment_id,
            from_email, type, delivery, due_at, created_at, updated_at)
     select $1, n."id", b.user_id, e.contact_id, c.account_id, e.mailbox_id, e.sequence_id, n."stepId", e.id, e.send_from_email,
            case p.type when 'manual_email' then 'outreach_manual_email' else 'outreach_automatic_email' end, 'skipped',
            e.due_at, $3, $3
       from jsonb_to_recordset($2::jsonb) as n ("id" text, "enrollmentId" text, "stepId" text)
       join enrollments e on e.team_id = $1 and e.id = n."enrollmentId"
       join contacts c on c.team_id = e.team_id and c.id = e.contact_id
       join sequence_steps p on p.team_id = e.team_id and p.id = n."stepId"
       left join mailboxes b on b.team_id = e.team_id and b.id = e.mailbox_id
     on conflict (team_id, enrollment_id, step_id) where enrollment_id is not null and step_id is not null and copy_of is null
     do update set delivery = 'skipped', is_queued = false, next_check_at = null, hold_code = null, updated_at = $3
      where m.delivery in ('draft', 'planned', 'cancelled', 'failed')`,
    [teamId, JSON.stringify(slots), now],
  );
}

/** Those whose time has come take their place in the queue of their mailbox, from the first on or from the last. */
export type End = "first" | "last";
const dueMails = (
  end: End,
) => `team_id = $1 and delivery = 'planned' and not is_queued and next_check_at <= least($2::timestamptz, (select cadenza_now() offset 0))
  and ${notAside("queue-mails", "messages.id")} order by next_check_at ${end === "last" ? "desc" : ""} limit $3 for update skip locked`;

/**
 * By the database's clock, which the gate asks too: what is queued a moment early by an engine's clock is not due at the gate, waits
 * once more, and loses its turn to those behind it.
 */
export function queueDue(db: Db, teamId: string, now: Temporal.Instant, limit: number, end: End) {
  return db.run(
    `update messages set is_queued = true
      where (team_id, id) in (select team_id, id from messages where ${dueMails(end)})`,
    [teamId, now, limit],
  );
}

/** For where one of them may fail. */
export function lockQueueDue(db: Db, teamId: string, now: Temporal.Instant, limit: number, end: End) {
  return db.rows<{ id: string }>(`select id from messages where ${dueMails(end)}`, [teamId, now, limit]);
}

export function queueThese(db: Db, teamId: string, ids: readonly string[]) {
  return db.run("update messages set is_queued = true where team_id = $1 and id = any($2::text[])", [
    ...[teamId, ids],
  ]);
}
