import { stored } from "../../moments.ts";
import type { TeamRow } from "./store.ts";

export function presentTeam(team: TeamRow) {
  return { id: team.id, name: team.name, time_zone: team.timeZone, created_at: stored(team.createdAt) };
}
