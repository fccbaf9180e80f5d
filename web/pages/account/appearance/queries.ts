import { isLanguage } from "@cadenza/contract/languages";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { languageCode } from "../../../language/t.ts";
import { api } from "../../../session.ts";
import { beginPush, endPush, readPushHere } from "../../../worker/push.ts";

type Answer = Awaited<ReturnType<typeof api.pushSubscriptions.list>>;
export type Device = Answer["push_subscriptions"][number];
type Wishes = Partial<Pick<Device, "wants_replies" | "wants_tasks" | "wants_mentions" | "shows_names">>;

const devicesQuery = queryOptions({
  queryKey: ["push-subscriptions"],
  queryFn: () => api.pushSubscriptions.list(),
});

/** Asked of the browser, whose settings the user may change at any time. */
const hereQuery = queryOptions({
  queryKey: ["push-here"],
  queryFn: readPushHere,
  refetchOnWindowFocus: "always",
});

export function useDevices() {
  return useQuery(devicesQuery);
}

export function usePushHere() {
  return useQuery(hereQuery);
}

export function useTurnOn() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: async (publicKey: string) => {
      const code = languageCode();
      const language = isLanguage(code) ? code : "en";
      const subscription = await beginPush(publicKey);
      return api.pushSubscriptions.create({ ...subscription, language });
    },
    onSettled: refresh,
  });
}

export function useRemoveDevice(here: string | null) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: async ({ id, endpoint }: Device) => {
      await api.pushSubscriptions.delete({ id });
      if (endpoint === here) await endPush();
    },
    onSettled: refresh,
  });
}

export function useChangeDevice() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (change: Wishes & { id: string }) => api.pushSubscriptions.update(change),
    onSettled: refresh,
  });
}

export function useTestDevice() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: async (id: string) => (await api.pushSubscriptions.test({ id })).outcome,
    onSettled: refresh,
  });
}

function useRefresh() {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      [devicesQuery.queryKey, hereQuery.queryKey].map((queryKey) => queries.invalidateQueries({ queryKey })),
    );
}
