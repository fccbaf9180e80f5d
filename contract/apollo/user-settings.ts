// What Apollo prints beside a user of its own web app: settings of areas that Cadenza does not have. Each key is there, so that
// a client never meets a missing one, and says that nothing is set.

import { z } from "zod";
import * as fields from "../fields.ts";

const nothing = z.null();
const off = z.literal(false);
const none = z.array(z.never());

export const assistantSetting = z.strictObject({
  _id: fields.id,
  id: fields.id,
  key: fields.id,
  team_id: fields.id,
  user_id: fields.id,
  deal_size_metric: nothing,
  inactive_account_stage_ids: none,
  inactive_contact_stage_ids: none,
  insight_deal_size_signals: z.strictObject({}),
  insight_sale_cycle_signals: z.strictObject({}),
  insight_win_rate_signals: z.strictObject({}),
  is_persona_recommendation_requested: off,
  job_posting_locations: none,
  job_posting_titles: none,
  latest_funding_days: nothing,
  max_num_active_accounts: nothing,
  max_people_in_sequence_per_account: nothing,
  num_inactive_days_to_re_engage: nothing,
  persona_ids: none,
  should_show_persona_banner: off,
  success_case_account_stage_ids: none,
  technology_uids: none,
  territory_company_size_ranges: none,
  territory_location_override: off,
  territory_locations: none,
  territory_person_locations: none,
});

const EMPTY = [
  "credit_limit",
  "direct_dial_credit_limit",
  "export_credit_limit",
  "ai_credit_limit",
  "salesforce_account",
  "referral_code",
  "salesforce_id",
  "default_cockpit_layout",
  "default_account_overview_layout_id",
  "default_contact_overview_layout_id",
  "default_person_overview_layout_id",
  "default_organization_overview_layout_id",
  "default_opportunity_overview_layout_id",
  "default_home_overview_layout_id",
  "bridge_phone_number",
  "bridge_incoming_phone_number",
  "salesforce_instance_url",
  "sync_salesforce_id",
  "sync_crm_id",
  "zp_contact_id",
  "zp_is_super_analytics_user",
  "notification_last_created_at",
  "notification_last_read_at",
  "crm_requested_to_integrate",
  "request_email_change_to",
  "self_identified_persona",
  "crm_email",
  "linked_crm_name",
  "chrome_extension_everywhere_icon_horizontal_position",
  "chrome_extension_everywhere_icon_vertical_position_in_vh",
  "has_invited_user",
  "has_used_enrichment",
  "has_uploaded_csv",
  "enable_click_tracking",
  "enable_open_tracking",
] as const;

const OFF = [
  "password_needs_reset",
  "bridge_calls",
  "bridge_incoming_calls",
  "record_calls",
  "default_use_local_numbers",
  "disable_email_linking",
  "chrome_extension_downloaded",
  "email_oauth_signin_only",
  "has_hidden_onboarding",
  "daily_data_request_email",
  "data_request_emails",
  "daily_task_email",
  "free_data_credits_email",
  "dismiss_new_team_suggestion",
  "territory_is_active",
  "conversation_is_private",
  "show_deals_detail_page_updates_modal",
  "connected_to_slack",
  "linked_salesforce",
  "linked_zoom_conference_account",
  "linked_bot_conference_account",
  "has_conference_account",
  "linked_hubspot",
  "linked_salesloft",
  "default_chrome_extension_log_email_send_to_salesforce",
  "default_chrome_extension_log_email_send_to_hubspot",
  "chrome_extension_auto_match_salesforce_opportunity",
  "chrome_extension_gmail_enable_email_tools",
  "enable_desktop_notifications",
  "enable_gmail_desktop_notifications",
  "default_chrome_extension_enable_reminders",
  "chrome_extension_gmail_enable_crm_sidebar",
  "show_chrome_extension_buying_intent_promo",
] as const;

const NONE = [
  "triggered_referral_campaigns",
  "prospect_territory_ids",
  "toggled_on_territory_ids",
  "linked_bot_conference_account_platforms",
  "chrome_extension_enabled_features",
  "chrome_extension_exclude_from_websites",
] as const;

export const NO_SETTINGS = { empty: EMPTY, off: OFF, none: NONE } as const;

const all = <Name extends string, Kind extends z.ZodType>(names: readonly Name[], kind: Kind) =>
  Object.fromEntries(names.map((name) => [name, kind])) as Record<Name, Kind>;

export const userSettings = {
  ...all(EMPTY, nothing),
  ...all(OFF, off),
  ...all(NONE, none),
  current_email_verified: z.boolean(),
  assistant_setting: assistantSetting,
  fields_fully_loaded: z.literal(true),
  typed_custom_fields: z.strictObject({}),
  enable_one_click_unsubscribe: z.literal(true),
  apollo_everywhere_search_count: z.literal(0),
};
