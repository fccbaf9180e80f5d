import { queryOptions } from "@tanstack/react-query";
import { api } from "../../session.ts";
import { readCalls } from "./calls.ts";

export type Credits = Awaited<ReturnType<typeof api.usageStats.creditUsage>>;

export const creditsQuery = queryOptions({
  queryKey: ["usage", "credits"],
  queryFn: () => api.usageStats.creditUsage(),
});

export const callsQuery = queryOptions({
  queryKey: ["usage", "calls"],
  queryFn: async () => readCalls(await api.usageStats.apiUsage()),
  refetchInterval: 30_000,
});
