import { infiniteQueryOptions, useQuery } from "@tanstack/react-query";
import { endOfToday } from "../../parts/when.ts";
import { api } from "../../session.ts";

export type OutboxFilter = {
  part: Part;
  userId: string | null;
  mailbox: string | null;
  sequence: string | null;
  words: string | null;
};

export const PARTS = ["scheduled", "failed", "unconfirmed", "drafts"] as const;
export type Part = (typeof PARTS)[number];

const STATS = {
  scheduled: ["scheduled"],
  failed: ["failed_other"],
  unconfirmed: ["unconfirmed"],
  drafts: ["drafted"],
} as const;

const AT_ONCE = 50;

/** What is scheduled comes in the order in which it goes out, the rest latest first. */
export function outboxQuery({ part, userId, mailbox, sequence, words }: OutboxFilter) {
  return infiniteQueryOptions({
    queryKey: ["mails", "outbox", part, userId, mailbox, sequence, words],
    queryFn: ({ pageParam, signal }) =>
      api.emailerMessages.search(
        {
          page: pageParam,
          per_page: AT_ONCE,
          emailer_message_stats: [...STATS[part]],
          sort_by_field: "due_at",
          sort_ascending: part === "scheduled",
          ...(userId && { user_ids: [userId] }),
          ...(mailbox && { email_account_id_and_aliases: [mailbox] }),
          ...(sequence && { emailer_campaign_ids: [sequence] }),
          ...(words && { q_keywords: words }),
        },
        { signal },
      ),
    initialPageParam: 1,
    getNextPageParam: ({ emailer_messages }, _all, page) =>
      emailer_messages.length === AT_ONCE ? page + 1 : null,
    refetchInterval: 30_000,
  });
}

/** How many there are of each part. */
export function useOutboxCounts(userId: string | null) {
  return useQuery({
    queryKey: ["waiting", "outbox", userId],
    queryFn: async () =>
      (
        await api.today.counts({
          due_before: endOfToday(new Date()).toISOString(),
          ...(userId && { user_id: userId }),
        })
      ).counts.mails,
    refetchInterval: 30_000,
  });
}
