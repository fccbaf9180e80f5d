import { LINKEDIN_TYPES } from "../../../domain/work/linkedin-limits.ts";
import { stored } from "../../../kernel/moments.ts";
import type { TeamRow } from "./store.ts";

export function presentTeam(team: TeamRow) {
  return {
    id: team.id,
    name: team.name,
    time_zone: team.timeZone,
    created_at: stored(team.createdAt),
    opt_out_html_template: team.optOutTemplate,
    max_emails_per_recipient_domain_per_day: team.domainDailyLimit,
    touch_limits: team.touchLimits.map(({ scope, counts, most, days }) => ({ scope, counts, most, days })),
    recipient_limits: team.recipientLimits.map(({ to, provider, most, per }) => ({
      to,
      provider,
      most,
      per,
    })),
    linkedin_tasks_per_day: Object.fromEntries(
      LINKEDIN_TYPES.map((type) => [type, team.linkedinLimits[type] ?? null]),
    ) as Record<(typeof LINKEDIN_TYPES)[number], number | null>,
    holiday_calendar: team.holidayCalendar,
    only_owners_add_contacts: team.onlyOwnersAddContacts,
    assume_delivered_after_hours: team.assumeDeliveredAfterHours,
    should_include_unsubscribe_link: team.includesOptOut,
    hold_after_answer: team.holdsAnswers,
    answer_hold_days: team.answerHoldDays,
  };
}
