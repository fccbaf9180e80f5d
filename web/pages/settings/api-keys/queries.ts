import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, useIsAdmin } from "../../../session.ts";

export type Key = Awaited<ReturnType<typeof api.apiKeys.list>>["api_keys"][number];
export type KeyWithSecret = Awaited<ReturnType<typeof api.apiKeys.create>>["api_key"];
export type ApiKeyInput = Parameters<typeof api.apiKeys.create>[0];

type KeyChange = Parameters<typeof api.apiKeys.update>[0];

export const keysQuery = queryOptions({
  queryKey: ["keys"],
  queryFn: async () => (await api.apiKeys.list()).api_keys,
});

/** Admins only: to anybody else the server says no, so we do not ask. */
export function useKeys() {
  return useQuery({ ...keysQuery, enabled: useIsAdmin() });
}

export function useCreateKey() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (wish: ApiKeyInput) => api.apiKeys.create(wish), onSuccess: refresh });
}

export function useChangeKey() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (wish: KeyChange) => api.apiKeys.update(wish), onSuccess: refresh });
}

export function useRotateKey() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (id: string) => api.apiKeys.rotate({ id }), onSuccess: refresh });
}

export function useRevokeKey() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (id: string) => api.apiKeys.revoke({ id }), onSuccess: refresh });
}

function useRefresh() {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: keysQuery.queryKey }),
      queries.invalidateQueries({ queryKey: ["history"] }),
    ]);
}
