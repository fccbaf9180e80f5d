import { queryOptions, useQueries, useQuery } from "@tanstack/react-query";
import { api } from "../../../session.ts";

export type Contact = Awaited<ReturnType<typeof api.contacts.get>>["contact"];

export function contactQuery(id: string) {
  return queryOptions({
    queryKey: ["contacts", "one", id],
    queryFn: () => api.contacts.get({ id }),
  });
}

export function useContact(id: string | null) {
  return useQuery({ ...contactQuery(id ?? ""), enabled: id !== null });
}

/** A contact's history, the latest first. */
export function useStory(id: string) {
  return useQuery({
    queryKey: ["story", id],
    queryFn: async () => (await api.contacts.timeline({ id, limit: 12 })).timeline,
  });
}

/** Names of a few sequences, by id; those that may not be seen have none. */
export function useSequenceNames(all: readonly string[]) {
  const ids = [...new Set(all)];
  return useQueries({
    queries: ids.map((id) => ({
      queryKey: ["sequences", "name", id],
      queryFn: async () => (await api.sequences.show({ id })).emailer_campaign.name,
      staleTime: 300_000,
      retry: false,
    })),
    combine: (answers) => new Map(ids.map((id, index) => [id, answers[index]?.data])),
  });
}

export const contactStagesQuery = queryOptions({
  queryKey: ["contact-stages"],
  queryFn: async () => (await api.contactStages.list()).contact_stages,
  staleTime: 300_000,
});
