import type { Db } from "../../../db/connect.ts";
import { seesCaught } from "../../access/sharing/sight-store.ts";
import { notAside } from "../../events/set-aside/store.ts";
import type { ProspectAction } from "../prospect-scripts/following.ts";

type CatcherFolder = "INBOX" | "Sent";
export type AnswerKind =
  | "reply"
  | "bounce"
  | "out_of_office"
  | "unsubscribe"
  | "auto_reply"
  | "complaint"
  | "forward";

/** What the recipient does, where a list says so: as it was when the email came. */
export type CaughtScript = { does: ProspectAction; text: string | null; untilDay: string | null };

export type NewCaught = CaughtRow & {
  folder: CatcherFolder;
  raw: Buffer;
  flags?: readonly string[];
  answers?: string | null;
  answerKind?: AnswerKind | null;
  answerDueAt?: Temporal.Instant | null;
  nth?: number | null;
  script?: CaughtScript | null;
};

export type CaughtRow = {
  id: string;
  mailboxId: string;
  at: Temporal.Instant;
  fromAddress: string;
  toAddress: string;
  subject: string;
  messageId: string | null;
  headers: Record<string, string>;
  bodyText: string | null;
  bodyHtml: string | null;
};

export type ListedCaught = CaughtRow & { answered: { id: string; at: string; kind: AnswerKind }[] };

/** The uid it got. Other writers to the same mailbox wait for this transaction's end. */
export async function insertCaught(db: Db, teamId: string, mail: NewCaught) {
  const row = await db.row<{ uid: number }>(
    `with given as (
       insert into catcher_mailboxes (team_id, mailbox_id, uid_next) values ($1, $3, 2)
       on conflict (team_id, mailbox_id) do update set uid_next = catcher_mailboxes.uid_next + 1
       returning uid_next - 1 as uid)
     insert into catcher_messages (team_id, id, mailbox_id, uid, folder, at, from_address, to_address, subject, message_id,
                                   headers, body_text, body_html, raw, flags, answers, answer_kind, answer_due_at, nth, script)
     select $1, $2, $3, uid, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19 from given
     returning uid::float8 as uid`,
    [
      teamId,
      mail.id,
      mail.mailboxId,
      mail.folder,
      mail.at,
      mail.fromAddress,
      mail.toAddress,
      mail.subject,
      mail.messageId,
      JSON.stringify(mail.headers),
      mail.bodyText,
      mail.bodyHtml,
      mail.raw,
      mail.flags ?? [],
      mail.answers ?? null,
      mail.answerKind ?? null,
      mail.answerDueAt ?? null,
      mail.nth ?? null,
      mail.script ? JSON.stringify(mail.script) : null,
    ],
  );
  return row?.uid ?? 0;
}

/** Beyond so many mails or bytes, the oldest go. */
export function pruneCaught(db: Db, teamId: string, { mails, bytes }: { mails: number; bytes: number }) {
  return db.run(
    `delete from catcher_messages where team_id = $1 and id in
       (select id from (select id, row_number() over newest as number, sum(length(raw)) over newest as size
                          from catcher_messages where team_id = $1
                        window newest as (order by at desc, id desc)) kept
         where number > $2 or size > $3)`,
    [teamId, mails, bytes],
  );
}

/** How many mails the address has got so far. */
export async function countCaughtTo(db: Db, teamId: string, address: string) {
  const row = await db.row<{ n: number }>(
    `select count(distinct coalesce(message_id, id))::int as n from catcher_messages
      where team_id = $1 and lower(to_address) = lower($2) and folder = 'Sent'`,
    [teamId, address],
  );
  return row?.n ?? 0;
}

/** Those that the viewer sees; null sees all. */
export function searchCaught(
  db: Db,
  teamId: string,
  { to, limit, viewerId }: { to: string | null; limit: number; viewerId: string | null },
) {
  return db.rows<ListedCaught>(
    `select m.id, m.mailbox_id, m.at, m.from_address, m.to_address, m.subject, m.message_id, m.headers, m.body_text, m.body_html,
            coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'at', a.at, 'kind', a.answer_kind) order by a.at, a.id)
                        from catcher_messages a where a.team_id = m.team_id and a.answers = m.id), '[]') as answered
       from catcher_messages m
      where m.team_id = $1 and m.folder = 'Sent' and m.to_address <> ''
        and ($2::text is null or lower(m.to_address) = lower($2)) and ${seesCaught("$4", "m")}
      order by m.at desc, m.id desc
      limit $3`,
    [teamId, to, limit, viewerId],
  );
}

const CAUGHT = `id, mailbox_id, at, from_address, to_address, subject, message_id, headers, body_text, body_html`;

export function findCaught(db: Db, teamId: string, id: string, viewerId: string | null) {
  return db.row<CaughtRow>(
    `select ${CAUGHT} from catcher_messages k
      where team_id = $1 and id = $2 and folder = 'Sent' and to_address <> '' and ${seesCaught("$3", "k")}`,
    [teamId, id, viewerId],
  );
}

export function deleteCaught(db: Db, teamId: string) {
  return db.run("delete from catcher_messages where team_id = $1", [teamId]);
}

/** What went to a deleted contact, and what came back. */
export function forgetCaughtOf(db: Db, teamId: string, addresses: readonly string[]) {
  return db.run(
    `with gone as (delete from catcher_messages where team_id = $1 and folder = 'Sent'
                      and lower(to_address) in (select lower(a) from unnest($2::text[]) a) returning id)
     delete from catcher_messages m using gone where m.team_id = $1 and m.answers = gone.id`,
    [teamId, addresses],
  );
}

export function teamsWithAnswersDue(db: Db, at: Temporal.Instant) {
  return db
    .rows<{ teamId: string }>("select team_id from teams_with_catcher_answers_due($1)", [at])
    .then((rows) => rows.map(({ teamId }) => teamId));
}

export type DueAnswer = CaughtRow & {
  answerDueAt: Temporal.Instant;
  nth: number;
  script: CaughtScript | null;
};

/** Mails whose answer is due, none of which another engine holds. */
export function lockAnswersDue(db: Db, teamId: string, at: Temporal.Instant, most: number) {
  return db.rows<DueAnswer>(
    `select ${CAUGHT}, answer_due_at, nth, script from catcher_messages
      where team_id = $1 and answer_due_at <= $2 and ${notAside("answer-as-prospects", "catcher_messages.id")}
      order by answer_due_at, id
      limit $3
        for update skip locked`,
    [teamId, at, most],
  );
}

export function forgetAnswersDue(db: Db, teamId: string, ids: readonly string[]) {
  return db.run("update catcher_messages set answer_due_at = null where team_id = $1 and id = any($2)", [
    teamId,
    ids,
  ]);
}

/** SQL: mailboxes with something in the inbox that was not read so far. */
export const WITH_NEWS = `
  select m.mailbox_id, max(m.uid)::float8 as newest from catcher_messages m
    join mailboxes b on b.team_id = $1 and b.id = m.mailbox_id and b.is_active and b.revoked_at is null
     and (b.imap_host is not null or b.type = 'catcher')
    left join mailbox_folders f on f.team_id = $1 and f.mailbox_id = m.mailbox_id and f.role = 'inbox'
   where m.team_id = $1 and m.folder = 'INBOX' and m.uid > coalesce(f.last_uid, 0) group by 1 order by 1`;

// What the IMAP side shows.

type ListedEntry = { uid: number; at: Temporal.Instant; size: number; flags: string[] };

export function listEntries(db: Db, teamId: string, mailboxId: string, folder: string, fromUid: number) {
  return db.rows<ListedEntry>(
    `select uid::float8 as uid, at, length(raw) as size, flags from catcher_messages
      where team_id = $1 and mailbox_id = $2 and folder = $3 and uid >= $4
      order by catcher_messages.uid`,
    [teamId, mailboxId, folder, fromUid],
  );
}

export function findRaw(db: Db, teamId: string, mailboxId: string, uid: number) {
  return db.row<{ raw: Buffer }>(
    "select raw from catcher_messages where team_id = $1 and mailbox_id = $2 and uid = $3",
    [teamId, mailboxId, uid],
  );
}

export async function uidNext(db: Db, teamId: string, mailboxId: string) {
  const row = await db.row<{ uidNext: number }>(
    "select uid_next::float8 as uid_next from catcher_mailboxes where team_id = $1 and mailbox_id = $2",
    [teamId, mailboxId],
  );
  return row?.uidNext ?? 1;
}

export function setFlags(db: Db, teamId: string, mailboxId: string, uid: number, flags: readonly string[]) {
  return db.run(
    "update catcher_messages set flags = $4 where team_id = $1 and mailbox_id = $2 and uid = $3",
    [teamId, mailboxId, uid, flags],
  );
}

export function deleteUids(db: Db, teamId: string, mailboxId: string, uids: readonly number[]) {
  return db.run("delete from catcher_messages where team_id = $1 and mailbox_id = $2 and uid = any($3)", [
    teamId,
    mailboxId,
    uids,
  ]);
}

export async function hasCatcherMailboxes(db: Db) {
  return (await db.row<{ has: boolean }>("select has_catcher_mailboxes() as has"))?.has ?? false;
}
