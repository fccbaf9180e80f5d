import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useReadShown } from "../../../parts/read-first.ts";
import { api } from "../../../session.ts";

export type View = Awaited<ReturnType<typeof api.views.list>>["views"][number];
export type ViewSubject = View["subject"];
type ViewWish = Parameters<typeof api.views.create>[0];
type ViewChange = Parameters<typeof api.views.update>[0];

const viewsQuery = (subject: ViewSubject) =>
  queryOptions({
    queryKey: ["views", subject],
    queryFn: async () => (await api.views.list({ subject })).views,
    staleTime: 60_000,
  });

export function useViews(subject: ViewSubject) {
  return useQuery(viewsQuery(subject));
}

function useViewWrite<Wish, Answer>(write: (wish: Wish) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: write,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["views"] }),
  });
}

export const useSaveView = () => useViewWrite((wish: ViewWish) => api.views.create(wish));
/** Writes only if what is changed is still as `shown` has it. */
export function useChangeView(subject: ViewSubject) {
  const readShown = useReadShown();
  return useViewWrite(({ shown, ...change }: ViewChange & { shown: View }) => {
    const told = (view: View) => (Object.keys(change) as (keyof typeof change)[]).map((key) => view[key]);
    return readShown(viewsQuery(subject), { shown, told }, (given) => api.views.update(change, given));
  });
}

/** As undoing does. */
export const useChangeViewBack = () => useViewWrite((change: ViewChange) => api.views.update(change));
export const useDeleteView = () => useViewWrite((id: string) => api.views.delete({ id }));
