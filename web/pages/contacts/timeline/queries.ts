import { useInfiniteQuery } from "@tanstack/react-query";
import { api } from "../../../session.ts";

export type Of = { contact: string } | { account: string } | { deal: string };
export type TimelineEntry = Awaited<ReturnType<typeof api.contacts.timeline>>["timeline"][number];
export type TimelineKind = TimelineEntry["kind"];

const AT_ONCE = 25;

export function useTimeline(of: Of, kind: TimelineKind | null) {
  return useInfiniteQuery({
    queryKey: ["story", "timeline", of, kind], // asked anew with whatever else is told of the past
    queryFn: ({ pageParam, signal }) => {
      const wish = {
        limit: AT_ONCE,
        ...(kind && { kinds: [kind] }),
        ...(pageParam && { cursor: pageParam }),
      };
      if ("contact" in of) return api.contacts.timeline({ id: of.contact, ...wish }, { signal });
      if ("account" in of) return api.accounts.timeline({ id: of.account, ...wish }, { signal });
      return api.opportunities.timeline({ id: of.deal, ...wish }, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
  });
}
