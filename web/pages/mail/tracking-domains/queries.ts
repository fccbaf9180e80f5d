import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../session.ts";

export type TrackingDomain = Awaited<ReturnType<typeof api.trackingDomains.list>>["tracking_domains"][number];

export const trackingDomainsQuery = queryOptions({
  queryKey: ["tracking-domains"],
  queryFn: async () => (await api.trackingDomains.list()).tracking_domains,
});

export function useTrackingDomains() {
  return useQuery(trackingDomainsQuery);
}

export function useTrackingDomainChanges() {
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: ["tracking-domains"] });
  return {
    add: useMutation({
      mutationFn: async (domain: string) => {
        const { tracking_domain } = await api.trackingDomains.create({ domain });
        return (await api.trackingDomains.check({ id: tracking_domain.id })).tracking_domain;
      },
      onSettled: onSuccess, // where only the check failed, it is there all the same
    }),
    check: useMutation({
      mutationFn: async (id: string) => (await api.trackingDomains.check({ id })).tracking_domain,
      onSuccess,
    }),
    setDefault: useMutation({
      mutationFn: (wish: { id: string; default: boolean }) => api.trackingDomains.update(wish),
      onSuccess,
    }),
    remove: useMutation({
      mutationFn: (id: string) => api.trackingDomains.destroy({ id }),
      onSuccess: () =>
        void Promise.all([onSuccess(), queries.invalidateQueries({ queryKey: ["mailboxes"] })]),
    }),
  };
}
