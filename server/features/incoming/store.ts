// What has come in, and what must be known of us to understand it.

import type { Db } from "../../db/connect.ts";
import type { Sign } from "../../domain/answered-mail.ts";
import type { Standing } from "../../domain/enrollment.ts";
import type { InboundKind } from "../../domain/inbound-verdict.ts";

/** Since when it stands where it does, so that it can be put back if nobody has moved it since. */
export type Effects = {
  enrollments: { id: string; before: Standing; revision: number }[];
  suppressionIds: string[];
  /** Contacts who were marked because of it, and what stood there before. */
  bounced: { contactId: string; emailStatus: string | null }[];
  unsubscribed: string[];
};

export type IncomingRow = {
  id: string;
  mailboxId: string;
  contentKey: string;
  internetMessageId: string | null;
  folder: string;
  uid: number;
  kind: InboundKind;
  certainty: "sure" | "probable";
  tiedBy: Sign | null;
  messageId: string | null;
  contactId: string | null;
  enrollmentId: string | null;
  counts: boolean;
  replyClass: string | null;
  returnsOn: Temporal.PlainDate | null;
  bounceClass: "hard" | "soft" | "policy" | null;
  bounceCode: string | null;
  bouncedEmail: string | null;
  namedEmails: readonly string[];
  evidence: readonly { rule: string; where: string; quote: string }[];
  fromEmail: string | null;
  fromName: string | null;
  subject: string | null;
  bodyText: string | null;
  setAside: string | null;
  question: "reply" | "unsubscribe" | "bounce" | null;
  needsPerson: boolean;
  taskId: string | null;
  effects: Effects | null;
  firstKind: string | null;
  overruledAt: Temporal.Instant | null;
  overruledBy: string | null;
  receivedAt: Temporal.Instant;
  processedAt: Temporal.Instant;
};

const COLUMNS: Record<keyof IncomingRow, [column: string, type: string]> = {
  id: ["id", "text"],
  mailboxId: ["mailbox_id", "text"],
  contentKey: ["content_key", "text"],
  internetMessageId: ["internet_message_id", "text"],
  folder: ["folder", "text"],
  uid: ["uid", "bigint"],
  kind: ["kind", "text"],
  certainty: ["certainty", "text"],
  tiedBy: ["tied_by", "text"],
  messageId: ["message_id", "text"],
  contactId: ["contact_id", "text"],
  enrollmentId: ["enrollment_id", "text"],
  counts: ["counts", "boolean"],
  replyClass: ["reply_class", "text"],
  returnsOn: ["returns_on", "date"],
  bounceClass: ["bounce_class", "text"],
  bounceCode: ["bounce_code", "text"],
  bouncedEmail: ["bounced_email", "text"],
  namedEmails: ["named_emails", "text[]"],
  evidence: ["evidence", "jsonb"],
  fromEmail: ["from_email", "text"],
  fromName: ["from_name", "text"],
  subject: ["subject", "text"],
  bodyText: ["body_text", "text"],
  setAside: ["set_aside", "text"],
  question: ["question", "text"],
  needsPerson: ["needs_person", "boolean"],
  taskId: ["task_id", "text"],
  effects: ["effects", "jsonb"],
  firstKind: ["first_kind", "text"],
  overruledAt: ["overruled_at", "timestamptz"],
  overruledBy: ["overruled_by", "text"],
  receivedAt: ["received_at", "timestamptz"],
  processedAt: ["processed_at", "timestamptz"],
};

const PAIRS = Object.entries(COLUMNS);
const NAMES = PAIRS.map(([, [column]]) => column).join(", ");
const VALUES = PAIRS.map(([key]) => `i."${key}"`).join(", ");
const TYPES = PAIRS.map(([key, [, type]]) => `"${key}" ${type}`).join(", ");

/** All of them in one statement. */
export function insertIncoming(db: Db, teamId: string, rows: readonly IncomingRow[]) {
  return db.run(
    `insert into incoming_mails (team_id, ${NAMES})
     select $1, ${VALUES} from jsonb_to_recordset($2::jsonb) as i (${TYPES})`,
    [teamId, JSON.stringify(rows)],
  );
}

const CHANGED = PAIRS.filter(([key]) => key !== "id");

/** Writes the whole row anew. */
export function rewriteIncoming(db: Db, teamId: string, row: IncomingRow) {
  return db.run(
    `update incoming_mails t set ${CHANGED.map(([key, [column]]) => `${column} = i."${key}"`).join(", ")}
       from jsonb_to_recordset($2::jsonb) as i (${TYPES})
      where t.team_id = $1 and t.id = i."id"`,
    [teamId, JSON.stringify([row])],
  );
}

/** A mail may come to several mailboxes at once, and a mailbox may be read by two: a team's mails are taken in in turn. */
export function holdIncoming(db: Db, teamId: string) {
  return db.run("select pg_advisory_xact_lock(hashtextextended('incoming ' || $1::text, 0))", [teamId]);
}

export async function knownKeys(db: Db, teamId: string, keys: readonly string[]) {
  const rows = await db.rows<{ contentKey: string }>(
    "select content_key from incoming_mails where team_id = $1 and content_key = any($2::text[])",
    [teamId, keys],
  );
  return new Set(rows.map(({ contentKey }) => contentKey));
}

/** Those that were once connected too: what they sent is still ours. */
export async function ownAddresses(db: Db, teamId: string) {
  const rows = await db.rows<{ email: string }>(
    `select lower(email) as email from mailboxes where team_id = $1
     union select lower(email) from mailbox_aliases where team_id = $1`,
    [teamId],
  );
  return rows.map(({ email }) => email);
}

/** A mail of ours, with what it takes to say what follows from an answer to it. */
export type SentRow = {
  id: string;
  contactId: string | null;
  messageId: string | null;
  to: string | null;
  subject: string | null;
  opening: string | null;
  token: string | null;
  threadId: string | null;
  sequenceId: string | null;
  enrollmentId: string | null;
  accountId: string | null;
  mailboxId: string | null;
  delivery: string;
  dotAt: Temporal.Instant | null;
};

const SENT = `m.id, m.contact_id, m.internet_message_id as message_id, lower(m.to_email) as to, m.subject,
  left(m.body_text, 300) as opening, m.token, m.provider_thread_id as thread_id, m.sequence_id, m.enrollment_id, m.account_id,
  m.mailbox_id, m.delivery, m.dot_at`;

const WENT_OUT = "m.copy_of is null and m.delivery in ('sent', 'dot', 'unconfirmed')";

/** Found by what stands in the mail itself. */
export function sentNamed(
  db: Db,
  teamId: string,
  named: { messageIds: readonly string[]; tokens: readonly string[] },
) {
  return db.rows<SentRow>(
    `select ${SENT} from messages m
      where m.team_id = $1 and m.copy_of is null and m.internet_message_id = any($2::text[])
     union
     select ${SENT} from messages m
      where m.team_id = $1 and m.copy_of is null and m.token = any($3::text[])`,
    [teamId, named.messageIds, named.tokens],
  );
}

export type Mailed = { id: string; emails: string[] };

/** Those who have one of these addresses and were mailed. Addresses in lower case, in every spelling known. */
export function mailedContacts(db: Db, teamId: string, addresses: readonly string[]) {
  return db.rows<Mailed>(
    `with named as (
       select id from team_contacts where team_id = $1 and lower(email) = any($2::text[])
       union
       select contact_id from team_contact_emails where team_id = $1 and lower(email) = any($2::text[])
     )
     select n.id, ${EMAILS_OF} as emails
       from named n
      where exists (select from messages m where m.team_id = $1 and m.contact_id = n.id and ${WENT_OUT})
      order by n.id`,
    [teamId, addresses],
  );
}

const EMAILS_OF = `array (select lower(email) from contacts where team_id = $1 and id = n.id and email is not null
    union select lower(email) from contact_emails where team_id = $1 and contact_id = n.id)`;

const MOST_COLLEAGUES = 50;

/** Those who were mailed at one of these hosts; of a large company, those who were mailed last. */
export function mailedAtHosts(db: Db, teamId: string, hosts: readonly string[]) {
  return db.rows<Mailed>(
    `select n.id, ${EMAILS_OF} as emails
       from unnest($2::text[]) as h (host)
      cross join lateral (
        select c.id from team_contacts c
          join lateral (select max(m.dot_at) as at from messages m
                         where m.team_id = $1 and m.contact_id = c.id and ${WENT_OUT}) last on last.at is not null
         where c.team_id = $1 and c.email is not null and split_part(lower(c.email), '@', 2) = h.host
         order by last.at desc limit ${MOST_COLLEAGUES}) n`,
    [teamId, hosts],
  );
}

const MOST_EACH = 10;

/** The last mails to each of these, newest first. */
export function lastSentTo(db: Db, teamId: string, contactIds: readonly string[]) {
  return db.rows<SentRow>(
    `select s.* from unnest($2::text[]) as c (id)
      cross join lateral (
        select ${SENT} from messages m
         where m.team_id = $1 and m.contact_id = c.id and ${WENT_OUT}
         order by m.dot_at desc nulls last, m.id desc limit ${MOST_EACH}) s
      order by s.dot_at desc nulls last, s.id desc`,
    [teamId, contactIds],
  );
}

/** How often mail to each of these was put off since then. */
export async function softBouncesOf(
  db: Db,
  teamId: string,
  contactIds: readonly string[],
  since: Temporal.Instant,
) {
  const rows = await db.rows<{ contactId: string; count: number }>(
    `select contact_id, count(*) as count from incoming_mails
      where team_id = $1 and contact_id = any($2::text[]) and kind = 'bounce' and bounce_class = 'soft'
        and certainty = 'sure' and received_at > $3
      group by 1`,
    [teamId, contactIds, since],
  );
  return new Map(rows.map(({ contactId, count }) => [contactId, count]));
}

/** Where these contacts are or were, as it can be put back. */
export function standingsOf(db: Db, teamId: string, contactIds: readonly string[]) {
  return db.rows<Standing & { id: string; contactId: string; revision: number }>(
    `select id, contact_id, revision, state, inactive_reason, failure_reason, current_step_id, mailbox_id, send_from_email,
            due_at, paused_at, resume_at, manually_set_unpause, finished_at, failed_at, removed_at, in_response_to
       from enrollments
      where team_id = $1 and contact_id = any($2::text[]) and state <> 'removed' order by id`,
    [teamId, contactIds],
  );
}

export type Mark = {
  messageId: string;
  repliedAt: Temporal.Instant | null;
  replyClass: string | null;
  bounced: "hard" | "soft" | null;
  isSpamBlocked: boolean;
};

/** What is now known of these mails. A person's answer is not undone by the absence note that comes with it. */
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

export type Seen = {
  id: string;
  messageId: string;
  contactId: string | null;
  type: "reply" | "bounce";
  at: Temporal.Instant;
  isMachine: boolean;
  detail: Record<string, unknown>;
};

export function insertMessageEvents(db: Db, teamId: string, events: readonly Seen[]) {
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

/** Their first address is dead, if it is this one still; another of theirs is noted as such. Answers who, and what stood there. */
export async function markBounced(
  db: Db,
  teamId: string,
  dead: readonly { contactId: string; email: string }[],
  now: Temporal.Instant,
) {
  const params = [teamId, dead.map(({ contactId }) => contactId), dead.map(({ email }) => email)];
  await db.run(
    `update contact_emails e set email_status = 'bounced'
       from unnest($2::text[], $3::text[]) as d (contact_id, email)
      where e.team_id = $1 and e.contact_id = d.contact_id and lower(e.email) = d.email`,
    params,
  );
  return db.rows<{ contactId: string; emailStatus: string | null }>(
    `with before as (
       select c.id, c.email_status from unnest($2::text[], $3::text[]) as d (contact_id, email)
         join contacts c on c.team_id = $1 and c.id = d.contact_id and lower(c.email) = d.email and c.bounced_at is null
     )
     update contacts c set bounced_at = $4, email_status = 'bounced', updated_at = $4
       from before b where c.team_id = $1 and c.id = b.id
     returning c.id as contact_id, b.email_status`,
    [...params, now],
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

export function unmarkUnsubscribed(
  db: Db,
  teamId: string,
  contactIds: readonly string[],
  now: Temporal.Instant,
) {
  return db.run(
    `update contacts set email_unsubscribed = null, email_unsubscribed_at = null, updated_at = $3
      where team_id = $1 and id = any($2::text[]) and email_unsubscribed`,
    [teamId, contactIds, now],
  );
}

/** Bars that were put up in this act, by what they bar. */
export async function barredSince(
  db: Db,
  teamId: string,
  values: readonly string[],
  since: Temporal.Instant,
) {
  const rows = await db.rows<{ id: string; value: string }>(
    `select id, value from suppressions
      where team_id = $1 and kind = 'email' and value = any($2::text[]) and created_at >= $3`,
    [teamId, values, since],
  );
  return rows;
}

/** Mailboxes of which nobody was told since then that their mail is taken for spam. */
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
                           and e.type = 'email_account.limited' and e.occurred_at > $3)`,
    [teamId, mailboxIds, since],
  );
  return rows;
}

/** Whose mailboxes these are: whoever is asked. */
export async function ownersOf(db: Db, teamId: string, mailboxIds: readonly string[]) {
  const rows = await db.rows<{ id: string; userId: string }>(
    "select id, user_id from mailboxes where team_id = $1 and id = any($2::text[])",
    [teamId, mailboxIds],
  );
  return new Map(rows.map(({ id, userId }) => [id, userId]));
}

const ROW = PAIRS.map(([, [column]]) => `i.${column}`).join(", ");

export function lockIncoming(db: Db, teamId: string, id: string) {
  return db.row<IncomingRow>(
    `select ${ROW} from incoming_mails i where i.team_id = $1 and i.id = $2 for update`,
    [teamId, id],
  );
}

export type IncomingSearch = {
  kinds: readonly string[] | null;
  contactId: string | null;
  mailboxId: string | null;
  messageId: string | null;
  needsPerson: boolean | null;
  limit: number;
  offset: number;
};

const MATCHING = `i.team_id = $1
  and ($2::text[] is null or i.kind = any($2))
  and ($3::text is null or i.contact_id = $3)
  and ($4::text is null or i.mailbox_id = $4)
  and ($5::text is null or i.message_id = $5)
  and ($6::boolean is null or i.needs_person = $6)`;

export async function searchIncoming(db: Db, teamId: string, search: IncomingSearch) {
  const params = [
    teamId,
    search.kinds,
    search.contactId,
    search.mailboxId,
    search.messageId,
    search.needsPerson,
  ];
  const rows = await db.rows<IncomingRow>(
    `select ${ROW} from incoming_mails i where ${MATCHING} order by i.received_at desc, i.id desc limit $7 offset $8`,
    [...params, search.limit, search.offset],
  );
  const counted = await db.row<{ total: number }>(
    `select count(*) as total from incoming_mails i where ${MATCHING}`,
    params,
  );
  return { rows, total: counted?.total ?? 0 };
}

/** What nobody needs to be known again: servers number their mails anew only within the days that are then read again. */
export function deleteOldUnrelated(db: Db, teamId: string, before: Temporal.Instant) {
  return db.run(
    `delete from incoming_mails
      where team_id = $1 and kind in ('unrelated', 'list', 'own') and message_id is null and contact_id is null
        and processed_at < $2`,
    [teamId, before],
  );
}

// How far a folder was read

export type Folder = {
  role: "inbox" | "sent";
  path: string;
  uidValidity: number | null;
  lastUid: number;
  readsFrom: Temporal.Instant;
};

export function foldersOf(db: Db, teamId: string, mailboxId: string) {
  return db.rows<Folder>(
    "select role, path, uid_validity, last_uid, reads_from from mailbox_folders where team_id = $1 and mailbox_id = $2",
    [teamId, mailboxId],
  );
}

/** Further on, and never back, unless the server has numbered its mails anew. */
export function writeFolder(db: Db, teamId: string, mailboxId: string, folder: Folder) {
  return db.run(
    `insert into mailbox_folders (team_id, mailbox_id, role, path, uid_validity, last_uid, reads_from)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (team_id, mailbox_id, role) do update
        set path = excluded.path, uid_validity = excluded.uid_validity, reads_from = excluded.reads_from,
            last_uid = case when mailbox_folders.uid_validity = excluded.uid_validity and mailbox_folders.path = excluded.path
                            then greatest(mailbox_folders.last_uid, excluded.last_uid) else excluded.last_uid end`,
    [teamId, mailboxId, folder.role, folder.path, folder.uidValidity, folder.lastUid, folder.readsFrom],
  );
}

/** When the first mail of this mailbox went out: nothing older answers one. */
export async function firstSentAt(db: Db, teamId: string, mailboxId: string) {
  const row = await db.row<{ at: Temporal.Instant | null }>(
    "select min(dot_at) as at from messages where team_id = $1 and mailbox_id = $2 and dot_at is not null",
    [teamId, mailboxId],
  );
  return row?.at ?? null;
}

/** In which sequence an enrollment is, and on whose clock. */
export function placesOf(db: Db, teamId: string, enrollmentIds: readonly string[]) {
  return db.rows<{ id: string; sequenceId: string; timeZone: string | null }>(
    `select e.id, e.sequence_id, c.time_zone from enrollments e
       join contacts c on c.team_id = e.team_id and c.id = e.contact_id
      where e.team_id = $1 and e.id = any($2::text[])`,
    [teamId, enrollmentIds],
  );
}

/** Their first addresses as they are now, in lower case. */
export async function firstAddressesOf(db: Db, teamId: string, contactIds: readonly string[]) {
  const rows = await db.rows<{ id: string; email: string | null }>(
    "select id, lower(email) as email from contacts where team_id = $1 and id = any($2::text[])",
    [teamId, contactIds],
  );
  return new Map(rows.map(({ id, email }) => [id, email]));
}

export function findSent(db: Db, teamId: string, id: string) {
  return db.row<SentRow>(`select ${SENT} from messages m where m.team_id = $1 and m.id = $2`, [teamId, id]);
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
