import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "../../../session.ts";
import { conditionWish, isUnfinished } from "./condition.ts";
import { type DraftMail, isSame, type StepsDraft } from "./draft.ts";
import { pathWish } from "./wish.ts";

export const problemsQuery = (id: string) =>
  queryOptions({
    queryKey: ["sequences", id, "problems"],
    queryFn: ({ signal }) => api.rehearsals.problems({ id }, { signal }),
  });

type For = { contactId: string | null /** Null: now. */; startsAt: string | null };

/** When each step of the draft would fall due for that contact. */
export function useDates(id: string, { contactId, startsAt }: For, draft: StepsDraft, saved: StepsDraft) {
  const steps = draft.map((step) => ({
    type: step.type,
    wait_time: step.waitTime,
    wait_mode: step.waitMode,
    exact_datetime: step.exactAt,
    enabled: step.isOn,
    ...pathWish(step, draft),
    ...(step.condition && { condition: conditionWish(step.condition, draft) }),
  }));
  const input = {
    id,
    contact_id: contactId,
    ...(startsAt !== null && { starts_at: startsAt }),
    ...(!isSame(draft, saved) && { emailer_steps: steps }),
  };
  return useQuery({
    queryKey: ["sequences", id, "dates", contactId, startsAt, steps],
    queryFn: ({ signal }) => api.rehearsals.dates(input, { signal }),
    enabled: draft.length > 0 && !draft.some(isUnfinished),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

type PreviewWish = Pick<DraftMail, "subject" | "html" | "isSigned"> & {
  sequenceId: string;
  /** Null for a step that is not saved yet. */
  stepId: string | null;
  contactId: string | null;
};

export function previewInput({ sequenceId, stepId, contactId, subject, html, isSigned }: PreviewWish) {
  return {
    id: sequenceId,
    emailer_step_id: stepId,
    contact_id: contactId,
    subject,
    body_html: html,
    include_signature: isSigned,
  };
}

export const previewQuery = (wish: PreviewWish) =>
  queryOptions({
    queryKey: ["sequences", wish.sequenceId, "preview", wish],
    queryFn: ({ signal }) => api.rehearsals.mail(previewInput(wish), { signal }),
    placeholderData: keepPreviousData,
  });

export type TrialWish = Parameters<typeof api.rehearsals.mails>[0];
export type Trial = Awaited<ReturnType<typeof api.rehearsals.mails>>["trial"];
export type TrialMail = Trial["contacts"][number]["mails"][number];

export const trialQuery = (wish: TrialWish) =>
  queryOptions({
    queryKey: ["sequences", wish.id, "trial", wish],
    queryFn: ({ signal }) => api.rehearsals.mails(wish, { signal }),
  });
