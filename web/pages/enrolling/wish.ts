// What somebody wishes while adding contacts, and what is asked of the server for it.

import type { api } from "../../session.ts";
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
export type Flag = (typeof FLAGS)[number];

export type Whom = {
  ids: readonly string[];
  listIds: readonly string[];
  /** Everybody whom this search finds. */
  filter: ContactSearch | null;
};

export type Wish = {
  sequenceId: string | null;
  whom: Whom;
  /** In place of all that: the rows of a file. */
  file: ChosenFile | null;
  mailboxIds: readonly string[];
  /** By the viewer's clock, as the field has it; null: at once. */
  startsAt: string | null;
  startStep: number;
  skipsValidation: boolean;
  waived: readonly Flag[];
  reEnrolls: boolean;
  /** Whoever another sequence is busy with begins when that is over. */
  waitsForOthers: boolean;
};

export function isNobody({ ids, listIds, filter }: Whom) {
  return ids.length === 0 && listIds.length === 0 && filter === null;
}

export type Lists = readonly { id: string; name: string }[];

/** Null while something is missing that only a person can say. */
export function requestOf(wish: Wish, lists: Lists): JoinInput | null {
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

/** On which terms, whoever it is. */
export function joinTermsOf(wish: Wish) {
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
