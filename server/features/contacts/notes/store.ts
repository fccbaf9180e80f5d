import type { Db } from "../../../db/connect.ts";
import { seesConversation, seesNote } from "../../access/sharing/sight-store.ts";

export type NoteRow = {
  id: string;
  userId: string | null;
  content: string;
  isPinned: boolean;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
  contactIds: string[];
  accountIds: string[];
  dealIds: string[];
  conversationIds: string[];
  mentionedUserIds: string[];
};

const COLUMNS = `n.id, n.user_id, n.content, n.is_pinned, n.created_at, n.updated_at,
  array(select contact_id::text from note_contacts where team_id = n.team_id and note_id = n.id order by 1) as "contactIds",
  array(select account_id::text from note_accounts where team_id = n.team_id and note_id = n.id order by 1) as "accountIds",
  array(select deal_id::text from note_deals where team_id = n.team_id and note_id = n.id order by 1) as "dealIds",
  array(select conversation_id::text from note_conversations where team_id = n.team_id and note_id = n.id order by 1) as "conversationIds",
  array(select user_id::text from note_mentions where team_id = n.team_id and note_id = n.id order by 1) as "mentionedUserIds"`;

export function findNote(db: Db, teamId: string, id: string) {
  return db.row<NoteRow>(`select ${COLUMNS} from notes n where n.team_id = $1 and n.id = $2`, [teamId, id]);
}

/** Null too where the viewer may not see it. */
export function findSeenNote(db: Db, teamId: string, id: string, viewerId: string | null) {
  return db.row<NoteRow>(
    `select ${COLUMNS} from notes n where n.team_id = $1 and n.id = $2 and ${seesNote("$3", "n")}`,
    [teamId, id, viewerId],
  );
}

/** Null too where the viewer may not see it. */
export async function lockNote(db: Db, teamId: string, id: string, viewerId: string | null) {
  const seen = await db.run(
    `select 1 from notes n where n.team_id = $1 and n.id = $2 and ${seesNote("$3", "n")} for update`,
    [teamId, id, viewerId],
  );
  return seen === 0 ? null : findNote(db, teamId, id);
}

const SORTS = { created_at: "n.created_at", updated_at: "n.updated_at" } as const;

export type NoteSort = keyof typeof SORTS;

type NoteFilter = {
  contactIds: readonly string[] | null;
  accountIds: readonly string[] | null;
  dealIds: readonly string[] | null;
  conversationIds: readonly string[] | null;
  viewerId: string | null;
  /** Part of what it says. */
  keywords: string | null;
  since: Temporal.Instant | null;
  sort: NoteSort;
  isAscending: boolean;
  limit: number;
  offset: number;
};

const MATCHING = `n.team_id = $1
        and ($2::text[] is null or exists (select from note_contacts
               where team_id = $1 and note_id = n.id and contact_id = any($2)))
        and ($3::text[] is null or exists (select from note_accounts
               where team_id = $1 and note_id = n.id and account_id = any($3)))
        and ($4::text[] is null or exists (select from note_deals
               where team_id = $1 and note_id = n.id and deal_id = any($4)))
        and ($5::timestamptz is null or n.created_at >= $5)
        and ($6::text is null or position(lower($6) in lower(n.content)) > 0)
        and ($7::text[] is null or exists (select from note_conversations
               where team_id = $1 and note_id = n.id and conversation_id = any($7)))
        and ${seesNote("$8", "n")}`;

function asked(teamId: string, filter: NoteFilter) {
  const { contactIds, accountIds, dealIds, since, keywords, conversationIds, viewerId } = filter;
  return [teamId, contactIds, accountIds, dealIds, since, keywords, conversationIds, viewerId];
}

export function findNotes(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<NoteRow>(`select ${COLUMNS} from notes n where n.team_id = $1 and n.id = any($2::text[])`, [
    ...[teamId, ids],
  ]);
}

export async function countNotes(db: Db, teamId: string, filter: NoteFilter) {
  const row = await db.row<{ total: number }>(
    `select count(*) as total from notes n where ${MATCHING}`,
    asked(teamId, filter),
  );
  return row?.total ?? 0;
}

export function listNotes(db: Db, teamId: string, filter: NoteFilter) {
  const direction = filter.isAscending ? "asc" : "desc";
  return db.rows<NoteRow>(
    `select ${COLUMNS} from notes n
      where ${MATCHING}
      order by ${SORTS[filter.sort]} ${direction}, n.id ${direction}
      limit $9 offset $10`,
    [...asked(teamId, filter), filter.limit, filter.offset],
  );
}

export type NoteValues = Pick<NoteRow, "id" | "userId" | "content" | "isPinned" | "createdAt">;

export function writeNote(db: Db, teamId: string, note: NoteValues, now: Temporal.Instant) {
  return db.run(
    `insert into notes (team_id, id, user_id, content, is_pinned, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (team_id, id) do update
       set content = excluded.content, is_pinned = excluded.is_pinned, updated_at = excluded.updated_at`,
    [teamId, note.id, note.userId, note.content, note.isPinned, note.createdAt, now],
  );
}

export type NoteSubjects = {
  contactIds: readonly string[];
  accountIds: readonly string[];
  dealIds: readonly string[];
  conversationIds: readonly string[];
};

export async function replaceAbout(db: Db, teamId: string, id: string, about: NoteSubjects) {
  for (const [table, column, ids] of [
    ["note_contacts", "contact_id", about.contactIds],
    ["note_accounts", "account_id", about.accountIds],
    ["note_deals", "deal_id", about.dealIds],
    ["note_conversations", "conversation_id", about.conversationIds],
  ] as const) {
    await db.run(`delete from ${table} where team_id = $1 and note_id = $2`, [teamId, id]);
    await db.run(
      `insert into ${table} (team_id, note_id, ${column}) select distinct $1, $2, unnest($3::text[])`,
      [teamId, id, ids],
    );
  }
}

/** The first of them that there is not, or that the viewer may not see. */
export async function firstUnseenConversation(
  db: Db,
  teamId: string,
  ids: readonly string[],
  viewerId: string | null,
) {
  const row = await db.row<{ id: string }>(
    `select w.id from unnest($2::text[]) as w (id)
      where not exists (select from conversations k where k.team_id = $1 and k.id = w.id and ${seesConversation("$3", "k")})
      limit 1`,
    [teamId, ids, viewerId],
  );
  return row?.id ?? null;
}

export function deleteNote(db: Db, teamId: string, id: string) {
  return db.run("delete from notes where team_id = $1 and id = $2", [teamId, id]);
}
