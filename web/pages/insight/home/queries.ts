import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, useMe } from "../../../session.ts";
import { mailboxesQuery } from "../../mail/mailboxes/queries.ts";

export type Today = Awaited<ReturnType<typeof api.today.show>>["today"];

export const DAYS = 14;

/** Admins look at the whole team, others at their own work. */
function useWhose() {
  const { user } = useMe();
  return user.role === "admin" ? {} : { user_id: user.id };
}

/** Viewers see their own; what an admin has to fix is shown for everybody. */
export function useToday() {
  const { user } = useMe();
  const whose = useWhose();
  return useQuery({
    queryKey: ["today", user.id],
    queryFn: async () =>
      (
        await api.today.show({
          ...whose,
          days: DAYS,
          time_zone: zone(),
        })
      ).today,
    refetchInterval: 60_000,
  });
}

const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

export type News = Awaited<ReturnType<typeof api.today.news>>["news"];
export type NewsLine = News["lines"][number];

export function useNews() {
  const { user } = useMe();
  const whose = useWhose();
  return useQuery({
    queryKey: ["today", "news", user.id],
    queryFn: async () => (await api.today.news({ ...whose, time_zone: zone() })).news,
    refetchInterval: 60_000,
  });
}

const PAGE = 25;

export type NewsWish = { kind: NewsLine["kind"]; group: string | null; since: string };

export function useNewsRows({ kind, group, since }: NewsWish) {
  const whose = useWhose();
  const isGrouped = GROUPED.includes(kind);
  const asked = { ...whose, kind, since, ...(isGrouped && { group: group ?? "none" }) };
  return useInfiniteQuery({
    queryKey: ["today", "news", "rows", asked],
    queryFn: ({ pageParam, signal }) =>
      api.today.newsRows({ ...asked, page: pageParam, per_page: PAGE }, { signal }),
    initialPageParam: 1,
    getNextPageParam: ({ pagination: { page, total_pages } }) => (page < total_pages ? page + 1 : undefined),
  });
}

const GROUPED: readonly NewsLine["kind"][] = ["replies", "added", "tasks_completed", "tasks_assigned"];

export type Goal = Awaited<ReturnType<typeof api.goals.list>>["goals"][number];
export type GoalWish = Parameters<typeof api.goals.save>[0];

export function useGoals(userId: string) {
  return useQuery({
    queryKey: ["goals", userId],
    queryFn: async () => (await api.goals.list({ user_id: userId, time_zone: zone() })).goals,
    refetchInterval: 60_000,
  });
}

export function useGoalChanges() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: ["goals"] });
  return {
    save: useMutation({ mutationFn: (wish: GoalWish) => api.goals.save(wish), onSuccess }),
    remove: useMutation({ mutationFn: (id: string) => api.goals.delete({ id }), onSuccess }),
  };
}

/** Whether anybody has ever replied to a mailbox that is no catcher's. Once it is so, it stays so. */
export function useFirstReply() {
  const client = useQueryClient();
  return useQuery({
    queryKey: ["inbox", "ever"],
    queryFn: async () => {
      const mailboxes = await client.fetchQuery({ ...mailboxesQuery, staleTime: 60_000 });
      for (const { id } of mailboxes.filter(({ type }) => type !== "catcher")) {
        const wish = { kind: "reply", email_account_id: id, per_page: 1 } as const;
        if ((await api.incomingMails.list(wish)).pagination.total_entries > 0) return true;
      }
      return false;
    },
    staleTime: 300_000,
  });
}
