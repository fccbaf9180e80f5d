import { infiniteQueryOptions } from "@tanstack/react-query";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { api } from "../../../session.ts";

export type Addition = Awaited<ReturnType<typeof api.joining.additions>>["additions"][number];
export type Happening = Awaited<ReturnType<typeof api.sequences.activity>>["events"][number];
export type EnrollmentVerdict = Awaited<ReturnType<typeof api.joining.verdicts>>["verdicts"][number];

const ADDS_AT_ONCE = 5;
const LINES_AT_ONCE = 100;

export const additionsQuery = (sequenceId: string) =>
  infiniteQueryOptions({
    queryKey: ["activity", sequenceId, "additions"],
    queryFn: ({ pageParam }) =>
      api.joining.additions({ id: sequenceId, page: pageParam, per_page: ADDS_AT_ONCE }),
    initialPageParam: 1,
    getNextPageParam: ({ pagination: { page, total_pages } }) => (page < total_pages ? page + 1 : null),
  });

type Narrowing = { kind: string | undefined; userId: string | undefined };

/** What each kind of happening is made of. People joining have a list of their own, so they are not told one by one. */
export const KINDS: Record<string, { says: string; types: string[] }> = perLanguage(() => ({
  people: {
    says: t("Status changes"),
    types: ["paused", "resumed", "finished", "failed", "removed", "moved"].map(
      (verb) => `enrollment.${verb}`,
    ),
  },
  joining: { says: t("Contacts added"), types: ["enrollment.added", "enrollment.skipped"] },
  mails: { says: t("Emails"), types: ["message.*"] },
  tasks: { says: t("Tasks"), types: ["task.*"] },
  sequence: { says: t("Sequence changes"), types: ["sequence.*", "step.*", "touch.*"] },
}));

const USUAL = perLanguage(() =>
  ["people", "mails", "tasks", "sequence"].flatMap((kind) => KINDS[kind]?.types ?? []),
);

export const activityQuery = (sequenceId: string, { kind, userId }: Narrowing) =>
  infiniteQueryOptions({
    queryKey: ["activity", sequenceId, "feed", kind, userId],
    queryFn: ({ pageParam }) =>
      api.sequences.activity({
        id: sequenceId,
        types: (kind && KINDS[kind]?.types) || USUAL,
        per_page: LINES_AT_ONCE,
        ...(userId && { user_id: userId }),
        ...(pageParam && { before: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_before }) => next_before,
  });

export type Sought = "all" | "added" | "skipped";

export const verdictsQuery = (sequenceId: string, requestId: string, sought: Sought) =>
  infiniteQueryOptions({
    queryKey: ["activity", sequenceId, "verdicts", requestId, sought],
    queryFn: ({ pageParam }) =>
      api.joining.verdicts({
        id: sequenceId,
        request_id: requestId,
        ...(sought !== "all" && { verdict: sought }),
        page: pageParam,
        per_page: 100,
      }),
    initialPageParam: 1,
    getNextPageParam: ({ pagination: { page, total_pages } }) => (page < total_pages ? page + 1 : null),
  });
