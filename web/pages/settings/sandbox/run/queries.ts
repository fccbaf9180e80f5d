import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../../../../session.ts";

const LINES_AT_ONCE = 100;

export const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

type Days = { from: string; until: string };

/** Counts of each day. */
export const daysQuery = ({ from, until }: Days) =>
  queryOptions({
    queryKey: ["sandbox-timeline", "days", from, until],
    queryFn: async () => (await api.sandbox.timeline({ from, until, time_zone: zone(), per_page: 1 })).days,
  });

export const eventsQuery = ({ from, until, types }: Days & { types: readonly string[] }) =>
  infiniteQueryOptions({
    queryKey: ["sandbox-timeline", "events", from, until, types],
    queryFn: ({ pageParam }) =>
      api.sandbox.timeline({
        from,
        until,
        time_zone: zone(),
        per_page: LINES_AT_ONCE,
        ...(types.length > 0 && { types: [...types] }),
        ...(pageParam && { before: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_before }) => next_before,
  });
