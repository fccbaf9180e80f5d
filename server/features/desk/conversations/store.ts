// A conversation with who took part and what was said.

import type { Db } from "../../../db/connect.ts";
import type { KeptLine, Participant } from "../../../domain/work/conversations.ts";
import { seesConversation } from "../../access/sharing/sight-store.ts";

export type ConversationType = "video_conference" | "phone_call";

/** What a conversation is written with. */
export type ConversationValues = {
  id: string;
  source: string;
  externalId: string | null;
  topic: string | null;
  type: ConversationType;
  startedAt: Temporal.Instant;
  duration: number | null;
  userId: string;
  hostId: string | null;
  hostName: string | null;
  isPrivate: boolean;
  accountId: string | null;
  videoUrl: string | null;
  audioUrl: string | null;
  thumbnailUrl: string | null;
  failureCode: string | null;
  createdAt: Temporal.Instant;
};

const WRITTEN = [
  "id",
  "source",
  "external_id",
  "topic",
  "type",
  "started_at",
  "duration",
  "user_id",
  "host_id",
  "host_name",
  "is_private",
  "account_id",
  "video_url",
  "audio_url",
  "thumbnail_url",
  "failure_code",
  "created_at",
] as const;

const COLUMNS = WRITTEN.map((column) => `k.${column}`).join(", ");

/** Locked, so that of two reports about one conversation the second finds what the first wrote. */
export function lockConversation(db: Db, teamId: string, id: string, viewerId: string | null) {
  return db.row<ConversationValues>(
    `select ${COLUMNS} from conversations k where k.team_id = $1 and k.id = $2 and ${seesConversation("$3", "k")} for update`,
    [teamId, id, viewerId],
  );
}

export async function lockByExternalId(
  db: Db,
  teamId: string,
  { source, externalId }: { source: string; externalId: string },
) {
  await db.run(
    "select pg_advisory_xact_lock(hashtextextended('conversation ' || $1 || ' ' || $2 || ' ' || $3, 0))",
    [teamId, source, externalId],
  );
  return db.row<ConversationValues>(
    `select ${COLUMNS} from conversations k where k.team_id = $1 and k.source = $2 and k.external_id = $3 for update`,
    [teamId, source, externalId],
  );
}

/** Writes the whole row, new or known. */
export function writeConversation(
  db: Db,
  teamId: string,
  conversation: ConversationValues,
  now: Temporal.Instant,
) {
  const others = [...WRITTEN.slice(1), "updated_at"];
  return db.run(
    `insert into conversations (team_id, updated_at, ${WRITTEN.join(", ")})
     values ($1, $2, ${WRITTEN.map((_, index) => `$${index + 3}`).join(", ")})
     on conflict (team_id, id) do update set (${others.join(", ")}) = row (${others.map((column) => `excluded.${column}`).join(", ")})`,
    [teamId, now, ...WRITTEN.map((column) => conversation[keyOf(column)])],
  );
}

function keyOf(column: string) {
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) as keyof ConversationValues;
}

export function deleteConversation(db: Db, teamId: string, id: string) {
  return db.run("delete from conversations where team_id = $1 and id = $2", [teamId, id]);
}

export function participantsIn(db: Db, teamId: string, id: string) {
  return db.rows<Participant>(
    `select name, email, user_id, contact_id from conversation_participants
      where team_id = $1 and conversation_id = $2 order by position`,
    [teamId, id],
  );
}

export function linesIn(db: Db, teamId: string, id: string) {
  return db.rows<{ speaker: string | null; start: number | null; end: number | null; text: string }>(
    `select coalesce(p.name, p.email) as speaker, l.starts_at as start, l.ends_at as end, l.said as text
       from conversation_lines l
       left join conversation_participants p
         on p.team_id = l.team_id and p.conversation_id = l.conversation_id and p.position = l.speaker
      where l.team_id = $1 and l.conversation_id = $2 order by l.position`,
    [teamId, id],
  );
}

/** Lines go with who said them, so both are written anew together. */
export async function replaceSpoken(
  db: Db,
  teamId: string,
  id: string,
  { participants, lines }: { participants: readonly Participant[]; lines: readonly KeptLine[] },
) {
  await db.run("delete from conversation_lines where team_id = $1 and conversation_id = $2", [teamId, id]);
  await db.run("delete from conversation_participants where team_id = $1 and conversation_id = $2", [
    teamId,
    id,
  ]);
  await db.run(
    `insert into conversation_participants (team_id, conversation_id, position, name, email, user_id, contact_id)
     select $1, $2, place - 1, name, email, user_id, contact_id
       from unnest($3::text[], $4::text[], $5::text[], $6::text[]) with ordinality as p (name, email, user_id, contact_id, place)`,
    [
      teamId,
      id,
      participants.map(({ name }) => name),
      participants.map(({ email }) => email),
      participants.map(({ userId }) => userId),
      participants.map(({ contactId }) => contactId),
    ],
  );
  await db.run(
    `insert into conversation_lines (team_id, conversation_id, position, speaker, starts_at, ends_at, said)
     select $1, $2, place - 1, speaker, starts_at, ends_at, said
       from unnest($3::int[], $4::float8[], $5::float8[], $6::text[]) with ordinality as l (speaker, starts_at, ends_at, said, place)`,
    [
      teamId,
      id,
      lines.map(({ speaker }) => speaker),
      lines.map(({ start }) => start),
      lines.map(({ end }) => end),
      lines.map(({ text }) => text),
    ],
  );
}

export async function replaceDeals(db: Db, teamId: string, id: string, dealIds: readonly string[]) {
  await db.run("delete from conversation_deals where team_id = $1 and conversation_id = $2", [teamId, id]);
  await db.run(
    "insert into conversation_deals (team_id, conversation_id, deal_id) select distinct $1, $2, unnest($3::text[])",
    [teamId, id, dealIds],
  );
}

/** Who is known by these addresses: of a user and a contact with the same one, both are told. */
export function peopleBehind(db: Db, teamId: string, emails: readonly string[]) {
  return db.rows<{ email: string; userId: string | null; contactId: string | null }>(
    `select w.email,
            (select u.id from users u where u.team_id = $1 and lower(u.email) = w.email limit 1) as user_id,
            coalesce(
              (select c.id from team_contacts c where c.team_id = $1 and lower(c.email) = w.email order by c.id limit 1),
              (select e.contact_id from team_contact_emails e where e.team_id = $1 and lower(e.email) = w.email
                order by e.contact_id limit 1)) as contact_id
       from unnest($2::text[]) as w (email)`,
    [teamId, emails],
  );
}

/** The names under which users and contacts are known, for participants who were named by id alone. */
export function namesOf(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<{ id: string; name: string | null; email: string | null }>(
    `select id::text, nullif(concat_ws(' ', first_name, last_name), '') as name, email from users
      where team_id = $1 and id = any($2::text[])
     union all
     select id::text, name, email from contacts where team_id = $1 and id = any($2::text[])`,
    [teamId, ids],
  );
}
