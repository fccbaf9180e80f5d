import { stored } from "../../moments.ts";
import type { TeamRow } from "./store.ts";

export function presentTeam(team: TeamRow) {
  return {
    id: team.id,
    name: team.name,
    time_zone: team.timeZone,
    created_at: stored(team.createdAt),
    opt_out_html_template: team.optOutTemplate,
    should_include_unsubscribe_link: team.includesOptOut,
  };
}
