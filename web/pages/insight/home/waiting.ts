// What waits for the signed-in user, as the rail and Home count it.

import { useQuery } from "@tanstack/react-query";
import { currentTime } from "../../../parts/current-time.ts";
import { endOfToday } from "../../../parts/when.ts";
import { api, useMe } from "../../../session.ts";

export type TodayCounts = Awaited<ReturnType<typeof api.today.counts>>["counts"];

const EVERY_MS = 60_000;
/** While something is on its way that changes every page. */
const SOON_MS = 1_000;

export function useWaiting() {
  const { user } = useMe();
  return useQuery({
    queryKey: ["waiting", user.id],
    queryFn: async () =>
      (await api.today.counts({ user_id: user.id, due_before: endOfToday(currentTime()).toISOString() }))
        .counts,
    refetchInterval: ({ state }) => (state.data?.sample_coming ? SOON_MS : EVERY_MS),
    staleTime: 10_000,
  });
}

/** What each place of the rail shows a number for. */
export function countsOf(waiting: TodayCounts | undefined): Partial<Record<string, number>> {
  if (!waiting) return {};
  const { tasks, replies, mails } = waiting;
  return {
    "/tasks": tasks.overdue + tasks.due_today,
    "/inbox": replies.open + replies.questions,
    "/outbox": mails.failed + mails.unconfirmed,
  };
}
