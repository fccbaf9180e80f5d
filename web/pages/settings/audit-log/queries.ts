import { useInfiniteQuery } from "@tanstack/react-query";
import { api } from "../../../session.ts";
import { typesOf } from "./kinds.ts";

export type AuditLogEntry = Awaited<ReturnType<typeof api.auditLog.list>>["audit_log"][number];
export type AuditLogFilter = {
  person?: string | undefined;
  about?: string | undefined;
  kind?: string | undefined;
};

const AT_ONCE = 50;

export function useHistory({ person, about, kind }: AuditLogFilter) {
  const types = [...typesOf(kind)];
  return useInfiniteQuery({
    queryKey: ["history", person ?? null, about ?? null, ...types],
    queryFn: ({ pageParam }) =>
      api.auditLog.list({
        limit: AT_ONCE,
        ...(person && { actor_id: person }),
        ...(about && { subject_id: about }),
        ...(types.length > 0 && { types }),
        ...(pageParam && { before: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_before }) => next_before,
  });
}
