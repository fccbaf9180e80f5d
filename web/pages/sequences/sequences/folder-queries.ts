import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useReadShown } from "../../../parts/read-first.ts";
import { api } from "../../../session.ts";
import { useRefreshSequences } from "./queries.ts";

export type Folder = Awaited<ReturnType<typeof api.folders.list>>["folders"][number];

const foldersQuery = queryOptions({
  queryKey: ["folders", "sequences"],
  queryFn: async () => (await api.folders.list({ kind: "sequences" })).folders,
});

export function useFolders() {
  return useQuery(foldersQuery);
}

/** `shown`: the folder as it was when the change began. */
type FolderChange = { shown: Folder; name?: string; parent_id?: string | null };

export function useFolderWrites() {
  const readShown = useReadShown();
  const refresh = useRefreshSequences();
  const client = useQueryClient();
  const done = {
    onSuccess: () => Promise.all([refresh(), client.invalidateQueries({ queryKey: ["folders"] })]),
  };
  return {
    make: useMutation({
      mutationFn: (wish: { name: string; parent_id: string | null }) =>
        api.folders.create({ kind: "sequences", ...wish }),
      ...done,
    }),
    change: useMutation({
      mutationFn: ({ shown, ...change }: FolderChange) =>
        readShown(foldersQuery, { shown, told: ({ name, parent_id }) => [name, parent_id] }, (given) =>
          api.folders.update({ id: shown.id, ...change }, given),
        ),
      ...done,
    }),
    remove: useMutation({ mutationFn: (id: string) => api.folders.remove({ id }), ...done }),
  };
}

export type Shelf = Folder & { depth: number; path: string };

/** Each below what it lies in, with how deep that is; `path` names it among others of its name. */
export function shelved(folders: readonly Folder[]): Shelf[] {
  const inside = Map.groupBy(folders, ({ parent_id }) => parent_id);
  const under = (parent: string | null, depth: number, before: string): Shelf[] =>
    (inside.get(parent) ?? []).flatMap((folder) => {
      const path = before ? `${before} / ${folder.name}` : folder.name;
      return [{ ...folder, depth, path }, ...under(folder.id, depth + 1, path)];
    });
  return under(null, 0, "");
}

/** Whatever a folder must not be moved into: itself, and all that lies in it. */
export function within(folders: readonly Folder[], id: string): Set<string> {
  const inside = folders.filter(({ parent_id }) => parent_id === id);
  return new Set([id, ...inside.flatMap((folder) => [...within(folders, folder.id)])]);
}
