// Which conversations there are, and what stands beside each.

import type { Db } from "../../../db/connect.ts";
import type { Participant } from "../../../domain/work/conversations.ts";
import { seesConversation } from "../../access/sharing/sight-store.ts";
import type { ConversationType, ConversationValues } from "./store.ts";

export type ConversationRow = Omit<ConversationValues, "userId"> & {
  /** The host's name, whether a user or not. */
  host: string | null;
  notes: number;
  participants: (Participant & { position: number; accountName: string | null })[];
  tags: { id: string; name: string }[];
  accounts: { id: string; name: string | null; domain: string | null; logoUrl: string | null }[];
  deals: { id: string; name: string; stageId: string | null; accountName: string | null }[];
};

const SORTS = {
  start_time: "k.started_at",
  duration: "k.duration",
  topic: "lower(k.topic)",
  created_at: "k.created_at",
} as const;

type ConversationSort = keyof typeof SORTS;
export const CONVERSATION_SORTS = Object.keys(SORTS) as ConversationSort[];

export type ConversationSearch = {
  viewerId: string | null;
  type: ConversationType | null;
  accountId: string | null;
  contactIds: readonly string[] | null;
  tagIds: readonly string[] | null;
  organizationIds: readonly string[] | null;
  userIds: readonly string[] | null;
  dealId: string | null;
  since: Temporal.Instant | null;
  until: Temporal.Instant | null;
  isWithin: boolean;
  keywords: string | null;
  sort: ConversationSort;
  isAscending: boolean;
  limit: number;
  offset: number;
};

const TOOK_PART = "from conversation_participants p where p.team_id = $1 and p.conversation_id = k.id";

/** The companies of the contacts who took part, and its own. */
const ACCOUNTS = `(select k.account_id as id where k.account_id is not null
  union select c.account_id from conversation_participants p
          join contacts c on c.team_id = p.team_id and c.id = p.contact_id
         where p.team_id = $1 and p.conversation_id = k.id and c.account_id is not null)`;

const MATCHING = `k.team_id = $1 and ${seesConversation("$2", "k")}
  and ($3::text is null or k.type = $3)
  and ($4::text is null or exists (select from ${ACCOUNTS} a where a.id = $4))
  and ($5::text[] is null or exists (select ${TOOK_PART} and p.contact_id = any($5)))
  and ($6::text[] is null or exists (select from conversation_tagged t
         where t.team_id = $1 and t.conversation_id = k.id and t.tag_id = any($6)))
  and ($7::text[] is null or exists (select from ${ACCOUNTS} a join accounts o on o.team_id = $1 and o.id = a.id
         where o.organization_id = any($7)))
  and ($8::text[] is null or k.host_id = any($8) or exists (select ${TOOK_PART} and p.user_id = any($8)))
  and ($9::text is null or exists (select from conversation_deals d
         where d.team_id = $1 and d.conversation_id = k.id and d.deal_id = $9))
  and ($10::timestamptz is null or k.started_at >= $10)
  and ($11::timestamptz is null or k.started_at < $11)
  and (not $12 or not exists (select ${TOOK_PART} and p.user_id is null
         and (p.contact_id is null or p.contact_id <> all ($5))))
  and ($13::text is null or position(lower($13) in lower(k.topic)) > 0
       or exists (select ${TOOK_PART} and position(lower($13) in lower(concat_ws(' ', p.name, p.email))) > 0)
       or exists (select from conversation_lines l where l.team_id = $1 and l.conversation_id = k.id
            and position(lower($13) in lower(l.said)) > 0))`;

export async function searchConversations(db: Db, teamId: string, search: ConversationSearch) {
  const params = [
    teamId,
    search.viewerId,
    search.type,
    search.accountId,
    search.contactIds,
    search.tagIds,
    search.organizationIds,
    search.userIds,
    search.dealId,
    search.since,
    search.until,
    search.isWithin,
    search.keywords,
  ];
  const direction = search.isAscending ? "asc" : "desc";
  const found = await db.rows<{ id: string }>(
    `select k.id from conversations k where ${MATCHING}
      order by ${SORTS[search.sort]} ${direction} nulls last, k.id ${direction} limit $14 offset $15`,
    [...params, search.limit, search.offset],
  );
  const count = await db.row<{ total: number }>(
    `select count(*) as total from conversations k where ${MATCHING}`,
    params,
  );
  const ids = found.map(({ id }) => id);
  return {
    conversations: await findConversations(db, teamId, ids, search.viewerId),
    total: count?.total ?? 0,
  };
}

/** In the order of the ids. */
export function findConversations(db: Db, teamId: string, ids: readonly string[], viewerId: string | null) {
  return db.rows<ConversationRow>(
    `select k.id, k.source, k.external_id, k.topic, k.type, k.started_at, k.duration, k.host_id, k.is_private, k.account_id,
            k.video_url, k.audio_url, k.thumbnail_url, k.failure_code, k.created_at,
            coalesce(nullif(concat_ws(' ', h.first_name, h.last_name), ''), h.email, k.host_name) as host,
            (select count(*) from note_conversations n where n.team_id = $1 and n.conversation_id = k.id) as notes,
            (select coalesce(jsonb_agg(jsonb_build_object('position', p.position, 'name', p.name, 'email', p.email, 'userId', p.user_id,
                      'contactId', p.contact_id, 'accountName', a.name) order by p.position), '[]')
               from conversation_participants p
               left join contacts c on c.team_id = $1 and c.id = p.contact_id
               left join accounts a on a.team_id = $1 and a.id = c.account_id
              where p.team_id = $1 and p.conversation_id = k.id) as participants,
            (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) order by lower(t.name)), '[]')
               from conversation_tagged g join conversation_tags t on t.team_id = $1 and t.id = g.tag_id
              where g.team_id = $1 and g.conversation_id = k.id) as tags,
            (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'domain', coalesce(a.domain, o.domain),
                      'logoUrl', o.logo_url) order by a.id is distinct from k.account_id, a.name, a.id), '[]')
               from ${ACCOUNTS} x join accounts a on a.team_id = $1 and a.id = x.id
               left join organizations o on o.team_id = $1 and o.id = a.organization_id) as accounts,
            (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'name', d.name, 'stageId', d.stage_id,
                      'accountName', a.name) order by d.name, d.id), '[]')
               from conversation_deals g join deals d on d.team_id = $1 and d.id = g.deal_id
               left join accounts a on a.team_id = $1 and a.id = d.account_id
              where g.team_id = $1 and g.conversation_id = k.id) as deals
       from conversations k left join users h on h.team_id = $1 and h.id = k.host_id
      where k.team_id = $1 and k.id = any($2::text[]) and ${seesConversation("$3", "k")}
      order by array_position($2::text[], k.id::text)`,
    [teamId, ids, viewerId],
  );
}

export type TranscriptRow = {
  said: string;
  speaker: number | null;
  start: number | null;
  end: number | null;
};

/** What was said in several of them, in order, by conversation. */
export async function transcriptsOf(db: Db, teamId: string, ids: readonly string[]) {
  const lines = await db.rows<TranscriptRow & { conversationId: string }>(
    `select conversation_id, said, speaker, starts_at as start, ends_at as "end" from conversation_lines
      where team_id = $1 and conversation_id = any($2::text[]) order by conversation_id, position`,
    [teamId, ids],
  );
  return Map.groupBy(lines, ({ conversationId }) => conversationId);
}
