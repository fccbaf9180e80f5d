// The user's choices while adding contacts, and the request made from them.

import type { api } from "../../../session.ts";
import type { ChosenFile } from "./file.ts";

export type JoinInput = Parameters<typeof api.joining.addContacts>[0];
export type ContactSearch = NonNullable<JoinInput["contact_filter"]>;

/** What lets contacts in who would be left out, in the order in which it is asked about. */
export const FLAGS = [
  "sequence_unverified_email",
  "sequence_active_in_other_campaigns",
  "sequence_finished_in_other_campaigns",
  "sequence_same_company_in_same_campaign",
  "sequence_same_email_in_same_campaign",
  "sequence_job_change",
  "sequence_no_email",
  "contacts_without_ownership_permission",
  "add_if_in_queue",
] as const;
export type AllowFlag = (typeof FLAGS)[number];

export type EnrollmentAudience = {
  ids: readonly string[];
  listIds: readonly string[];
  /** Everybody whom this search finds. */
  filter: ContactSearch | null;
};

export type EnrollmentForm = {
  sequenceId: string | null;
  whom: EnrollmentAudience;
  /** In place of all that: the rows of a file. */
  file: ChosenFile | null;
  mailboxIds: readonly string[];
  /** By the viewer's clock, as the field has it; null: at once. */
  startsAt: string | null;
  startStep: number;
  skipsValidation: boolean;
  waived: readonly AllowFlag[];
  reEnrolls: boolean;
  /** A contact who is active in another sequence begins when that one is over. */
  waitsForOthers: boolean;
};

export function isNobody({ ids, listIds, filter }: EnrollmentAudience) {
  return ids.length === 0 && listIds.length === 0 && filter === null;
}

export type Lists = readonly { id: string; name: string }[];

/** Null while something is missing that only a person can say. */
export function requestOf(wish: EnrollmentForm, lists: Lists): JoinInput | null {
  const { whom } = wish;
  const terms = joinTermsOf(wish);
  if (!terms || isNobody(whom)) return null;
  const names = lists.filter(({ id }) => whom.listIds.includes(id)).map(({ name }) => name);
  return {
    ...terms,
    ...(whom.ids.length > 0 && { contact_ids: [...whom.ids] }),
    ...(names.length > 0 && { label_names: names }),
    ...(whom.filter && { contact_filter: whom.filter }),
  };
}

/** The terms, for any contact. */
export function joinTermsOf(wish: EnrollmentForm) {
  const { sequenceId, mailboxIds, startsAt, waived } = wish;
  if (!sequenceId || mailboxIds.length === 0) return null;
  return {
    id: sequenceId,
    send_email_from_email_account_id: [...mailboxIds],
    ...(startsAt && {
      status: "paused" as const,
      auto_unpause_at: new Date(startsAt.replace(" ", "T")).toISOString(),
    }),
    ...(wish.startStep > 1 && { start_step: wish.startStep }),
    ...(wish.skipsValidation && { contact_verification_skipped: true }),
    ...(wish.reEnrolls && { re_enroll: true }),
    ...(wish.waitsForOthers && { wait_for_other_campaigns: true }),
    ...Object.fromEntries(waived.map((flag) => [flag, true])),
  };
}
