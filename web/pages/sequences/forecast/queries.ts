import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../session.ts";

export type Forecast = Awaited<ReturnType<typeof api.forecasts.create>>["forecast"];
export type ForecastWithActual = Forecast & { actual?: Forecast["by_mailbox_hour"] };
export type ForecastInput = Parameters<typeof api.forecasts.create>[0];

const KEY = "forecasts";

/** One's own, the newest first. */
export const forecastsQuery = queryOptions({
  queryKey: [KEY, "list"],
  queryFn: async () => (await api.forecasts.list({ per_page: 10 })).forecasts,
});

/** One that was made, with what has gone out since. */
export const forecastQuery = (id: string) =>
  queryOptions({
    queryKey: [KEY, id],
    queryFn: async (): Promise<ForecastWithActual> => (await api.forecasts.show({ id })).forecast,
  });

export function useForesee() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (wish: ForecastInput): Promise<ForecastWithActual> =>
      (await api.forecasts.create(wish)).forecast,
    onSuccess: (made) => {
      queries.setQueryData([KEY, made.id], made);
      return queries.invalidateQueries({ queryKey: forecastsQuery.queryKey });
    },
  });
}
