import { queryOptions } from "@tanstack/react-query";
import { api } from "../../../session.ts";

export type Schedule = Awaited<ReturnType<typeof api.schedules.list>>["emailer_schedules"][number];

/** The default first. */
export const schedulesQuery = queryOptions({
  queryKey: ["schedules"],
  queryFn: async () => (await api.schedules.list()).emailer_schedules,
});
