import { useQuery } from "@tanstack/react-query";
import { api, useMe } from "../../session.ts";

export type Today = Awaited<ReturnType<typeof api.today.show>>["today"];

export const DAYS = 14;

/** Whoever looks sees their own; what an admin has to mend is everybody's. */
export function useToday() {
  const { user } = useMe();
  const whose = user.role === "admin" ? {} : { user_id: user.id };
  return useQuery({
    queryKey: ["today", user.id],
    queryFn: async () =>
      (
        await api.today.show({
          ...whose,
          days: DAYS,
          time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC",
        })
      ).today,
    refetchInterval: 60_000,
  });
}

/** Whether anybody has ever replied. Once it is so, it stays so. */
export function useFirstReply() {
  return useQuery({
    queryKey: ["inbox", "ever"],
    queryFn: async () =>
      (await api.incomingMails.list({ kind: "reply", per_page: 1 })).pagination.total_entries > 0,
    staleTime: 300_000,
  });
}
