import { queryOptions } from "@tanstack/react-query";
import { api } from "../../session.ts";

export type Team = Awaited<ReturnType<typeof api.teams.current>>["team"];

export const teamQuery = queryOptions({
  queryKey: ["team"],
  queryFn: async () => (await api.teams.current()).team,
});
