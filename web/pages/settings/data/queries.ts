import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../session.ts";

export type Provider = Awaited<ReturnType<typeof api.enrichmentProviders.list>>["providers"][number];
export type ProviderWish = Parameters<typeof api.enrichmentProviders.create>[0];
type Change = Parameters<typeof api.enrichmentProviders.update>[0];

export const providersQuery = queryOptions({
  queryKey: ["providers"],
  queryFn: async () => (await api.enrichmentProviders.list()).providers,
});

export function useConnectProvider() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (wish: ProviderWish) => api.enrichmentProviders.create(wish),
    onSuccess: refresh,
  });
}

export function useChangeProvider() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (wish: Change) => api.enrichmentProviders.update(wish),
    onSuccess: refresh,
  });
}

export function useOrderProviders() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (ids: readonly string[]) => api.enrichmentProviders.order({ provider_ids: [...ids] }),
    onSuccess: refresh,
  });
}

export function useTryProvider() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, what }: { id: string; what: string }) =>
      api.enrichmentProviders.test({ id, ...(what.includes("@") ? { email: what } : { domain: what }) }),
    onSettled: refresh,
  });
}

export function useRemoveProvider() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (id: string) => api.enrichmentProviders.delete({ id }),
    onSuccess: refresh,
  });
}

function useRefresh() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["providers"] });
}
