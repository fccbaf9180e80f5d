import { useQuery } from "@tanstack/react-query";
import { currentTime } from "../../../parts/current-time.ts";
import type { WindowSource } from "../../../parts/records/useWindowed.ts";
import { endOfToday } from "../../../parts/when.ts";
import { api } from "../../../session.ts";
import type { Mail } from "../mails/queries.ts";

export type OutboxFilter = {
  part: OutboxSection;
  userId: string | null;
  mailbox: string | null;
  sequence: string | null;
  words: string | null;
  /** Of the scheduled ones, only those that something holds. */
  isHeld: boolean;
  /** Only what is due from one moment to before the other. */
  from: string | null;
  until: string | null;
};

export const PARTS = ["scheduled", "failed", "unconfirmed", "drafts"] as const;
export type OutboxSection = (typeof PARTS)[number];

const STATS = {
  scheduled: ["scheduled"],
  failed: ["failed_other"],
  unconfirmed: ["unconfirmed"],
  drafts: ["drafted"],
} as const;

const AT_ONCE = 50;

/**
 * Scheduled mails come in sending order, the others latest first. The server does not count them: the list grows by a page,
 * by the cursor of the one before, as long as there is one.
 */
export function outboxSource(filter: OutboxFilter): WindowSource<Mail> {
  const { part, userId, mailbox, sequence, words, isHeld, from, until } = filter;
  return {
    key: ["mails", "outbox", filter],
    size: AT_ONCE,
    everyMs: 30_000,
    reach: AT_ONCE,
    fetch: async ({ size, cursor }) => {
      const { emailer_messages: rows, next_cursor } = await api.emailerMessages.search({
        ...(cursor && { cursor }),
        per_page: size,
        emailer_message_stats: isHeld ? ["held"] : [...STATS[part]],
        sort_by_field: "due_at",
        sort_ascending: part === "scheduled",
        ...(userId && { for_user_ids: [userId] }),
        ...(mailbox && { email_account_id_and_aliases: [mailbox] }),
        ...(sequence && { emailer_campaign_ids: [sequence] }),
        ...(words && { q_keywords: words }),
        ...((from || until) && {
          emailer_message_date_range_mode: "due_at",
          emailer_message_date_range: { ...(from && { min: from }), ...(until && { max: until }) },
        }),
      });
      return { rows, total: rows.length, isAtLeast: next_cursor !== null, cursor: next_cursor };
    },
  };
}

/** How many there are of each part. */
export function useOutboxCounts(userId: string | null, isWanted = true) {
  return useQuery({
    enabled: isWanted,
    queryKey: ["waiting", "outbox", userId],
    queryFn: async () =>
      (
        await api.today.counts({
          due_before: endOfToday(currentTime()).toISOString(),
          ...(userId && { user_id: userId }),
        })
      ).counts.mails,
    refetchInterval: 30_000,
  });
}
