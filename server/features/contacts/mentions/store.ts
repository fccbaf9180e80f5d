import type { Db } from "../../../db/connect.ts";
import { seesNote } from "../../access/sharing/sight-store.ts";

export type MentionRow = {
  noteId: string;
  mentionedBy: string;
  mentionedAt: Temporal.Instant;
  seenAt: Temporal.Instant | null;
  about: { type: "contact" | "account" | "opportunity" | "conversation"; id: string; name: string | null }[];
};

type MentionSearch = {
  userId: string;
  viewerId: string | null;
  isUnseen: boolean | null;
  limit: number;
  offset: number;
};

const MENTIONS = `note_mentions m join notes n on n.team_id = m.team_id and n.id = m.note_id
 where m.team_id = $1 and m.user_id = $2 and ($3::boolean is null or (m.seen_at is null) = $3) and ${seesNote("$4", "n")}`;

const ABOUT = `(select coalesce(jsonb_agg(jsonb_build_object('type', a.type, 'id', a.id, 'name', a.name) order by a.place, a.id), '[]')
   from (select 1 as place, 'contact' as type, c.id, c.name from note_contacts x
           join contacts c on c.team_id = x.team_id and c.id = x.contact_id where x.team_id = m.team_id and x.note_id = m.note_id
         union all
         select 2, 'opportunity', d.id, d.name from note_deals x
           join deals d on d.team_id = x.team_id and d.id = x.deal_id where x.team_id = m.team_id and x.note_id = m.note_id
         union all
         select 3, 'account', a.id, a.name from note_accounts x
           join accounts a on a.team_id = x.team_id and a.id = x.account_id where x.team_id = m.team_id and x.note_id = m.note_id
         union all
         select 4, 'conversation', k.id, k.topic from note_conversations x
           join conversations k on k.team_id = x.team_id and k.id = x.conversation_id
          where x.team_id = m.team_id and x.note_id = m.note_id) a)`;

const COLUMNS = `m.note_id, m.mentioned_by, m.mentioned_at, m.seen_at, ${ABOUT} as about`;

/** The newest first. */
export async function searchMentions(db: Db, teamId: string, search: MentionSearch) {
  const { userId, viewerId, isUnseen, limit, offset } = search;
  const asked = [teamId, userId, isUnseen, viewerId];
  const rows = await db.rows<MentionRow>(
    `select ${COLUMNS} from ${MENTIONS} order by m.mentioned_at desc, m.note_id limit $5 offset $6`,
    [...asked, limit, offset],
  );
  const count = await db.row<{ total: number }>(`select count(*) as total from ${MENTIONS}`, asked);
  return { rows, total: count?.total ?? 0 };
}

/** Seen once stays seen then. Null where the user is not mentioned there, or may no longer see the note. */
export async function seeMention(
  db: Db,
  teamId: string,
  { noteId, userId, viewerId }: { noteId: string; userId: string; viewerId: string | null },
  now: Temporal.Instant,
) {
  await db.run(
    "update note_mentions set seen_at = coalesce(seen_at, $4) where team_id = $1 and note_id = $2 and user_id = $3",
    [teamId, noteId, userId, now],
  );
  return db.row<MentionRow>(`select ${COLUMNS} from ${MENTIONS} and m.note_id = $5`, [
    ...[teamId, userId, null, viewerId, noteId],
  ]);
}
