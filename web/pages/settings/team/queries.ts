import { queryOptions } from "@tanstack/react-query";
import { api } from "../../../session.ts";

export type Team = Awaited<ReturnType<typeof api.teams.current>>["team"];

export const teamQuery = queryOptions({
  queryKey: ["team"],
  queryFn: async () => (await api.teams.current()).team,
});

export type Holiday = Awaited<ReturnType<typeof api.holidays.list>>["holidays"][number];

/** The team's own days off. */
export const holidaysQuery = queryOptions({
  queryKey: ["holidays"],
  queryFn: async () => (await api.holidays.list()).holidays,
});

/** Countries and regions with public holidays. */
export const calendarsQuery = queryOptions({
  queryKey: ["holiday calendars"],
  queryFn: async () => (await api.holidays.calendars()).holiday_calendars,
  staleTime: Number.POSITIVE_INFINITY,
});

type Brakes = Awaited<ReturnType<typeof api.brakes.list>>;
export type Brake = Brakes["brakes"][number];
export type BrakeRule = Brakes["rules"][number];
export type Simulation = Awaited<ReturnType<typeof api.brakes.simulate>>;

/** Those that are on, and the rules that set them. */
export const brakesQuery = queryOptions({
  queryKey: ["brakes"],
  queryFn: async () => await api.brakes.list(),
});

/** What tells of brakes: this list, and the notice on every page. */
export const TOLD = [brakesQuery.queryKey, ["waiting"]] as const;
