import { queryOptions } from "@tanstack/react-query";
import { api } from "../../../session.ts";

export type PastHold = Awaited<ReturnType<typeof api.enrollments.asOf>>["as_of"]["held_by"][number];

export const contactThenQuery = (id: string, at: string) =>
  queryOptions({
    queryKey: ["story", "asOf", id, at],
    queryFn: async () => (await api.contacts.asOf({ id, at })).as_of,
  });

export const membershipThenQuery = (id: string, at: string) =>
  queryOptions({
    queryKey: ["story", "asOf", id, at],
    queryFn: async () => (await api.enrollments.asOf({ id, at })).as_of,
  });

export const mailboxThenQuery = (id: string, at: string) =>
  queryOptions({
    queryKey: ["mailboxes", "asOf", id, at],
    queryFn: async () => (await api.emailAccounts.asOf({ id, at })).as_of,
  });
