import { queryOptions } from "@tanstack/react-query";
import { api } from "../../../session.ts";
import type { ExplainSubject } from "./subject.ts";

type EnrollmentWhy = Awaited<ReturnType<typeof api.explain.enrollment>>["explain"];
type ContactWhy = Awaited<ReturnType<typeof api.explain.contact>>["explain"];
type SequenceWhy = Awaited<ReturnType<typeof api.explain.sequence>>["explain"];
type MailboxWhy = Awaited<ReturnType<typeof api.explain.mailbox>>["explain"];

/** What all of them have, and what only some do. */
export type Why = Omit<EnrollmentWhy, "variant"> &
  Partial<Pick<EnrollmentWhy, "variant">> &
  Partial<Pick<ContactWhy, "contact_campaign_statuses" | "suppression" | "cannot_be_added">> &
  Partial<Pick<SequenceWhy, "waiting">> &
  Partial<Pick<MailboxWhy, "sending">>;

export type Hold = EnrollmentWhy["held_by"][number];
export type HoldFix = NonNullable<Hold["fix"]>;
export type NextAction = NonNullable<EnrollmentWhy["next"]>;
export type Past = EnrollmentWhy["history"][number];

export function whyQuery({ type, id }: ExplainSubject) {
  return queryOptions({
    queryKey: ["why", type, id],
    queryFn: async (): Promise<Why> => (await api.explain[type]({ id })).explain,
    staleTime: 0, // a user who asks why wants the present answer
  });
}
