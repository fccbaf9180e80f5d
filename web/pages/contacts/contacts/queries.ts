import { useMutation, useQueryClient } from "@tanstack/react-query";
import { isNotOf } from "../../../parts/gone.ts";
import type { Version } from "../../../parts/read-first.ts";
import { api } from "../../../session.ts";
import { contactQuery } from "../../insight/story/queries.ts";

export type ContactSearch = NonNullable<Parameters<typeof api.contacts.matching>[0]>;
export type ContactGroup = NonNullable<NonNullable<Parameters<typeof api.contacts.search>[0]>["group_by"]>;
export type FoundContact = Awaited<ReturnType<typeof api.contacts.search>>["contacts"][number];
export type Contact = Awaited<ReturnType<typeof api.contacts.get>>["contact"];
export type ContactInput = NonNullable<Parameters<typeof api.contacts.create>[0]>;
export type ContactChange = Parameters<typeof api.contacts.update>[0];

export function useChangeContact() {
  const queries = useQueryClient();
  const refresh = useRefreshContacts();
  return useMutation({
    mutationFn: ({ ifMatch, ...change }: ContactChange & Version) => api.contacts.update(change, { ifMatch }),
    onSuccess: (answer) => {
      queries.setQueryData(contactQuery(answer.contact.id).queryKey, answer);
      void refresh();
    },
  });
}

export function useCreateContact() {
  const refresh = useRefreshContacts();
  return useMutation({
    mutationFn: (wish: ContactInput) => api.contacts.create(wish),
    onSuccess: () => refresh(),
  });
}

/** Lists too, which count their contacts; and what is told of them. Not those that are gone. */
export function useRefreshContacts() {
  const queries = useQueryClient();
  return (gone: readonly string[] = []) =>
    Promise.all(
      ["contacts", "lists", "companies", "story", "enrollments", "tasks", "deals"].map((noun) =>
        queries.invalidateQueries({ queryKey: [noun], predicate: isNotOf(gone) }),
      ),
    );
}
