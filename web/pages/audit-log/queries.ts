import { useInfiniteQuery } from "@tanstack/react-query";
import { api } from "../../session.ts";

export type Entry = Awaited<ReturnType<typeof api.auditLog.list>>["audit_log"][number];
export type Filter = { person?: string | undefined; about?: string | undefined };

const AT_ONCE = 50;

export function useHistory({ person, about }: Filter) {
  return useInfiniteQuery({
    queryKey: ["history", person ?? null, about ?? null],
    queryFn: ({ pageParam }) =>
      api.auditLog.list({
        limit: AT_ONCE,
        ...(person && { actor_id: person }),
        ...(about && { subject_id: about }),
        ...(pageParam && { before: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_before }) => next_before,
  });
}
