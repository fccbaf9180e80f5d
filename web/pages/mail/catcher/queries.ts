import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../session.ts";

export type Caught = Awaited<ReturnType<typeof api.catcher.list>>["messages"][number];
type CatcherReplyInput = Parameters<typeof api.catcher.reply>[0];

const AT_ONCE = 100;

export function useCaught(to: string | undefined) {
  return useQuery({
    queryKey: ["caught", to ?? null],
    queryFn: async () => (await api.catcher.list({ limit: AT_ONCE, ...(to && { to }) })).messages,
    refetchInterval: 5_000,
    retry: false,
  });
}

/** What follows from an answer comes by itself a moment later. */
export function useAnswer() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (answer: CatcherReplyInput) => api.catcher.reply(answer),
    onSuccess: refresh,
  });
}

export function useEmptyCatcher() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: () => api.catcher.empty(), onSuccess: refresh });
}

function useRefresh() {
  const queries = useQueryClient();
  return () =>
    void Promise.all(
      ["caught", "inbox", "waiting", "today"].map((noun) => queries.invalidateQueries({ queryKey: [noun] })),
    );
}
