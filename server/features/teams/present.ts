import { stored } from "../../moments.ts";
import type { TeamRow } from "./store.ts";

export function presentTeam(team: TeamRow) {
  return {
    id: team.id,
    name: team.name,
    time_zone: team.timeZone,
    created_at: stored(team.createdAt),
    opt_out_html_template: team.optOutTemplate,
    max_emails_per_recipient_domain_per_day: team.domainDailyLimit,
    should_include_unsubscribe_link: team.includesOptOut,
  };
}
