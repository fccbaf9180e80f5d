// What an incoming mail leaves on mails, contacts and mailboxes of ours, and how it is wiped off again.

import type { Db } from "../../../db/connect.ts";
import type { Effects } from "./store.ts";

export type Mark = {
  messageId: string;
  repliedAt: Temporal.Instant | null;
  replyClass: string | null;
  bounced: "hard" | "soft" | null;
  isSpamBlocked: boolean;
};

/** What is now known of these mails. A person's reply is not undone by the out-of-office mail that comes with it. */
export function markMessages(db: Db, teamId: string, marks: readonly Mark[], now: Temporal.Instant) {
  return db.run(
    `update messages m
        set replied_at = coalesce(m.replied_at, n."repliedAt"),
            reply_class = case when n."repliedAt" is not null or m.replied_at is null
                               then coalesce(n."replyClass", m.reply_class) else m.reply_class end,
            has_bounced = case when n."bounced" is not null then true else m.has_bounced end,
            is_hard_bounce = case n."bounced" when 'hard' then true when 'soft' then coalesce(m.is_hard_bounce, false)
                                              else m.is_hard_bounce end,
            is_spam_blocked = case when n."isSpamBlocked" then true else m.is_spam_blocked end,
            updated_at = $3
       from jsonb_to_recordset($2::jsonb) as n ("messageId" text, "repliedAt" timestamptz, "replyClass" text,
            "bounced" text, "isSpamBlocked" boolean)
      where m.team_id = $1 and m.id = n."messageId"`,
    [teamId, JSON.stringify(marks), now],
  );
}

/** What other incoming mails say of this one is all that is known of it. */
export function remarkMessage(db: Db, teamId: string, messageId: string, now: Temporal.Instant) {
  return db.run(
    `update messages m
        set replied_at = s.replied_at, reply_class = s.reply_class,
            has_bounced = case when s.is_hard or s.is_soft and m.has_bounced and m.is_hard_bounce is not true then true end,
            is_hard_bounce = case when s.is_hard then true when s.is_soft and m.has_bounced then false end,
            is_spam_blocked = case when s.is_policy then true end, updated_at = $3
       from (select min(received_at) filter (where counts) as replied_at,
                    (array_agg(reply_class order by counts desc, received_at desc)
                       filter (where reply_class is not null))[1] as reply_class,
                    coalesce(bool_or(kind = 'bounce' and bounce_class = 'hard' and certainty = 'sure'), false) as is_hard,
                    coalesce(bool_or(kind = 'bounce' and bounce_class = 'soft'), false) as is_soft,
                    coalesce(bool_or(kind = 'bounce' and bounce_class = 'policy' and certainty = 'sure'), false) as is_policy
               from incoming_mails where team_id = $1 and message_id = $2) s
      where m.team_id = $1 and m.id = $2`,
    [teamId, messageId, now],
  );
}

export type SeenAnswer = {
  id: string;
  messageId: string;
  contactId: string | null;
  type: "open" | "click" | "reply" | "bounce";
  at: Temporal.Instant;
  isMachine: boolean;
  detail: Record<string, unknown>;
};

export function insertMessageEvents(db: Db, teamId: string, events: readonly SeenAnswer[]) {
  return db.run(
    `insert into message_events (team_id, id, message_id, contact_id, type, at, is_machine, detail)
     select $1, e."id", e."messageId", e."contactId", e."type", e."at", e."isMachine", e."detail"
       from jsonb_to_recordset($2::jsonb) as e ("id" text, "messageId" text, "contactId" text, "type" text, "at" timestamptz,
            "isMachine" boolean, "detail" jsonb)`,
    [teamId, JSON.stringify(events)],
  );
}

/** What an incoming mail had told of ours is told no more. */
export function forgetMessageEvents(db: Db, teamId: string, messageId: string, incomingId: string) {
  return db.run(
    `delete from message_events
      where team_id = $1 and message_id = $2 and type in ('reply', 'bounce') and detail ->> 'incoming_mail_id' = $3`,
    [teamId, messageId, incomingId],
  );
}

export function unmarkBounced(db: Db, teamId: string, marked: Effects["bounced"], now: Temporal.Instant) {
  return db.run(
    `update contacts c set bounced_at = null, email_status = b."emailStatus", updated_at = $3
       from jsonb_to_recordset($2::jsonb) as b ("contactId" text, "emailStatus" text)
      where c.team_id = $1 and c.id = b."contactId" and c.bounced_at is not null`,
    [teamId, JSON.stringify(marked), now],
  );
}

/** Answers those that were marked. */
export function unmarkUnsubscribed(
  db: Db,
  teamId: string,
  contactIds: readonly string[],
  now: Temporal.Instant,
) {
  return db.rows<{ id: string }>(
    `update contacts set email_unsubscribed = null, email_unsubscribed_at = null, updated_at = $3
      where team_id = $1 and id = any($2::text[]) and email_unsubscribed
      returning id`,
    [teamId, contactIds, now],
  );
}

/** Mailboxes whose owners were not notified since then that their mail is taken for spam. */
export async function notToldSince(
  db: Db,
  teamId: string,
  mailboxIds: readonly string[],
  since: Temporal.Instant,
) {
  const rows = await db.rows<{ id: string; email: string }>(
    `select b.id, b.email from mailboxes b
      where b.team_id = $1 and b.id = any($2::text[])
        and not exists (select from events e where e.team_id = $1 and e.subject_id = b.id
                           and e.type = 'email_account.limited' and e.data ->> 'reason' = 'spam_blocked' and e.occurred_at > $3)`,
    [teamId, mailboxIds, since],
  );
  return rows;
}

/** Its reader has not opted out by it after all. */
export async function unmarkMessageUnsubscribed(db: Db, teamId: string, id: string, now: Temporal.Instant) {
  await db.run("update messages set unsubscribed_at = null, updated_at = $3 where team_id = $1 and id = $2", [
    teamId,
    id,
    now,
  ]);
  await db.run("delete from message_events where team_id = $1 and message_id = $2 and type = 'unsubscribe'", [
    teamId,
    id,
  ]);
}
