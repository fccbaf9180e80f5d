import { queryOptions, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../session.ts";

export type Webhook = Awaited<
  ReturnType<typeof api.webhookSubscriptions.list>
>["webhook_subscriptions"][number];
export type WebhookWithSecret = Awaited<
  ReturnType<typeof api.webhookSubscriptions.create>
>["webhook_subscription"];
export type WebhookDelivery = Awaited<
  ReturnType<typeof api.webhookSubscriptions.deliveries>
>["deliveries"][number];
type WebhookInput = NonNullable<Parameters<typeof api.webhookSubscriptions.create>[0]>;
type Change = Parameters<typeof api.webhookSubscriptions.update>[0];

const webhooksQuery = queryOptions({
  queryKey: ["webhooks"],
  queryFn: async () => (await api.webhookSubscriptions.list()).webhook_subscriptions,
});

export function useWebhooks() {
  return useQuery(webhooksQuery);
}

/** Attempts go on by themselves for days, so the newest are asked for again while one looks. */
export function useDeliveries(id: string, status: WebhookDelivery["status"] | null) {
  return useInfiniteQuery({
    queryKey: ["webhooks", id, "deliveries", status],
    queryFn: ({ pageParam }) =>
      api.webhookSubscriptions.deliveries({ id, page: pageParam, per_page: 25, ...(status && { status }) }),
    initialPageParam: 1,
    getNextPageParam: ({ pagination }) =>
      pagination.page < pagination.total_pages ? pagination.page + 1 : undefined,
    refetchInterval: 5000,
  });
}

export function useMakeWebhook() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: async (wish: WebhookInput) =>
      (await api.webhookSubscriptions.create(wish)).webhook_subscription,
    onSuccess: refresh,
  });
}

export function useChangeWebhook() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (change: Change) => api.webhookSubscriptions.update(change),
    onSuccess: refresh,
  });
}

export function useEndWebhook() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (id: string) => api.webhookSubscriptions.destroy({ id }),
    onSuccess: () => void refresh(),
  });
}

export function useRotateSecret() {
  return useMutation({
    mutationFn: async (id: string) =>
      (await api.webhookSubscriptions.rotateSecret({ id })).webhook_subscription,
  });
}

export function useTestWebhook() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (id: string) => api.webhookSubscriptions.test({ id }),
    onSuccess: refresh,
  });
}

export function useReplay() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (wish: { id: string; since: string }) => api.webhookSubscriptions.replay(wish),
    onSuccess: refresh,
  });
}

function useRefresh() {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: webhooksQuery.queryKey }),
      queries.invalidateQueries({ queryKey: ["history"] }),
    ]);
}
