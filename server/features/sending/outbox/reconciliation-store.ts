import type { Db } from "../../../db/connect.ts";
import { PROVING, TIES } from "../../../domain/receiving/inbound-outcome.ts";
import { notAside } from "../../events/set-aside/store.ts";
import type { SentRow, TouchedMailRow } from "./outcomes-store.ts";

/** Longer than any transmission takes: a live engine that had it has lost track of it. */
const FORGOTTEN = "interval '20 minutes'";

// Not released yet: the next engine that claims them begins anew. Only the two functions below choose which ones.
const freeing = (which: string, why: "engine_lost" | "our_error") => `
  with lost as (
    select m.id, m.attempt_id from messages m
     where m.team_id = $1 and m.delivery = 'claimed' and ${which}),
       attempts as (
    update send_attempts a set ended_at = cadenza_now(), outcome = 'failed_before_dot', why = '${why}'
      from lost where a.team_id = $1 and a.id = lost.attempt_id and a.outcome is null)
  update messages m
     set delivery = 'planned', is_queued = true, next_check_at = cadenza_now(), attempt_id = null, engine_id = null,
         composed_at = case when m.again_at is not null then m.composed_at end,
         updated_at = cadenza_now()
    from lost where m.team_id = $1 and m.id = lost.id`;

const OF_THE_DEAD = freeing("m.id = any($2::text[]) order by m.id for no key update", "engine_lost");
const OF_A_LANE = freeing(
  "m.engine_id = $2 and m.mailbox_id = $3 order by m.id for no key update",
  "our_error",
);

type Orphan = { id: string; isLetGo: boolean };

/** Of engines that are gone: mails that were not released yet, and mails whose outcome is unknown. */
export function lockOrphans(db: Db, teamId: string, limit: number) {
  return db.rows<Orphan>(
    `select m.id, m.delivery = 'dot' as is_let_go from messages m
      where m.team_id = $1 and m.delivery in ('claimed', 'dot')
        and (not engine_is_alive(m.engine_id::text)
             or (case when m.delivery = 'dot' then m.released_at else m.updated_at end) < cadenza_now() - ${FORGOTTEN})
        and ${notAside("release-orphans", "m.id")}
      order by m.id limit $2 for no key update skip locked`,
    [teamId, limit],
  );
}

export function freeClaims(db: Db, teamId: string, ids: readonly string[]) {
  return db.run(OF_THE_DEAD, [teamId, ids]);
}

/** Of a lane that failed, in an engine that goes on. */
export function freeClaimsOf(
  db: Db,
  teamId: string,
  { engineId, mailboxId }: { engineId: string; mailboxId: string },
) {
  return db.run(OF_A_LANE, [teamId, engineId, mailboxId]);
}

/** Released by an engine that is gone: the outcome is unknown. */
export function leaveUnclear(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<TouchedMailRow>(
    `with lost as (
       select m.id, m.attempt_id from messages m
        where m.team_id = $1 and m.delivery = 'dot' and m.id = any($2::text[])),
          attempts as (
       update send_attempts a set ended_at = cadenza_now(), outcome = 'ambiguous', why = 'engine_lost'
         from lost where a.team_id = $1 and a.id = lost.attempt_id and a.outcome is null)
     update messages m
        set delivery = 'unconfirmed', confirmation = 'unconfirmed', next_check_at = cadenza_now(), updated_at = cadenza_now()
       from lost where m.team_id = $1 and m.id = lost.id
     returning m.id, m.contact_id, m.sequence_id, m.enrollment_id`,
    [teamId, ids],
  );
}

export type Unclear = TouchedMailRow & { mailboxId: string | null; internetMessageId: string | null };

export function findUnclear(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<Unclear>(
    `select id, contact_id, sequence_id, enrollment_id, mailbox_id, internet_message_id from messages
      where team_id = $1 and id = any($2::text[]) and ${OPEN_TO_PROOF}`,
    [teamId, ids],
  );
}

/** In doubt; or planned once more, and not let go again yet. */
const OPEN_TO_PROOF =
  "(delivery = 'unconfirmed' or delivery in ('planned', 'claimed', 'cancelled') and again_at is not null)";

/**
 * It was sent when it was first released; a draft that was found to be sent is the last one's, for those before it were removed. Another
 * attempt that is about to be made belongs to no engine from here on.
 */
export function writeProved(db: Db, teamId: string, ids: readonly string[], how: string) {
  return db.rows<SentRow>(
    `with first as (
       select distinct on (a.message_id) a.message_id, a.id, a.released_at from send_attempts a
        where a.team_id = $1 and a.message_id = any($2::text[]) and a.outcome = 'ambiguous'
        order by a.message_id, case when $3 = 'sent_folder' and a.draft_id is not null then a.started_at end desc nulls last, a.started_at),
          heard as (
       update send_attempts a set proved_absent_at = null from first
        where a.team_id = $1 and a.id = first.id and a.proved_absent_at is not null)
     update messages m
        set delivery = 'sent', completed_at = coalesce(m.completed_at, m.released_at, first.released_at),
            released_at = coalesce(m.released_at, first.released_at), attempt_id = coalesce(first.id, m.attempt_id),
            is_queued = false, hold_code = null, next_check_at = null, asked_at = null, again_at = null,
            confirmation = case when $3 in ('person', 'assumed') then 'assumed' else 'confirmed' end,
            server_said = coalesce(m.server_said, case when $3 <> 'assumed' then 'proved by: ' || $3 end), provider_message_id = coalesce(m.provider_message_id, m.internet_message_id),
            updated_at = cadenza_now()
       from messages o
       left join first on first.message_id = o.id
      where o.team_id = $1 and o.id = any($2::text[]) and m.team_id = $1 and m.id = o.id
        and (m.delivery = 'unconfirmed' or m.delivery in ('planned', 'claimed', 'cancelled') and m.again_at is not null)
     returning m.id, m.contact_id, m.sequence_id, m.enrollment_id, m.step_id, m.copy_of, m.completed_at, m.cc_emails, m.bcc_emails`,
    [teamId, ids, how],
  );
}

/**
 * The same mail under the same id, in a new attempt. Only while the attempt that was in doubt still is: it may have
 * been sent again meanwhile, and that attempt be in doubt by now. Null: any attempt.
 */
export type Again = { id: string; attemptId: string | null };

/** Answers how many. */
export async function planAgain(db: Db, teamId: string, mails: readonly Again[], why: string) {
  const row = await db.row<{ count: number }>(
    `with again as (
       update messages m
          set delivery = 'planned', released_at = null, is_queued = true, next_check_at = cadenza_now(), asked_at = null,
              again_at = cadenza_now(),
              updated_at = cadenza_now()
         from unnest($2::text[], $3::text[]) as n (id, attempt_id)
        where m.team_id = $1 and m.id = n.id and m.delivery = 'unconfirmed'
          and (n.attempt_id is null or n.attempt_id = m.attempt_id)
       returning m.attempt_id),
          attempts as (
       update send_attempts a set proved_absent_at = cadenza_now(), why = coalesce(a.why || ', ', '') || $4
         from again where a.team_id = $1 and a.id = again.attempt_id)
     select count(*)::int as count from again`,
    [teamId, mails.map(({ id }) => id), mails.map(({ attemptId }) => attemptId), why],
  );
  return row?.count ?? 0;
}

/** By mail, what only its recipient can have sent or done, also from before the mail was in doubt. */
export async function proofsAmong(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await db.rows<{ id: string; kind: string }>(
    `select distinct on (id) id, kind from (
       select message_id as id, kind, received_at as at from incoming_mails
        where team_id = $1 and message_id = any($2::text[]) and certainty = 'sure'
          and kind = any($3::text[]) and tied_by = any($4::text[])
       union all
       select message_id, type, at from message_events
        where team_id = $1 and message_id = any($2::text[]) and type in ('open', 'click', 'pause', 'referral')) proofs
      order by id, at`,
    [teamId, ids, [...PROVING], PROVING_TIES],
  );
  return new Map(rows.map(({ id, kind }) => [id, kind]));
}

const PROVING_TIES = Object.entries(TIES).flatMap(([sign, { proves }]) => (proves ? [sign] : []));

export type Doubt = Unclear & {
  attemptId: string | null;
  releasedAt: Temporal.Instant;
  isLongAgo: boolean;
  resends: boolean;
  copiesToSent: boolean | null;
  hasImap: boolean;
  /** By which its provider knows the draft that it was. */
  draftId: string | null;
  toEmail: string | null;
  token: string | null;
  /** Nothing can prove it, no bounce came, and it was let go as long ago as the team has set. */
  isAssumed: boolean;
};

/** Those that are to be looked for now. */
export function lockDoubts(db: Db, teamId: string, now: Temporal.Instant, limit: number) {
  return db.rows<{ id: string }>(
    `select u.id from messages u
      where u.team_id = $1 and u.delivery = 'unconfirmed' and u.next_check_at <= $2
        and ${notAside("resolve-doubts", "u.id")}
      order by u.next_check_at limit $3 for update skip locked`,
    [teamId, now, limit],
  );
}

/** The longer it lasts the less often they are looked for. */
export function takeDoubts(db: Db, teamId: string, now: Temporal.Instant, ids: readonly string[]) {
  return db.rows<Doubt>(
    `update messages m
        set next_check_at = $2::timestamptz + least(greatest(($2::timestamptz - m.released_at) / 2, interval '5 seconds'), interval '1 hour')
       from mailboxes b, teams t
      where m.team_id = $1 and m.id = any($3::text[]) and b.team_id = m.team_id and b.id = m.mailbox_id and t.id = m.team_id
     returning m.id, m.contact_id, m.sequence_id, m.enrollment_id, m.mailbox_id, m.internet_message_id, m.attempt_id, m.released_at,
            m.released_at <= $2::timestamptz - interval '15 minutes' as is_long_ago, b.copies_to_sent,
            b.imap_host is not null or b.type = 'catcher' as has_imap, m.to_email, m.token,
            (select a.draft_id from send_attempts a where a.team_id = m.team_id and a.id = m.attempt_id) as draft_id,
            b.imap_host is null and b.type = 'smtp' and not coalesce(m.has_bounced, false)
              and coalesce(m.released_at <= $2::timestamptz - t.assume_delivered_after_hours * interval '1 hour', false) as is_assumed,
            exists (select from sequences s where s.team_id = m.team_id and s.id = m.sequence_id
                       and s.delivery_policy = 'never_lost') as resends`,
    [teamId, now, ids],
  );
}

type Probe = { mailboxId: string; internetMessageId: string; toEmail: string | null; hasImap: boolean };

/** Of each mailbox of which it is not known, a few mails that were taken for sure, and long enough ago to be there. */
export function mailsToProbe(db: Db, teamId: string, now: Temporal.Instant) {
  return db.rows<Probe>(
    `select b.id as mailbox_id, coalesce(m.provider_message_id, m.internet_message_id) as internet_message_id, m.to_email, true as has_imap
       from mailboxes b
      cross join lateral (
              select internet_message_id, provider_message_id, to_email from messages
               where team_id = b.team_id and mailbox_id = b.id and delivery = 'sent' and internet_message_id is not null
                 and released_at between $2::timestamptz - interval '1 day' and $2::timestamptz - interval '1 minute'
               order by released_at desc limit 3) m
      where b.team_id = $1 and b.is_active and b.revoked_at is null and b.copies_to_sent is null
        and ${notAside("probe-mailboxes", "b.id")}
        and (b.imap_host is not null or b.type = 'catcher')`,
    [teamId, now],
  );
}

export function noteCopies(db: Db, teamId: string, mailboxId: string, keeps: boolean) {
  return db.run("update mailboxes set copies_to_sent = $3 where team_id = $1 and id = $2", [
    teamId,
    mailboxId,
    keeps,
  ]);
}

type UnconfirmedMail = {
  id: string;
  contactId: string | null;
  accountId: string | null;
  userId: string;
  sequenceId: string | null;
  stepId: string | null;
  enrollmentId: string | null;
  subject: string | null;
  toEmail: string | null;
};

/** In doubt since then, without a question to a user. */
export function lockUnasked(db: Db, teamId: string, since: Temporal.Instant, limit: number) {
  return db.rows<{ id: string }>(
    `select u.id from messages u
      where u.team_id = $1 and u.delivery = 'unconfirmed' and u.asked_at is null and u.released_at <= $2
        and ${notAside("resolve-doubts", "u.id")}
      order by u.released_at limit $3 for update skip locked`,
    [teamId, since, limit],
  );
}

export function noteAskedAbout(db: Db, teamId: string, now: Temporal.Instant, ids: readonly string[]) {
  return db.rows<UnconfirmedMail>(
    `update messages m set asked_at = $2
       from mailboxes b, teams t
      where m.team_id = $1 and m.id = any($3::text[]) and b.team_id = m.team_id and b.id = m.mailbox_id and t.id = m.team_id
        and (t.assume_delivered_after_hours is null or b.imap_host is not null or b.type <> 'smtp') -- those settle by themselves
     returning m.id, m.contact_id, m.account_id, b.user_id, m.sequence_id, m.step_id, m.enrollment_id, m.subject, m.to_email`,
    [teamId, now, ids],
  );
}

export function insertQuestions(
  db: Db,
  teamId: string,
  asked: readonly (UnconfirmedMail & { taskId: string })[],
  now: Temporal.Instant,
) {
  return db.run(
    `insert into tasks (team_id, id, user_id, creator_id, contact_id, account_id, type, status, priority, title, note, due_at,
            created_from, message_id, created_at, updated_at)
     select $1, n."taskId", n."userId", n."userId", n."contactId", n."accountId", 'action_item', 'scheduled', 'high',
            'Was this mail sent?',
            'Nobody can know whether the mail server took this mail. Say that it was sent, or send it again.',
            $3, 'engine', n."id", $3, $3
       from jsonb_to_recordset($2::jsonb) as n ("taskId" text, "id" text, "userId" text, "contactId" text, "accountId" text)`,
    [teamId, JSON.stringify(asked), now],
  );
}
