import { companyWord, stateOf } from "../../../domain/work/conversations.ts";
import { stored } from "../../../kernel/moments.ts";
import type { ConversationRow, TranscriptRow } from "./search-store.ts";

type ShownDeal = {
  id: string;
  name: string;
  amount: number | null;
  closed_date: string | null;
  created_at: string;
  account: { id: string; name: string | null } | null;
  crm_id: string | null;
  opportunity_stage_id: string | null;
  stage_name: string | null;
  owner_id: string | null;
};

function inBoth(row: ConversationRow, now: Temporal.Instant) {
  return {
    id: row.id,
    topic: row.topic,
    start_time: stored(row.startedAt),
    duration: row.duration,
    state: stateOf(row, now),
    host: row.host,
    host_id: row.hostId,
    is_private: row.isPrivate,
    conversation_type: row.type,
    comment_count: row.notes,
    account_ids: row.accounts.map(({ id }) => id),
    external_id: row.externalId,
    source: row.source,
  };
}

export function presentListed(row: ConversationRow, now: Temporal.Instant) {
  const [company] = row.accounts;
  return {
    ...inBoth(row, now),
    can_access_conversation: true as const,
    label_id_names: Object.fromEntries(row.tags.map(({ id, name }) => [id, name])),
    participant_names: row.participants.flatMap(({ name, email }) => name ?? email ?? []),
    account_names: row.accounts.flatMap(({ name }) => name ?? []),
    organization: company ? { domain: company.domain, logo_url: company.logoUrl } : null,
    participants_info: row.participants.map(presentParticipant),
    thumbnail_url: row.thumbnailUrl,
    is_internal: row.participants.length > 0 && row.participants.every(({ userId }) => userId !== null),
    deals: row.deals.map((deal) => ({
      id: deal.id,
      account_name: deal.accountName,
      name: deal.name,
      opportunity_stage_id: deal.stageId,
    })),
  };
}

export function presentConversation(
  row: ConversationRow,
  {
    lines,
    deals,
    now,
  }: { lines: readonly TranscriptRow[]; deals: readonly ShownDeal[]; now: Temporal.Instant },
) {
  const others = row.participants.filter(({ userId }) => userId === null);
  const speakers = new Map(row.participants.map((one) => [one.position, one]));
  return {
    ...inBoth(row, now),
    pushed_to_crm: false as const,
    label_id_names: row.tags,
    is_shared_conversation: false as const,
    opportunity_ids: deals.map(({ id }) => id),
    failure_code: row.failureCode,
    bot_call_ended_reason: null,
    is_clip: false as const,
    video_recording: row.videoUrl === null ? null : video(row.videoUrl),
    audio_recording: row.audioUrl === null ? null : { url: row.audioUrl },
    transcript: lines.map(({ said, speaker, start, end }) => {
      const who = speaker === null ? undefined : speakers.get(speaker);
      return {
        speaker: who?.name ?? who?.email ?? null,
        user_id: who?.userId ?? null,
        contact_id: who?.contactId ?? null,
        start_time: start,
        end_time: end,
        text: said,
      };
    }),
    participants: {
      internal: row.participants.filter(({ userId }) => userId !== null).map(presentParticipant),
      external: Object.fromEntries(
        [...Map.groupBy(others, (one) => companyWord(one, one.accountName))].map(([company, of]) => [
          company,
          of.map(presentParticipant),
        ]),
      ),
    },
    opportunities: deals.map(presentDealBeside),
    playlist_clip_ids: [],
  };
}

function presentParticipant({ name, email, userId, contactId }: ConversationRow["participants"][number]) {
  return { name, email, user_id: userId, contact_id: contactId };
}

/** The recording stays where its program keeps it. */
function video(url: string) {
  return { type_cd: "link" as const, url, state_cd: "available" as const };
}

function presentDealBeside(deal: ShownDeal) {
  return {
    id: deal.id,
    name: deal.name,
    amount: deal.amount,
    closed_date: deal.closed_date,
    created_at: deal.created_at,
    last_sync: null,
    account: deal.account && { id: deal.account.id, name: deal.account.name },
    crm_record_url: null,
    opportunity_crm_id: deal.crm_id,
    opportunity_stage_id: deal.opportunity_stage_id,
    stage_name: deal.stage_name,
    owner_id: deal.owner_id,
    initial_opportunity_stage_id: null,
  };
}
