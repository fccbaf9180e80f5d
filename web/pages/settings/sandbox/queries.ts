import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../session.ts";

export type Prospect = Awaited<ReturnType<typeof api.sandbox.prospects>>["prospects"][number];
export type Fault = Awaited<ReturnType<typeof api.sandbox.faults>>["faults"][number];
export type Profile = Awaited<ReturnType<typeof api.sandbox.profile>>;
export type Snapshot = Awaited<ReturnType<typeof api.sandbox.snapshots>>["snapshots"][number];
type ProspectsWish = Parameters<typeof api.sandbox.setProspects>[0];

export const prospectsQuery = queryOptions({
  queryKey: ["sandbox-prospects"],
  queryFn: async () => (await api.sandbox.prospects()).prospects,
});

export const faultsQuery = queryOptions({
  queryKey: ["sandbox-faults"],
  queryFn: async () => (await api.sandbox.faults()).faults,
});

export const profileQuery = queryOptions({
  queryKey: ["sandbox-profile"],
  queryFn: () => api.sandbox.profile(),
});

export const snapshotsQuery = queryOptions({
  queryKey: ["sandbox-snapshots"],
  queryFn: async () => (await api.sandbox.snapshots()).snapshots,
});

export function useSetProspects() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: ProspectsWish) => api.sandbox.setProspects(wish),
    onSuccess: ({ prospects }) => queries.setQueryData(prospectsQuery.queryKey, prospects),
  });
}

export function useSetFaults() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (faults: Fault[]) => api.sandbox.setFaults({ faults }),
    onSuccess: ({ faults }) => queries.setQueryData(faultsQuery.queryKey, faults),
  });
}

export function useSetProfile() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (profile: Profile) => api.sandbox.setProfile(profile),
    onSuccess: (profile) => queries.setQueryData(profileQuery.queryKey, profile),
  });
}
