import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { t } from "../../../language/t.ts";
import { api } from "../../../session.ts";
import { sequenceQuery } from "../sequences/queries.ts";
import { readCheck } from "./check.ts";
import type { ContactSearch, EnrollmentForm, JoinInput } from "./wish.ts";

export type MatchedContact = Awaited<ReturnType<typeof api.contacts.search>>["contacts"][number];

/** Lists of contacts; Apollo calls them labels. */
export const listsQuery = queryOptions({
  queryKey: ["lists", "of contacts"],
  queryFn: async () => (await api.labels.list()).filter(({ modality }) => modality === "contacts"),
});

const SHOWN = 25;

export function contactsQuery(search: ContactSearch) {
  return queryOptions({
    queryKey: ["contacts", "to add", search],
    queryFn: async ({ signal }) => {
      const { contacts, pagination } = await api.contacts.search({ ...search, per_page: SHOWN }, { signal });
      return { contacts, total: pagination.total_entries };
    },
    placeholderData: keepPreviousData,
  });
}

export const stagesQuery = queryOptions({
  queryKey: ["stages", "of contacts"],
  queryFn: async () => (await api.contactStages.list()).contact_stages,
});

/** The same call as adding, told to change nothing. The last answer stays until the next is there. */
export function rehearsalQuery(request: JoinInput) {
  return queryOptions({
    queryKey: ["joining", "rehearsal", request],
    queryFn: async ({ signal }) =>
      readCheck(await api.joining.addContacts(request, { dryRun: true, signal })),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 60_000,
  });
}

/** Whether the step they begin with is a mail. */
export function useBeginsWithMail({ sequenceId, startStep }: EnrollmentForm) {
  const { data } = useQuery({ ...sequenceQuery(sequenceId ?? ""), enabled: sequenceId !== null });
  const first = data?.emailer_steps.find(({ position }) => position === startStep);
  return first ? first.type.endsWith("email") : true;
}

/** What a few of them are called. */
export function useNames(ids: readonly string[]) {
  const people = useFew(ids);
  return useMemo(
    () => people && new Map(people.map(({ id, name, email }) => [id, name || email || t("Unnamed contact")])),
    [people],
  );
}

/** Whom those who changed jobs left, and for whom, as far as it is known. */
export function useMoves(ids: readonly string[]) {
  return new Map(useFew(ids)?.map((contact) => [contact.id, moveOf(contact)]));
}

function useFew(ids: readonly string[]) {
  const wanted = [...new Set(ids)].sort().slice(0, 100);
  const { data } = useQuery({
    queryKey: ["contacts", "names", wanted],
    queryFn: async () => (await api.contacts.search({ contact_ids: wanted, per_page: 100 })).contacts,
    enabled: wanted.length > 0,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
  return data;
}

function moveOf({ organization_name: from, contact_job_change_event: job }: MatchedContact) {
  if (!job?.organization_name) return null;
  const to = job.organization_name;
  return from && from !== to ? t("Left {from} for {to}.", { from, to }) : t("Left for {to}.", { to });
}

export type Added = Awaited<ReturnType<typeof api.joining.addContacts>>;

export function useAdd() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (request: JoinInput) => api.joining.addContacts(request),
    onSuccess: refresh,
  });
}

/** One reason is fixed for all contacts at once; the dialog checks again afterwards. */
export function useMend() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (mend: () => Promise<unknown>) => mend(), onSuccess: refresh });
}

export function useRefresh() {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      ["joining", "enrollments", "sequences", "contacts", "story", "why", "mailboxes", "work"].map((noun) =>
        queries.invalidateQueries({ queryKey: [noun] }),
      ),
    );
}
