import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../session.ts";
import { readCalls } from "./calls.ts";

type Cycle = Awaited<ReturnType<typeof api.usageStats.creditUsage>>["current_credit_cycle"];
export type Allowance = Awaited<ReturnType<typeof api.credits.allowances>>["allowances"][number];
export type AllowanceKind = Allowance["kind"];
export type Spending = Awaited<ReturnType<typeof api.credits.usage>>["usage"][number];
type AllowanceWish = Parameters<typeof api.credits.allow>[0];

export const cycleQuery = queryOptions({
  queryKey: ["usage", "cycle"],
  queryFn: async (): Promise<Cycle> => (await api.usageStats.creditUsage()).current_credit_cycle,
});

export const allowancesQuery = queryOptions({
  queryKey: ["usage", "allowances"],
  queryFn: async () => (await api.credits.allowances()).allowances,
});

export const spendingQuery = queryOptions({
  queryKey: ["usage", "spending"],
  queryFn: async () => (await api.credits.usage()).usage,
});

export const callsQuery = queryOptions({
  queryKey: ["usage", "calls"],
  queryFn: async () => readCalls(await api.usageStats.apiUsage()),
  refetchInterval: 30_000,
});

export function useAllow() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: AllowanceWish) => api.credits.allow(wish),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["usage"] }),
  });
}
