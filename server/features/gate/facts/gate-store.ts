import type { Db } from "../../../db/connect.ts";
import { dayIn } from "../../../domain/basics/limits.ts";
import { zoneOfDays } from "../../../domain/gate/gate-times.ts";
import type { By } from "../../events/events/store.ts";
import type { Leave } from "../clone-guard/store.ts";
import type { Around } from "./around.ts";
import { newOn, sentOn } from "./sending-store.ts";

/** Names that a change waits for, shared with all gates of the team, and names that one gate at a time may hold. */
type LockNames = { shared: readonly string[]; alone: readonly string[] };

export function lockNames(db: Db, { shared, alone }: LockNames) {
  return db.rows(
    `select pg_advisory_xact_lock_shared(hashtextextended(name, 0)) from unnest($1::text[]) as s (name)
     union all
     select pg_advisory_xact_lock(hashtextextended(name, 0)) from unnest($2::text[]) as s (name)`,
    [shared, alone],
  );
}

export function lockEnrollmentRows(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows(
    "select id from enrollments where team_id = $1 and id = any($2::text[]) order by id for share",
    [teamId, ids],
  );
}

/** Where there is something to count, one gate after the other. */
export async function lockLimited(db: Db, teamId: string, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return db.rows(
    "select id from mailboxes where team_id = $1 and id = any($2::text[]) order by id for no key update",
    [teamId, ids],
  );
}

/** Where nothing is limited, gates share the lock, and only a change of the mailbox waits. */
export async function holdUnlimited(db: Db, teamId: string, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return db.rows(
    "select id from mailboxes where team_id = $1 and id = any($2::text[]) order by id for share",
    [teamId, ids],
  );
}

export type Stand = {
  id: string;
  delivery: string;
  attemptId: string | null;
  isFenceOpen: boolean;
  at: Temporal.Instant;
};

export function lockMessages(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows(
    "select id from messages where team_id = $1 and id = any($2::text[]) order by id for no key update",
    [teamId, ids],
  );
}

/** To be read when all locks are held and all else is read: `at` is when that was. */
export function readStands(db: Db, teamId: string, ids: readonly string[], { leave, seen }: Leave) {
  return db.rows<Stand>(
    `select m.id, m.delivery, m.attempt_id, c.is_fence_open, c.at
       from messages m, (select cadenza_now() as at, may_send($3, $4) as is_fence_open offset 0) c
      where m.team_id = $1 and m.id = any($2::text[])`,
    [teamId, ids, leave, seen],
  );
}

export type Switches = {
  sequenceId: string;
  stepId: string | null;
  isOn: boolean;
  isActive: boolean;
  archivedAt: Temporal.Instant | null;
  ownerLeftAt: Temporal.Instant | null;
  /** Another one where its texts, limits, rules or hours have been changed. */
  stamp: string;
};

export function readSwitches(db: Db, teamId: string, sequenceIds: readonly string[]) {
  return db.rows<Switches>(
    `select s.id as sequence_id, p.id as step_id, coalesce(p.is_on, false) as is_on, s.is_active, s.archived_at,
            u.deactivated_at as owner_left_at, ${STAMP} as stamp
       from sequences s
       join users u on u.team_id = s.team_id and u.id = s.owner_id
       ${HOURS}
       left join sequence_steps p on p.team_id = s.team_id and p.sequence_id = s.id
      where s.team_id = $1 and s.id = any($2::text[])`,
    [teamId, sequenceIds],
  );
}

// The rules are the sequence's own, its ruleset's, or the team's.
const STAMP = `concat_ws(' ', extract(epoch from s.updated_at), h.id, extract(epoch from h.updated_at),
  (select string_agg(r.id || ' ' || extract(epoch from r.updated_at), ' ' order by r.id) from rulesets r
    where r.team_id = s.team_id and (r.id = s.ruleset_id or r.is_default)))`;
const HOURS = `left join schedules h on h.team_id = s.team_id and (h.id = s.schedule_id or s.schedule_id is null and h.is_default)`;

/** To be read before everything that the stamp covers. */
export async function readStamp(db: Db, teamId: string, sequenceId: string) {
  const row = await db.row<{ stamp: string }>(
    `select ${STAMP} as stamp from sequences s ${HOURS} where s.team_id = $1 and s.id = $2`,
    [teamId, sequenceId],
  );
  return row?.stamp ?? "";
}

export function sentToday({ db, teamId, now }: By, around: Around) {
  return sentOn(db, teamId, around.sequence.id, dayIn(zoneOfDays(around.facts), now).began);
}

export function newToday({ db, teamId, now }: By, around: Around) {
  const { began } = dayIn(zoneOfDays(around.facts), now);
  return newOn(db, teamId, around.sequence.id, began, around.facts.newLimit);
}

export type LetGo = {
  id: string;
  attemptId: string;
  scheduleTz: string;
  windowStart: string;
  windowEnd: string;
  windowDows: number[];
  /** Which step of which list of steps it is. */
  stepNo: number | null;
  stepOrder: string | null;
  /** When its enrollment was due; null for a mail of no enrollment, and one whose time a person chose. */
  wasDueAt: Temporal.Instant | null;
};

/** From here on they count against every limit, whatever becomes of them. */
export function writeReleased(db: Db, teamId: string, mails: readonly LetGo[], at: Temporal.Instant) {
  if (mails.length === 0) return;
  return db.run(
    `with gone as (
       update messages m
          set delivery = 'dot', released_at = $3, schedule_tz = n."scheduleTz", window_start = n."windowStart"::time,
              window_end = n."windowEnd"::time, window_dows = n."windowDows", step_no = n."stepNo", step_order = n."stepOrder", was_due_at = n."wasDueAt",
              min_gap = ${MIN_GAP}, updated_at = $3
         from jsonb_to_recordset($2::jsonb) as n ("id" text, "attemptId" text, "scheduleTz" text, "windowStart" text,
              "windowEnd" text, "windowDows" int[], "stepNo" int, "stepOrder" text, "wasDueAt" timestamptz)
        where m.team_id = $1 and m.id = n."id" and m.attempt_id = n."attemptId" and m.delivery = 'claimed'
       returning m.attempt_id)
     update send_attempts a set released_at = $3 from gone where a.team_id = $1 and a.id = gone.attempt_id`,
    [teamId, JSON.stringify(mails), at],
  );
}

// What can be proved of the wait: of N days of the schedule N - 1 whole ones lie between, an hour less where clocks turn.
const MIN_GAP = `(
  select case when m.due_at_manually_changed or p.exact_at is not null or p.wait_time = 0 then interval '0'
              when p.wait_mode = 'minute' then p.wait_time * interval '1 minute'
              when p.wait_mode = 'hour' then p.wait_time * interval '1 hour'
              else greatest((p.wait_time - 1) * interval '24 hours' - interval '1 hour', interval '0') end
    from sequence_steps p where p.team_id = m.team_id and p.id = m.step_id)`;
