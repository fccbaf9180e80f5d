// What an example of a user has of Apollo's settings: nothing is set.

import { NO_SETTINGS } from "../apollo/user-settings.ts";

const each = (names: readonly string[], value: unknown) =>
  Object.fromEntries(names.map((name) => [name, value]));

export function settingsOf({ id, team_id }: { id: string; team_id: string }) {
  return {
    ...each(NO_SETTINGS.empty, null),
    ...each(NO_SETTINGS.off, false),
    ...each(NO_SETTINGS.none, []),
    current_email_verified: true,
    fields_fully_loaded: true,
    typed_custom_fields: {},
    enable_one_click_unsubscribe: true,
    apollo_everywhere_search_count: 0,
    assistant_setting: {
      _id: id,
      id,
      key: id,
      team_id,
      user_id: id,
      ...each(NOTHING, null),
      ...each(NONE, []),
      ...each(SIGNALS, {}),
      ...each(OFF, false),
    },
  };
}

const NOTHING = [
  "deal_size_metric",
  "latest_funding_days",
  "max_num_active_accounts",
  "max_people_in_sequence_per_account",
  "num_inactive_days_to_re_engage",
];
const NONE = [
  "inactive_account_stage_ids",
  "inactive_contact_stage_ids",
  "job_posting_locations",
  "job_posting_titles",
  "persona_ids",
  "success_case_account_stage_ids",
  "technology_uids",
  "territory_company_size_ranges",
  "territory_locations",
  "territory_person_locations",
];
const SIGNALS = ["insight_deal_size_signals", "insight_sale_cycle_signals", "insight_win_rate_signals"];
const OFF = [
  "is_persona_recommendation_requested",
  "should_show_persona_banner",
  "territory_location_override",
];
