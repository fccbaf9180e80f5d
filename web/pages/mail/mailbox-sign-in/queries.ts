import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { keptPlace, readKept, writeKept } from "../../../parts/kept-storage.ts";
import { api, useMe } from "../../../session.ts";
import { type Mailbox, mailboxesQuery } from "../mailboxes/queries.ts";
import type { Returned } from "./returned.ts";

export type SignInClient = Awaited<ReturnType<typeof api.signInClients.list>>["sign_in_clients"][number];
export type SignInProvider = SignInClient["provider"];
export type SavedClient = Awaited<ReturnType<typeof api.signInClients.save>>;
type StartWish = Parameters<typeof api.emailAccounts.startSignIn>[0];
type ClientWish = Parameters<typeof api.signInClients.save>[0];

const clientsQuery = queryOptions({
  queryKey: ["sign-in-clients"],
  queryFn: async () => (await api.signInClients.list()).sign_in_clients,
});

export function useSignInClients() {
  return useQuery(clientsQuery);
}

/** The client by which this mailbox can sign in again; null where it has a password, or the team has no client. */
export function useClientOf({ type }: Pick<Mailbox, "type">) {
  const { data = [] } = useSignInClients();
  const provider = type === "gmail" ? "google" : type === "microsoft" ? "microsoft" : null;
  return data.find((client) => client.is_set && client.provider === provider) ?? null;
}

/** Leaves for the provider's page. */
export function useStartSignIn() {
  const { user } = useMe();
  return useMutation({
    mutationFn: async (wish: StartWish) => {
      const { sign_in } = await api.emailAccounts.startSignIn(wish);
      const { provider, email_account_id: mailboxId = null } = wish;
      writeKept(keptPlace(user.id, BEGUN), { provider, mailboxId } satisfies BegunSignIn);
      return sign_in;
    },
    onSuccess: ({ authorization_url }) => location.assign(authorization_url),
  });
}

const BEGUN = "sign-in";

/** Where a sign-in was started: after it failed, people go back there. */
type BegunSignIn = { provider: SignInProvider; mailboxId: string | null };

export function useBegunSignIn(): BegunSignIn | null {
  const { user } = useMe();
  return readKept<BegunSignIn>(keptPlace(user.id, BEGUN));
}

export function useFinishSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (returned: Returned) => (await api.emailAccounts.finishSignIn(returned)).email_account,
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: mailboxesQuery.queryKey }),
        queries.invalidateQueries({ queryKey: clientsQuery.queryKey }),
        queries.invalidateQueries({ queryKey: ["explain"] }),
      ]),
  });
}

export function useSaveClient() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: ClientWish) => api.signInClients.save(wish),
    onSuccess: () => queries.invalidateQueries({ queryKey: clientsQuery.queryKey }),
  });
}

export function useDeleteClient() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (provider: SignInProvider) => api.signInClients.delete({ provider }),
    onSuccess: () => queries.invalidateQueries({ queryKey: clientsQuery.queryKey }),
  });
}
