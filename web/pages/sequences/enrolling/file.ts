// Contacts that come from a file into a sequence: an import, tried out and done from the dialog that adds contacts.

import { queryOptions, useMutation } from "@tanstack/react-query";
import { api } from "../../../session.ts";
import type { ImportInput, ImportPreview } from "../../contacts/imports/queries.ts";
import { useRefresh } from "./queries.ts";
import { type AllowFlag, type EnrollmentForm, joinTermsOf } from "./wish.ts";

export type ChosenFile = { file: File; preview: ImportPreview; mapping: ImportPreview["mapping"] };

export type FileWish = Omit<ImportInput, "kind" | "account_stage_id" | "source"> & {
  kind: "contacts";
  add_to_sequence: NonNullable<ReturnType<typeof joinTermsOf>>;
};

/** Null while something is missing that only a person can say. */
export function importOf(wish: EnrollmentForm): FileRequest | null {
  const terms = joinTermsOf(wish);
  if (!wish.file || !terms) return null;
  const { file, mapping } = wish.file;
  return { file, wish: { kind: "contacts", mapping, overwrite: "fill", add_to_sequence: terms } };
}

export type FileRequest = { file: File; wish: FileWish };

/** By what it is known again what was asked of a file. */
export function keyOf({ file, wish }: FileRequest) {
  return [file.name, file.size, file.lastModified, wish];
}

/** The import itself, told to change nothing. */
export function fileRehearsalQuery({ file, wish }: FileRequest) {
  return queryOptions({
    queryKey: ["joining", "file rehearsal", ...keyOf({ file, wish })],
    queryFn: ({ signal }) => api.imports.create({ file, ...wish }, { dryRun: true, signal }),
    staleTime: 0,
    gcTime: 60_000,
  });
}

export function useBringInto() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ file, wish, promiseId }: FileRequest & { promiseId: string | undefined }) => {
      const add_to_sequence = { ...wish.add_to_sequence, ...(promiseId && { promise_id: promiseId }) };
      return api.imports.create({ file, ...wish, add_to_sequence });
    },
    onSuccess: refresh,
  });
}

/** What lets in who is left out for this. */
export const FLAG_OF: Record<string, AllowFlag> = {
  contacts_in_pending_state: "add_if_in_queue",
  contacts_without_ownership_permission: "contacts_without_ownership_permission",
  contacts_without_email: "sequence_no_email",
  contacts_unverified_email: "sequence_unverified_email",
  contacts_with_unverified_user_managed_email: "sequence_unverified_email",
  contacts_with_job_change: "sequence_job_change",
  contacts_active_in_other_campaigns: "sequence_active_in_other_campaigns",
  contacts_finished_in_other_campaigns: "sequence_finished_in_other_campaigns",
  contacts_in_same_company: "sequence_same_company_in_same_campaign",
};
