import type { Db } from "../../../db/connect.ts";
import type { LoopName } from "../../../domain/basics/engine-loops.ts";
import type { AuthResults } from "../../../domain/sending/auth-results.ts";
import type { PlaceEnd } from "../../../domain/sending/placement.ts";
import { notAside } from "../../events/set-aside/store.ts";
import type { Leave } from "../../gate/clone-guard/store.ts";

export type PlacementText = {
  touchId: string | null;
  isOfStep: boolean;
  subject: string;
  bodyHtml: string;
  bodyText: string;
  tracksOpens: boolean;
};

type PlacementTestRow = PlacementText & {
  id: string;
  mailboxId: string;
  email: string;
  startedAt: Temporal.Instant;
  finishedAt: Temporal.Instant | null;
};

type Delivery = "waiting" | "released" | "sent" | "unconfirmed" | "failed";

export type PlacementMailRow = AuthResults & {
  id: string;
  testId: string;
  seedId: string;
  seedEmail: string;
  seedType: string;
  imapHost: string | null;
  delivery: Delivery;
  holdCode: string | null;
  nextAt: Temporal.Instant | null;
  releasedAt: Temporal.Instant | null;
  serverSaid: string | null;
  trouble: string | null;
  place: PlaceEnd | null;
  folder: string | null;
  arrivedAt: Temporal.Instant | null;
};

export type PlacementShown = { test: PlacementTestRow; mails: PlacementMailRow[] };

export type Seed = { id: string; email: string };

/** Connected ones; all, or these. */
export function listSeeds(db: Db, teamId: string, ids: readonly string[] | null) {
  return db.rows<Seed>(
    `select id, email from mailboxes
      where team_id = $1 and is_seed and is_active and revoked_at is null and ($2::text[] is null or id = any($2::text[]))
      order by created_at, id limit 20`,
    [teamId, ids],
  );
}

/** One start at a time, so that the number of those that run is right. */
export async function countRunning(db: Db, teamId: string) {
  await db.run("select pg_advisory_xact_lock(hashtextextended('placement tests ' || $1, 0))", [teamId]);
  const row = await db.row<{ running: number }>(
    "select count(*) as running from placement_tests where team_id = $1 and finished_at is null",
    [teamId],
  );
  return row?.running ?? 0;
}

type NewTest = PlacementText & { id: string; mailboxId: string; startedBy: string };

export function insertTest(db: Db, teamId: string, test: NewTest, now: Temporal.Instant) {
  return db.run(
    `insert into placement_tests (team_id, id, mailbox_id, started_by, touch_id, is_of_step, subject, body_html, body_text,
                                  tracks_opens, started_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[teamId, test.id, test.mailboxId, test.startedBy, test.touchId, test.isOfStep],
      ...[test.subject, test.bodyHtml, test.bodyText, test.tracksOpens, now],
    ],
  );
}

type NewMail = { id: string; seedId: string; seedEmail: string; messageId: string; token: string };

export function insertMails(
  db: Db,
  teamId: string,
  { id: testId, mailboxId }: Pick<NewTest, "id" | "mailboxId">,
  mails: readonly NewMail[],
  now: Temporal.Instant,
) {
  return db.run(
    `insert into placement_mails (team_id, id, test_id, mailbox_id, seed_id, seed_email, internet_message_id, token, next_at)
     select $1, n."id", $2, $3, n."seedId", n."seedEmail", n."messageId", n."token", $5
       from jsonb_to_recordset($4::jsonb) as n ("id" text, "seedId" text, "seedEmail" text, "messageId" text, "token" text)`,
    [teamId, testId, mailboxId, JSON.stringify(mails), now],
  );
}

/** Null as the viewer: all of them. Else those of mailboxes that the viewer may send from. */
export function listTests(
  db: Db,
  teamId: string,
  wanted: { id: string | null; mailboxId: string | null; viewerId: string | null },
) {
  return db.rows<PlacementTestRow>(
    `select t.id, t.mailbox_id, m.email, t.touch_id, t.is_of_step, t.subject, t.body_html, t.body_text, t.tracks_opens, t.started_at,
            t.finished_at
       from placement_tests t
       join mailboxes m on m.team_id = t.team_id and m.id = t.mailbox_id
      where t.team_id = $1 and ($2::text is null or t.id = $2) and ($3::text is null or t.mailbox_id = $3)
        and ($4::text is null or m.user_id = $4 or m.visibility = 'everyone')
      order by t.started_at desc, t.id desc limit 50`,
    [teamId, wanted.id, wanted.mailboxId, wanted.viewerId],
  );
}

export function listMails(db: Db, teamId: string, testIds: readonly string[]) {
  return db.rows<PlacementMailRow>(
    `select p.id, p.test_id, p.seed_id, p.seed_email, s.type as seed_type, s.imap_host, p.delivery, p.hold_code, p.next_at,
            p.released_at, p.server_said, p.trouble, p.place, p.folder, p.arrived_at, p.spf, p.dkim, p.dmarc
       from placement_mails p
       join mailboxes s on s.team_id = p.team_id and s.id = p.seed_id
      where p.team_id = $1 and p.test_id = any($2::text[])
      order by p.seed_email, p.id`,
    [teamId, testIds],
  );
}

const IS_DUE = "next_at <= $2";

/** Of a mailbox one at a time: each takes room from the next. */
export function lockToSend(db: Db, teamId: string, now: Temporal.Instant, loop: LoopName) {
  return db.rows<{ id: string; mailboxId: string }>(
    `select id, mailbox_id from placement_mails
      where team_id = $1 and ${IS_DUE} and delivery = 'waiting' and ${notAside(loop, "placement_mails.id")}
      order by next_at, id limit 20 for update skip locked`,
    [teamId, now],
  );
}

export type MailToSend = Pick<
  PlacementText,
  "touchId" | "subject" | "bodyHtml" | "bodyText" | "isOfStep" | "tracksOpens"
> & {
  id: string;
  testId: string;
  mailboxId: string;
  seedEmail: string;
  messageId: string;
  token: string;
  attemptId: string;
  tries: number;
  startedAt: Temporal.Instant;
};

/** The attempt is what may release it. Until that time no other engine takes it. */
export function takeToSend(
  db: Db,
  teamId: string,
  ids: readonly string[],
  { attemptId, until }: { attemptId: string; until: Temporal.Instant },
) {
  return db.rows<MailToSend>(
    `update placement_mails p set attempt_id = $3, next_at = $4
       from placement_tests t
      where p.team_id = $1 and p.id = any($2::text[]) and p.delivery = 'waiting' and t.team_id = p.team_id and t.id = p.test_id
     returning p.id, p.test_id, p.mailbox_id, p.seed_email, p.internet_message_id as message_id, p.token, p.attempt_id, p.tries,
               t.touch_id, t.subject, t.body_html, t.body_text, t.is_of_step, t.tracks_opens, t.started_at`,
    [teamId, ids, attemptId, until],
  );
}

type Own = Pick<MailToSend, "id" | "attemptId">;

/** Behind the lock of its mailbox. Null: it is no longer this attempt's. */
export async function lockForRelease(db: Db, teamId: string, { id, attemptId }: Own, { leave, seen }: Leave) {
  const row = await db.row<{ id: string }>(
    `select id from placement_mails
      where team_id = $1 and id = $2 and attempt_id = $3 and delivery = 'waiting' for no key update`,
    [teamId, id, attemptId],
  );
  if (!row) return null;
  return db.row<{ isFenceOpen: boolean }>("select may_send($1, $2) as is_fence_open", [leave, seen]);
}

/** From the commit on its last line may leave, so it counts against the limits of its mailbox. */
export async function release(
  db: Db,
  teamId: string,
  { id, mailboxId }: MailToSend,
  now: Temporal.Instant,
  lookAt: Temporal.Instant,
) {
  await db.run(
    `update placement_mails set delivery = 'released', released_at = $3, next_at = $4, hold_code = null
      where team_id = $1 and id = $2`,
    [teamId, id, now, lookAt],
  );
  await db.run(
    `update mailboxes set tests_count_until = $3::timestamptz + interval '48 hours' where team_id = $1 and id = $2`,
    [teamId, mailboxId, now],
  );
}

/** It was not released. `said` is the server's word. */
export function writeWait(
  db: Db,
  teamId: string,
  { id, attemptId }: Own,
  wait: { code: string; said: string | null; hasTried: boolean; nextAt: Temporal.Instant },
) {
  return db.run(
    `update placement_mails
        set delivery = 'waiting', attempt_id = null, released_at = null, hold_code = $4, next_at = $5,
            server_said = coalesce($6, server_said), tries = tries + $7::int
      where team_id = $1 and id = $2 and attempt_id = $3 and delivery in ('waiting', 'released') and place is null`,
    [teamId, id, attemptId, wait.code, wait.nextAt, wait.said, wait.hasTried ? 1 : 0],
  );
}

/** The server has it, or nobody knows. Found in the seed meanwhile, it is known already. */
export function writeDelivery(
  db: Db,
  teamId: string,
  { id, attemptId }: Own,
  ending: { delivery: "sent" | "unconfirmed"; said: string | null; messageId: string | null },
) {
  return db.run(
    `update placement_mails
        set delivery = case when delivery = 'sent' then 'sent' else $4 end, server_said = $5,
            internet_message_id = coalesce($6, internet_message_id)
      where team_id = $1 and id = $2 and attempt_id = $3 and delivery in ('released', 'sent', 'unconfirmed')`,
    [teamId, id, attemptId, ending.delivery, ending.said, ending.messageId],
  );
}

/** `trouble`: what stopped it, where that was not the server. */
export function writeUnsent(
  db: Db,
  teamId: string,
  { id, attemptId }: Own,
  { said = null, trouble = null }: { said?: string | null; trouble?: "suppressed" | null },
) {
  return db.run(
    `update placement_mails
        set delivery = 'failed', released_at = null, place = 'unsent', server_said = $4, trouble = $5, next_at = null, hold_code = null
      where team_id = $1 and id = $2 and attempt_id = $3 and delivery in ('waiting', 'released') and place is null`,
    [teamId, id, attemptId, said, trouble],
  );
}

export function lockToFind(db: Db, teamId: string, now: Temporal.Instant, loop: LoopName) {
  return db.rows<{ id: string; seedId: string }>(
    `select id, seed_id from placement_mails
      where team_id = $1 and ${IS_DUE} and delivery in ('released', 'sent', 'unconfirmed') and ${notAside(loop, "placement_mails.id")}
      order by next_at, id limit 100 for update skip locked`,
    [teamId, now],
  );
}

export type MailToFind = {
  id: string;
  testId: string;
  seedId: string;
  messageId: string;
  delivery: Delivery;
  releasedAt: Temporal.Instant;
  troubles: number;
};

export function takeToFind(db: Db, teamId: string, ids: readonly string[], until: Temporal.Instant) {
  return db.rows<MailToFind>(
    `update placement_mails set next_at = $3
      where team_id = $1 and id = any($2::text[]) and place is null
     returning id, test_id, seed_id, internet_message_id as message_id, delivery, released_at, troubles`,
    [teamId, ids, until],
  );
}

export type Ending = AuthResults & {
  place: PlaceEnd;
  folder: string | null;
  arrivedAt: Temporal.Instant | null;
};

/** What was found was sent. */
export function writePlace(db: Db, teamId: string, id: string, end: Ending, now: Temporal.Instant) {
  return db.run(
    `update placement_mails
        set place = $3, folder = $4, arrived_at = $5, spf = $6, dkim = $7, dmarc = $8, looked_at = $9, next_at = null,
            delivery = case when $5::timestamptz is not null then 'sent' when delivery = 'released' then 'unconfirmed' else delivery end,
            trouble = case when $5::timestamptz is null then trouble end
      where team_id = $1 and id = $2 and place is null`,
    [teamId, id, end.place, end.folder, end.arrivedAt, end.spf, end.dkim, end.dmarc, now],
  );
}

/** Not found yet, or the seed could not be read. A release without an outcome after ten minutes stays unconfirmed. */
export function writeLook(
  db: Db,
  teamId: string,
  id: string,
  look: { trouble: string | null; nextAt: Temporal.Instant },
  now: Temporal.Instant,
) {
  return db.run(
    `update placement_mails
        set trouble = $3, troubles = case when $3::text is null then 0 else troubles + 1 end, looked_at = $5, next_at = $4,
            delivery = case when delivery = 'released' and released_at < $5::timestamptz - interval '11 minutes'
                            then 'unconfirmed' else delivery end
      where team_id = $1 and id = $2 and place is null`,
    [teamId, id, look.trouble, look.nextAt, now],
  );
}

/** Those that are over now, each told once. The lock first: of two looks that end together, the second sees the first. */
export async function finishTests(db: Db, teamId: string, ids: readonly string[], now: Temporal.Instant) {
  await db.rows(
    "select id from placement_tests where team_id = $1 and id = any($2::text[]) order by id for no key update",
    [teamId, ids],
  );
  return db.rows<{ id: string; mailboxId: string; email: string }>(
    `update placement_tests t set finished_at = $3
       from mailboxes m
      where t.team_id = $1 and t.id = any($2::text[]) and t.finished_at is null and m.team_id = t.team_id and m.id = t.mailbox_id
        and not exists (select from placement_mails p where p.team_id = t.team_id and p.test_id = t.id and p.place is null)
     returning t.id, t.mailbox_id, m.email`,
    [teamId, ids, now],
  );
}

export async function teamsWithPlacementsDue(db: Db, now: Temporal.Instant) {
  const rows = await db.rows<{ teamId: string }>("select team_id from teams_with_placements_due($1)", [now]);
  return rows.map(({ teamId }) => teamId);
}
