// A user as a search shows it: with every key that Apollo prints.

import { NO_SETTINGS } from "@cadenza/contract";
import { presentUser } from "./present.ts";
import type { UserRow } from "./store.ts";

const NONE: never[] = [];

export function presentFoundUser(user: UserRow) {
  return {
    ...presentUser(user),
    ...all(NO_SETTINGS.empty, null),
    ...all(NO_SETTINGS.off, false as const),
    ...all(NO_SETTINGS.none, NONE),
    // Who accepted an invitation has read the mail in which it came.
    current_email_verified: user.hasPassword,
    assistant_setting: assistantOf(user),
    fields_fully_loaded: true as const,
    typed_custom_fields: {},
    enable_one_click_unsubscribe: true as const,
    apollo_everywhere_search_count: 0 as const,
  };
}

function assistantOf({ id, teamId }: UserRow) {
  return {
    _id: id,
    id,
    key: id,
    team_id: teamId,
    user_id: id,
    deal_size_metric: null,
    inactive_account_stage_ids: [],
    inactive_contact_stage_ids: [],
    insight_deal_size_signals: {},
    insight_sale_cycle_signals: {},
    insight_win_rate_signals: {},
    is_persona_recommendation_requested: false as const,
    job_posting_locations: [],
    job_posting_titles: [],
    latest_funding_days: null,
    max_num_active_accounts: null,
    max_people_in_sequence_per_account: null,
    num_inactive_days_to_re_engage: null,
    persona_ids: [],
    should_show_persona_banner: false as const,
    success_case_account_stage_ids: [],
    technology_uids: [],
    territory_company_size_ranges: [],
    territory_location_override: false as const,
    territory_locations: [],
    territory_person_locations: [],
  };
}

function all<Name extends string, Value>(names: readonly Name[], value: Value) {
  return Object.fromEntries(names.map((name) => [name, value])) as Record<Name, Value>;
}
