// Why a published field is empty in every answer, by name: the field stands there, and Cadenza never has anything to say in it,
// or had nothing in this run. A field that is in no list here, and is empty, is a gap.

type Reason = { says: string; fields: readonly string[] };

const words = (text: string) => text.trim().split(/\s+/);

const FIELD_REASONS: readonly Reason[] = [
  {
    says: "Cadenza is connected to no CRM; what a program writes into such a field is kept where the call takes it.",
    fields:
      words(`crm_record_url crm_id opportunity_crm_id last_sync crm_owner_id salesforce_id salesforce_owner_id salesforce_type salesforce_users
      hubspot_id merged_crm_ids mapped_crm_field additional_mapped_crm_field is_readonly_mapped_crm_field crm_notes
      picklist_options_last_synced_at picklist_value_set_id custom_field_errors crm_role_id`),
  },
  {
    says: "Apollo's rules and plays are an area of its web app; Cadenza's workflows keep a record of their own.",
    fields: words(`account_rule_config_statuses contact_rule_config_statuses opportunity_rule_config_statuses
      suggested_from_rule_engine_config_id rule_config_id rule_config_template_id account_playbook_statuses playbook_id
      playbook_step_ids needs_playbook_autoprospecting persona_ids account_queues project_workspace_id`),
  },
  {
    says: "Cadenza has no dialer and buys no phone data, so nothing is known of a number beyond the number.",
    fields: words(`direct_dial_status direct_dial_enrichment_failed_at dialer_flags dnc_status dnc_other_info
      account_phone_note`),
  },
  {
    says: "It is known only for addresses that Apollo's database has guessed or bought.",
    fields:
      words(`extrapolated_email_confidence email_source email_status_unavailable_reason email_needs_tickling
      num_contacts_email_status_extrapolated`),
  },
  {
    says: "Apollo fills it in its web app from data that it buys; Cadenza has no such data.",
    fields: words("intent_signal_account linkedin_uid contact_roles next_contact_id context"),
  },
  {
    says: "A deal of Cadenza has no such field: Apollo documents none of them as a parameter.",
    fields:
      words(`initial_opportunity_stage_id next_step next_step_date next_step_last_updated_at closed_lost_reason closed_won_reason
      current_solutions deal_source probability manually_updated_probability manually_updated_forecast`),
  },
  {
    says: "Cadenza's search of tasks counts types and stages; Apollo's reference shows these lists without values too.",
    fields:
      words(`added_technology_uids_facets contact_stage_facets currently_not_using_any_of_technology_uids_facets
      currently_using_all_of_technology_uids_facets currently_using_any_of_technology_uids_facets
      dropped_technology_uids_facets forecast_category_facets intent_topic_count_facets latest_funding_stage_facets
      linkedin_industry_facets normalized_person_title_facets num_employees_facets organization_hq_city_facets
      organization_hq_country_facets organization_hq_state_facets organization_ids_facets
      organization_ids_in_query_facets organization_intent_scoring_facets organization_keywords_facets
      organization_trading_status_facets person_city_facets person_country_facets person_function_facets
      person_persona_facets person_seniority_facets person_state_facets playbook_step_facets revenues_facets`),
  },
  {
    says: "It names a mail service, or a way of connecting to it, that Apollo uses and Cadenza does not.",
    fields: words(`nylas_provider nylas_api_version sendgrid_api_user sendgrid_api_key_v3 mailgun_domains
      is_opted_in_mailwarming provider_thread_id`),
  },
  {
    says: "It belongs to Apollo's writing assistant, which Cadenza does not have.",
    fields: words(
      "ai_variables_status personalized_opener recommendation_reasons relevant_fields relevant_field_values",
    ),
  },
  {
    says: "Apollo documents it only as null, or as an empty list or object.",
    fields:
      words(`num_fetch_result batch_size signals_hash derived_params concurrency_locks prioritized_by_user
      needs_count_update_at picklist_options finder_view_ids goals`),
  },
  {
    says: "Apollo draws it from data that it buys, and its examples have null or nothing in it.",
    fields: words(`employment_history[].created_at employment_history[].updated_at employment_history[].degree
      employment_history[].description employment_history[].emails employment_history[].grade_level
      employment_history[].kind employment_history[].major employment_history[].raw_address org_chart_root_people_ids
      org_chart_sector unprocessed_attributes`),
  },
  {
    says: "Apollo prints null for records made by an API key, and Cadenza does too.",
    fields: words("account.creator_id accounts[].creator_id"),
  },
  {
    says: "Adding counts nothing: that would take longer than adding. The search of sequences has the counts.",
    fields:
      words(`emailer_campaign.unique_delivered emailer_campaign.unique_bounced emailer_campaign.unique_opened
      emailer_campaign.unique_replied emailer_campaign.bounce_rate emailer_campaign.open_rate emailer_campaign.reply_rate
      emailer_steps[].counts.active emailer_steps[].counts.paused emailer_steps[].counts.finished
      emailer_steps[].counts.bounced emailer_touches[].unique_delivered emailer_touches[].unique_bounced
      emailer_touches[].unique_opened emailer_touches[].unique_replied emailer_touches[].bounce_rate
      emailer_touches[].open_rate emailer_touches[].reply_rate emailer_touches[].template_type`),
  },
  {
    says: "Cadenza counts what came of a mailbox's emails and gives no marks for it.",
    fields:
      words(`click_rate_score daily_email_sent_score deliverability_score.deliverability_score domain_health_score
      email_account_domain_age_score hard_bounce_score open_rate_score random reply_rate_score spam_block_score
      unsubscribe_rate_score`),
  },
  {
    says: "Apollo's two ways of warming up a mailbox are its own; a mailbox of Cadenza has a ramp instead, and this one has none.",
    fields:
      words(`mailwarming_max mailwarming_to_send_daily mailwarming_to_send_incrementor mailwarming_status
      mailwarming_eta mailwarming_subject_token mailwarming_score mailwarming_score_banner mailwarming_on_weekdays_only
      true_warmup_daily_limit true_warmup_progress true_warmup_status true_warmup_approximate_end_date
      true_warmup_last_throttled_at true_warmup_thresholds.open_rate true_warmup_thresholds.reply_rate
      true_warmup_thresholds.bounce_rate true_warmup_thresholds.spam_block_rate`),
  },
  {
    says: "It is a setting of Apollo's web app or of its browser extension, which Cadenza does not have.",
    fields: words(`salesforce_account referral_code default_cockpit_layout default_account_overview_layout_id
      default_contact_overview_layout_id default_person_overview_layout_id default_organization_overview_layout_id
      default_opportunity_overview_layout_id default_home_overview_layout_id bridge_phone_number
      bridge_incoming_phone_number salesforce_instance_url sync_salesforce_id sync_crm_id zp_contact_id
      zp_is_super_analytics_user notification_last_created_at notification_last_read_at crm_requested_to_integrate
      request_email_change_to self_identified_persona crm_email linked_crm_name triggered_referral_campaigns
      prospect_territory_ids toggled_on_territory_ids linked_bot_conference_account_platforms
      chrome_extension_enabled_features chrome_extension_exclude_from_websites
      chrome_extension_everywhere_icon_horizontal_position chrome_extension_everywhere_icon_vertical_position_in_vh
      assistant_setting.deal_size_metric assistant_setting.inactive_account_stage_ids
      assistant_setting.inactive_contact_stage_ids assistant_setting.insight_deal_size_signals
      assistant_setting.insight_sale_cycle_signals assistant_setting.insight_win_rate_signals
      assistant_setting.job_posting_locations assistant_setting.job_posting_titles assistant_setting.latest_funding_days
      assistant_setting.max_num_active_accounts assistant_setting.max_people_in_sequence_per_account
      assistant_setting.num_inactive_days_to_re_engage assistant_setting.persona_ids
      assistant_setting.success_case_account_stage_ids assistant_setting.technology_uids
      assistant_setting.territory_company_size_ranges assistant_setting.territory_locations
      assistant_setting.territory_person_locations field_groups picklist_value_sets finder_views`),
  },
  {
    says: "Cadenza sets it for the team or for a mailbox, not for a user.",
    fields:
      words(`credit_limit direct_dial_credit_limit export_credit_limit ai_credit_limit enable_click_tracking
      enable_open_tracking users[].typed_custom_fields users[].has_invited_user users[].has_used_enrichment
      users[].has_uploaded_csv users[].opt_out_html_template users[].should_include_unsubscribe_link`),
  },
  {
    says: "It is filled when that happens, and nothing of the run makes it happen.",
    fields:
      words(`last_activity_date email_unsubscribed actual_close_date inactive_reason finished_at paused_at
      auto_unpause_at manually_set_unpause failure_reason failed_at completed_at skipped_at answered not_sent_reason
      schedule_delayed_reason schedule_delayed_limit_reason schedule_delayed_reason_details bounce spam_blocked replied
      reply_class demoed due_at due_at_source tracking_disabled_reason provider_message_id completed_by_user_id revoked_at
      last_synced_at last_used_at error_code error_message incompatible_filters in_response_to_emailer_message_id
      task.phone_call`),
  },
  {
    says: "A task or draft that a call makes belongs to no step of a sequence.",
    fields: words(`task.emailer_campaign_id tasks[].emailer_campaign_id task.subject tasks[].subject
      emailer_message.emailer_campaign_id emailer_message.emailer_step_id emailer_message.emailer_touch_id
      emailer_message.conversation_id emailer_message.sensitive_info_redacted faceting.linkedin_task`),
  },
  {
    says: "A mailbox sends for its user, and a copy may go to an address that is no user and no contact.",
    fields: words(`send_from.contact_id send_from.user_id send_from.recipient_type_cd recipients[].user_id`),
  },
  {
    says: "It is a choice of the team, and this team has not made it.",
    fields:
      words(`starred_by_user_ids sharing_permission.access_type sequence_by_exact_daytime ab_test_step_ids
      contact_email_event_to_stage_mapping same_account_reply_policy_cd opportunity_stages[].description book_of_business
      system_name attachments call_script emailer_steps[].priority has_personalized_opener contact_campaign_statuses[].cc_emails contact_campaign_statuses[].bcc_emails
      contact_campaign_statuses[].to_emails contact_campaign_statuses[].send_email_from_email_address
      emailer_message.cc_emails emailer_message.bcc_emails emailer_message.attachment_ids aliases`),
  },
  {
    says: "Cadenza keeps no calendars.",
    fields: words("notes[].calendar_event_ids"),
  },
  {
    says: "Cadenza sends no bot into meetings and cuts no clips: the program that recorded one does.",
    fields: words("bot_call_ended_reason playlist_clip_ids"),
  },
  {
    says: "The search names each filter that it has understood, and Apollo documents none for this one.",
    fields: words("breadcrumbs"),
  },
];

const REASONS = FIELD_REASONS.flatMap(({ says, fields }) => fields.map((field) => ({ field, says })));

/** By the field's own name wherever it stands, or by as much of its path as the list has. */
export function reasonFor(path: string) {
  return REASONS.find(({ field }) => path === field || path.endsWith(`.${field}`))?.says;
}

/** Parameters that are taken and change nothing, each with its reason. */
export const PARAMETER_REASONS: Readonly<Record<string, string>> = {};

/** Operations that are not answered. */
export const OPERATION_REASONS: Readonly<Record<string, string>> = {};
