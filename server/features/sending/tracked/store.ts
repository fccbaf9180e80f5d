// Opens and clicks as rows, so many per mail and no more; what is beyond is counted in the last of them.

import type { Db } from "../../../db/connect.ts";
import type { EarlierHit } from "../../../domain/sending/engagement.ts";

/** Where a mail's counted links lead, in the order `dressMail` numbered them. Written with what was composed. */
export function insertLinks(
  db: Db,
  teamId: string,
  mails: readonly { messageId: string; links: readonly string[] }[],
) {
  const rows = mails.flatMap(({ messageId, links }) =>
    links.map((url, index) => ({ messageId, url, position: index + 1 })),
  );
  if (rows.length === 0) return Promise.resolve(0);
  return db.run(
    `insert into message_links (team_id, message_id, position, url)
     select $1, l."messageId", l."position", l."url"
       from jsonb_to_recordset($2::jsonb) as l ("messageId" text, "position" int, "url" text)
     on conflict (team_id, message_id, position) do nothing`,
    [teamId, JSON.stringify(rows)],
  );
}

export type TrackedMail = {
  id: string;
  delivery: string;
  letGoAt: Temporal.Instant | null;
  contactId: string | null;
  enrollmentId: string | null;
  sequenceId: string | null;
  accountId: string | null;
  contactName: string | null;
  ownerId: string | null;
  isCopy: boolean;
};

export function findMail(db: Db, teamId: string, id: string) {
  return db.row<TrackedMail>(
    `select m.id, m.delivery, coalesce(m.released_at, m.completed_at) as let_go_at, m.contact_id, m.enrollment_id,
            m.sequence_id, m.account_id, c.name as contact_name, coalesce(m.user_id, b.user_id, s.owner_id) as owner_id,
            m.copy_of is not null as is_copy
       from messages m
       left join contacts c on c.team_id = m.team_id and c.id = m.contact_id
       left join mailboxes b on b.team_id = m.team_id and b.id = m.mailbox_id
       left join sequences s on s.team_id = m.team_id and s.id = m.sequence_id
      where m.team_id = $1 and m.id = $2`,
    [teamId, id],
  );
}

export async function findTarget(db: Db, teamId: string, messageId: string, position: number) {
  const row = await db.row<{ url: string }>(
    "select url from message_links where team_id = $1 and message_id = $2 and position = $3",
    [teamId, messageId, position],
  );
  return row?.url ?? null;
}

/**
 * Hits on one mail are judged one after the other: locked by its reader, or where the reader is gone, by the mail
 * itself.
 */
export async function lockReader(
  db: Db,
  teamId: string,
  { id, contactId }: Pick<TrackedMail, "id" | "contactId">,
) {
  if (contactId === null)
    await db.run("select from messages where team_id = $1 and id = $2 for no key update", [teamId, id]);
  else
    await db.run("select from contacts where team_id = $1 and id = $2 for no key update", [
      teamId,
      contactId,
    ]);
}

type Kind = "open" | "click";

/** Since then, what did not show by itself that it was a machine's. */
export function earlierHits(db: Db, teamId: string, messageId: string, type: Kind, since: Temporal.Instant) {
  return db.rows<EarlierHit>(
    `select at, link, coalesce(detail ->> 'sign' = 'burst', false) as is_burst from message_events
      where team_id = $1 and message_id = $2 and type = $3 and at >= $4
        and (not is_machine or detail ->> 'sign' in ('burst', 'several_links'))`,
    [teamId, messageId, type, since],
  );
}

export type NewHit = {
  id: string;
  messageId: string;
  contactId: string | null;
  type: Kind;
  at: Temporal.Instant;
  isMachine: boolean;
  userAgent: string | null;
  link: number | null;
  detail: Record<string, unknown>;
};

/** False where there are as many of its kind as are kept: then the newest of them says how many more there were. */
export async function keepHit(
  db: Db,
  teamId: string,
  hit: NewHit,
  most: { byPeople: number; byMachines: number },
) {
  const kept = await db.run(
    `insert into message_events (team_id, id, message_id, contact_id, type, at, is_machine, user_agent, link, detail)
     select $1::text, $2::text, $3::text, $4::text, $5::text, $6::timestamptz, $7::boolean, $8::text, $9::int, $10::jsonb
      where (select case when $7 then count(*) filter (where is_machine) < $11::int else count(*) < $11::int + $12::int end
               from message_events where team_id = $1 and message_id = $3 and type = $5)`,
    [
      teamId,
      hit.id,
      hit.messageId,
      hit.contactId,
      hit.type,
      hit.at,
      hit.isMachine,
      hit.userAgent,
      hit.link,
      hit.detail,
      most.byMachines,
      most.byPeople,
    ],
  );
  if (kept > 0) return true;
  await db.run(
    `update message_events
        set detail = jsonb_set(detail, '{more}', to_jsonb(coalesce((detail ->> 'more')::int, 0) + 1)), at = $5
      where team_id = $1
        and id = (select id from message_events
                   where team_id = $1 and message_id = $2 and type = $3
                   order by is_machine = $4 desc, detail ->> 'sign' is not distinct from $6 desc, at desc, id desc limit 1)`,
    [teamId, hit.messageId, hit.type, hit.isMachine, hit.at, hit.detail.sign ?? null],
  );
  return false;
}

// Names of columns cannot be parameters. These are all there are.
const COUNTED = { open: "num_opens", click: "num_clicks" } as const;
const LATEST = { open: "email_last_opened_at", click: "email_last_clicked_at" } as const;

/** Those were a machine's after all. */
export async function retract(
  db: Db,
  teamId: string,
  messageId: string,
  type: Kind,
  { since, sign }: { since: Temporal.Instant; sign: string },
) {
  await db.run(
    `with taken as (
       update message_events set is_machine = true, detail = detail || jsonb_build_object('sign', $5::text)
        where team_id = $1 and message_id = $2 and type = $3 and not is_machine and at >= $4
       returning id)
     update messages set ${COUNTED[type]} = greatest(0, ${COUNTED[type]} - (select count(*) from taken)::int)
      where team_id = $1 and id = $2`,
    [teamId, messageId, type, since, sign],
  );
}

/** Answers how many there are now. */
export async function countHit(db: Db, teamId: string, messageId: string, type: Kind, now: Temporal.Instant) {
  const row = await db.row<{ count: number }>(
    `update messages set ${COUNTED[type]} = ${COUNTED[type]} + 1, updated_at = $3
      where team_id = $1 and id = $2 returning ${COUNTED[type]} as count`,
    [teamId, messageId, now],
  );
  return row?.count ?? 0;
}

export function noteOnContact(db: Db, teamId: string, contactId: string, type: Kind, now: Temporal.Instant) {
  return db.run(
    `update contacts set ${LATEST[type]} = greatest(${LATEST[type]}, $3) where team_id = $1 and id = $2`,
    [teamId, contactId, now],
  );
}

/** Whether a person's hit of this kind was there before on the same day (UTC). */
export async function wasThereToday(
  db: Db,
  teamId: string,
  { messageId, type, id, at }: Pick<NewHit, "messageId" | "type" | "id" | "at">,
) {
  const day = at.toZonedDateTimeISO("UTC").startOfDay().toInstant();
  const row = await db.row<{ isThere: boolean }>(
    `select exists (select from message_events
                     where team_id = $1 and message_id = $2 and type = $3 and not is_machine and at >= $4 and id <> $5)
            as is_there`,
    [teamId, messageId, type, day, id],
  );
  return row?.isThere ?? false;
}

/** Whether opens of this person in this sequence have led to a call before. */
export async function hasCallTask(db: Db, teamId: string, contactId: string, sequenceId: string) {
  const row = await db.row<{ isThere: boolean }>(
    `select exists (select from tasks
                     where team_id = $1 and contact_id = $2 and sequence_id = $3 and created_from = 'email_opens')
            as is_there`,
    [teamId, contactId, sequenceId],
  );
  return row?.isThere ?? false;
}
