import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../session.ts";

export type Storage = Awaited<ReturnType<typeof api.installation.storage>>["storage"];
export type KindSize = Storage["kinds"][number];
export type Backups = Awaited<ReturnType<typeof api.installation.backups>>["backups"];
export type Failover = Awaited<
  ReturnType<typeof api.installation.show>
>["installation"]["sending"]["failover"];
export type BackupRun = Backups["runs"][number];

export const installationQuery = queryOptions({
  queryKey: ["installation"],
  queryFn: async () => (await api.installation.show()).installation,
});

export const checksQuery = queryOptions({
  queryKey: ["installation", "checks"],
  queryFn: async () => (await api.installation.checks()).checks,
  refetchInterval: 60_000,
});

export const storageQuery = queryOptions({
  queryKey: ["installation", "storage"],
  queryFn: async () => (await api.installation.storage()).storage,
});

const WHILE_RUNNING_MS = 2_000;

/** A backup is made, or its copy. */
function isWorking({
  running,
  copied_to: bucket,
  copy_trouble: trouble,
  last_good: good,
  last_copied: copied,
}: Backups) {
  return running || (bucket !== null && trouble === null && good?.file !== copied?.file);
}

export const backupsQuery = queryOptions({
  queryKey: ["installation", "backups"],
  queryFn: async () => (await api.installation.backups()).backups,
  refetchInterval: ({ state }) => (state.data && isWorking(state.data) ? WHILE_RUNNING_MS : false),
});

export function useBackUp() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.installation.backUp(),
    onSuccess: ({ backups }) => queries.setQueryData(backupsQuery.queryKey, backups),
  });
}
