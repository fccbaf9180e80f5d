// Answers that are not classified yet: the contact each one holds, since when, and later who classified it, and how.

import type { Db } from "../../../db/connect.ts";
import { LOCK_NAMES } from "../../../db/lock-names.ts";
import type { AnswerHold, HoldReason } from "../../../domain/receiving/answer-holds.ts";
import { notAside } from "../../events/set-aside/store.ts";

/**
 * Gates take these locks shared, and who writes a hold takes them alone: a hold waits for the gates that are open for
 * that address, and every later gate sees it. Taken after the lock of the suppressions and before any row.
 */
export function lockAddresses(db: Db, teamId: string, addressKeys: readonly string[]) {
  return db.run(
    `select pg_advisory_xact_lock(hashtextextended(name, 0))
       from (select name from unnest($1::text[]) as n (name) order by name) s`,
    [addressKeys.map((key) => LOCK_NAMES.answers(teamId, key))],
  );
}

export function shareAddresses(db: Db, teamId: string, addressKeys: readonly string[]) {
  return db.run(
    `select pg_advisory_xact_lock_shared(hashtextextended(name, 0))
       from (select name from unnest($1::text[]) as n (name) order by name) s`,
    [addressKeys.map((key) => LOCK_NAMES.answers(teamId, key))],
  );
}

export type NewHold = {
  id: string;
  incomingMailId: string;
  contactId: string | null;
  reason: HoldReason;
  until: Temporal.Instant | null;
  keys: readonly string[];
};

/** From this moment on, by the database's clock: the locks are held. */
export async function insertHolds(db: Db, teamId: string, holds: readonly NewHold[]) {
  await db.run(
    `insert into answer_holds (team_id, id, incoming_mail_id, contact_id, reason, since, until_at)
     select $1, h."id", h."incomingMailId", h."contactId", h."reason", cadenza_now(), h."until"
       from jsonb_to_recordset($2::jsonb) as h ("id" text, "incomingMailId" text, "contactId" text, "reason" text, "until" timestamptz)`,
    [teamId, JSON.stringify(holds)],
  );
  await db.run(
    `insert into answer_hold_keys (team_id, hold_id, key)
     select $1, h.id, k.key from jsonb_to_recordset($2::jsonb) as h (id text, keys jsonb)
      cross join lateral jsonb_array_elements_text(h.keys) as k (key)`,
    [teamId, JSON.stringify(holds)],
  );
}

type OpenHold = AnswerHold & { key: string };

/** Holds that are open now, by the database's clock. One that holds a contact and their address comes once for each key. */
export function openHolds(db: Db, teamId: string, keys: readonly string[]) {
  return db.rows<OpenHold>(
    `select k.key, h.id, h.incoming_mail_id, h.reason, h.since, h.until_at as until
       from answer_hold_keys k
       join answer_holds h on h.team_id = k.team_id and h.id = k.hold_id
      where k.team_id = $1 and k.key = any($2::text[]) and ${IS_OPEN}`,
    [teamId, keys],
  );
}

/** The given contacts who have an unclassified answer. */
export async function heldContacts(db: Db, teamId: string, contactIds: readonly string[]) {
  const rows = await db.rows<{ id: string }>(
    `select c.id from contacts c
      where c.team_id = $1 and c.id = any($2::text[])
        and exists (select from answer_hold_keys k join answer_holds h on h.team_id = k.team_id and h.id = k.hold_id
                     where k.team_id = c.team_id and k.key in (c.id::text, address_key(c.team_id, c.email)) and ${IS_OPEN})`,
    [teamId, contactIds],
  );
  return rows.map(({ id }) => id);
}

export const IS_OPEN = "h.settled_at is null and (h.until_at is null or h.until_at > cadenza_now())";

export type HoldRow = {
  id: string;
  incomingMailId: string;
  contactId: string | null;
  reason: HoldReason;
  until: Temporal.Instant | null;
  keys: string[];
};

const ROW = `h.id, h.incoming_mail_id, h.contact_id, h.reason, h.until_at as until,
  array (select k.key from answer_hold_keys k where k.team_id = h.team_id and k.hold_id = h.id) as keys`;

/** The open holds of the given mails. */
export function lockOpenOf(db: Db, teamId: string, incomingMailIds: readonly string[]) {
  return db.rows<HoldRow>(
    `select ${ROW} from answer_holds h
      where h.team_id = $1 and h.incoming_mail_id = any($2::text[]) and ${IS_OPEN} order by h.id for update of h`,
    [teamId, incomingMailIds],
  );
}

/** The last closed hold of each given mail, and how its answer was classified. */
export function lastSettledOf(db: Db, teamId: string, incomingMailIds: readonly string[]) {
  return db.rows<HoldRow & { settledAs: string | null }>(
    `select distinct on (h.incoming_mail_id) ${ROW}, h.settled_as from answer_holds h
      where h.team_id = $1 and h.incoming_mail_id = any($2::text[])
      order by h.incoming_mail_id, h.since desc, h.id desc`,
    [teamId, incomingMailIds],
  );
}

export function settleHoldRows(
  db: Db,
  teamId: string,
  ids: readonly string[],
  { by, as }: { by: string | null; as: string },
) {
  return db.run(
    `update answer_holds set settled_at = cadenza_now(), settled_by = $3, settled_as = $4
      where team_id = $1 and id = any($2::text[]) and settled_at is null`,
    [teamId, ids, by, as],
  );
}

export async function teamsWithHoldsOver(db: Db, now: Temporal.Instant) {
  const rows = await db.rows<{ teamId: string }>("select team_id from teams_with_holds_over($1)", [now]);
  return rows.map(({ teamId }) => teamId);
}

/** Those whose time has passed. */
export function lockPassed(db: Db, teamId: string, now: Temporal.Instant, limit: number) {
  return db.rows<{ id: string }>(
    `select id from answer_holds
      where team_id = $1 and settled_at is null and until_at <= $2 and ${notAside("end-holds", "answer_holds.id")}
      order by until_at limit $3 for update skip locked`,
    [teamId, now, limit],
  );
}

/** Noted as over when their time had passed. */
export function endPassed(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<HoldRow>(
    `update answer_holds h set settled_at = h.until_at, settled_as = 'time'
      where h.team_id = $1 and h.id = any($2::text[])
     returning ${ROW}`,
    [teamId, ids],
  );
}

/** Open ones that end by themselves. */
export function lockTimed(db: Db, teamId: string) {
  return db.rows<HoldRow>(
    `select ${ROW} from answer_holds h
      where h.team_id = $1 and h.until_at is not null and ${IS_OPEN} order by h.id for update of h`,
    [teamId],
  );
}

/** Mails that wait because of such a hold are looked at now. */
export function wakeHeldMails(db: Db, teamId: string, keys: readonly string[], now: Temporal.Instant) {
  return db.run(
    `update messages m set is_queued = true, next_check_at = $3
      where m.team_id = $1 and m.delivery = 'planned' and m.hold_code = 'answer_unsettled'
        and (m.contact_id = any($2::text[])
          or exists (select from contacts c where c.team_id = m.team_id and c.id = m.contact_id
                        and address_key($1, c.email) = any($2::text[])))`,
    [teamId, keys, now],
  );
}

/** Times as text, as JSON has them. */
export type HeldByAnswer = { since: string; until: string | null };

/** In a select over enrollments `e` and contacts `c`: since and until when an answer of that contact holds it; null where none does. */
export const HELD_BY_ANSWER = `(select jsonb_build_object('since', h.since, 'until', h.until_at)
    from answer_hold_keys k join answer_holds h on h.team_id = k.team_id and h.id = k.hold_id
   where k.team_id = e.team_id and k.key in (e.contact_id::text, address_key(e.team_id, c.email)) and e.state = 'active' and ${IS_OPEN}
   order by h.until_at desc nulls first limit 1)`;

/** In a select over incoming mails `i`: the hold that is open because of it; null where none is. */
export const HOLD_OF_MAIL = `(select jsonb_build_object('id', h.id, 'reason', h.reason, 'since', h.since, 'until', h.until_at)
    from answer_holds h where h.team_id = i.team_id and h.incoming_mail_id = i.id and ${IS_OPEN}
   order by h.until_at desc nulls first limit 1)`;
