import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, useMe } from "../../../session.ts";
import { mailboxesQuery } from "../../mail/mailboxes/queries.ts";

export type Today = Awaited<ReturnType<typeof api.today.show>>["today"];

export const DAYS = 14;

/** Viewers see their own; what an admin has to fix is shown for everybody. */
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
