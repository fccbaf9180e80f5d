import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { isNotOf } from "../../../parts/gone.ts";
import { api } from "../../../session.ts";

export type List = Awaited<ReturnType<typeof api.labels.list>>[number];
export type ListOf = "contacts" | "accounts";

export const listsQuery = queryOptions({ queryKey: ["lists"], queryFn: () => api.labels.list() });

export function useLists(of?: ListOf) {
  const lists = useQuery(listsQuery);
  const wanted = lists.data?.filter(({ modality }) =>
    of ? modality === of : modality !== "emailer_campaigns",
  );
  return { ...lists, data: wanted };
}

export function useCreateList() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (wish: { name: string; modality: ListOf }) => api.labels.create(wish),
    onSuccess: () => refresh(),
  });
}

export function useRenameList() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (wish: { id: string; name: string }) => api.labels.update(wish),
    onSuccess: () => refresh(),
  });
}

/** Not waited for: the list's page is gone once the lists are asked anew, and its message must be shown before. */
export function useDeleteList() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (id: string) => api.labels.delete({ id }),
    onSuccess: (_, id) => void refresh([id]),
  });
}

function useRefresh() {
  const queries = useQueryClient();
  return (gone: readonly string[] = []) =>
    Promise.all(
      ["lists", "contacts", "companies", "views"].map((noun) =>
        queries.invalidateQueries({ queryKey: [noun], predicate: isNotOf(gone) }),
      ),
    );
}
