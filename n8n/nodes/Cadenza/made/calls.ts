// Made by npm run generate from the contract; not to be changed by hand.
// biome-ignore-all format: one parameter after the other

import type { Pages } from "./pages.ts";

export type Kind = "text" | "id" | "ids" | "list" | "number" | "numbers" | "flag" | "time" | "range" | "json" | "groups" | "oneOrMany";

export type Call = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  /** Changes something: carries a key that makes a second try harmless, and can be tried out. */
  writes?: true;
  /** The parameter with the record that the path is about. */
  target?: string;
  /** Its fields come from a form. */
  form?: true;
  /** Shown at once. */
  asks: readonly string[];
  /** What may be sent, and how it is read. */
  fields: Readonly<Record<string, Kind>>;
  /** What each thing of a list has, where those are groups of fields. */
  groups?: Readonly<Record<string, Readonly<Record<string, Kind>>>>;
  pages?: Pages;
  /** The key under which the answer has its one record. */
  answer?: string;
};

export const calls: Readonly<Record<string, Readonly<Record<string, Call>>>> = {
  account: {
    create: {"method":"POST","path":"/accounts","writes":true,"form":true,"asks":[],"fields":{"name":"text","domain":"text","owner_id":"id","account_stage_id":"id","account_stage_name":"text","raw_address":"text","website_url":"text","linkedin_url":"text","twitter_url":"text","facebook_url":"text","logo_url":"text","industry":"text","estimated_num_employees":"number","annual_revenue":"number","founded_year":"number","organization_id":"text","parent_account_id":"id","phone_status_cd":"text","crm_owner_id":"text","salesforce_id":"text","typed_custom_fields":"json","label_names":"list"},"answer":"account"},
    delete: {"method":"DELETE","path":"/accounts/{id}","writes":true,"target":"accountId","asks":[],"fields":{},"answer":"account"},
    enrich: {"method":"POST","path":"/accounts/{id}/enrich","writes":true,"target":"accountId","asks":[],"fields":{}},
    get: {"method":"GET","path":"/accounts/{id}","target":"accountId","asks":[],"fields":{},"answer":"account"},
    getAll: {"method":"POST","path":"/accounts/search","asks":[],"fields":{"q_organization_name":"text","q_keywords":"text","account_stage_ids":"list","account_label_ids":"ids","account_owner_ids":"ids","account_ids":"ids","q_organization_domains_list":"list","organization_num_employees_ranges":"list","q_industry":"text","display_name":"text","domain":"text","label_names":"list","sort_by_field":"text","group_by":"text","csv_columns":"list","sort_ascending":"flag"},"pages":{"by":"cursor","items":"accounts","most":100}},
    update: {"method":"PATCH","path":"/accounts/{id}","writes":true,"target":"accountId","form":true,"asks":[],"fields":{"name":"text","domain":"text","owner_id":"id","account_stage_id":"id","account_stage_name":"text","raw_address":"text","website_url":"text","linkedin_url":"text","twitter_url":"text","facebook_url":"text","logo_url":"text","industry":"text","estimated_num_employees":"number","annual_revenue":"number","founded_year":"number","organization_id":"text","parent_account_id":"id","phone_status_cd":"text","crm_owner_id":"text","salesforce_id":"text","typed_custom_fields":"json","label_names":"list"},"answer":"account"},
  },
  company: {
    enrich: {"method":"POST","path":"/organizations/enrich","writes":true,"asks":["domain"],"fields":{"domain":"text","linkedin_url":"text","name":"text","website":"text"}},
    get: {"method":"GET","path":"/organizations/{id}","target":"companyId","asks":[],"fields":{},"answer":"organization"},
  },
  contact: {
    create: {"method":"POST","path":"/contacts","writes":true,"form":true,"asks":[],"fields":{"first_name":"text","last_name":"text","name":"text","email":"text","title":"text","headline":"text","organization_name":"text","organization_id":"id","website_url":"text","account_id":"id","contact_stage_id":"id","owner_id":"id","label_names":"list","present_raw_address":"text","direct_phone":"text","corporate_phone":"text","mobile_phone":"text","home_phone":"text","other_phone":"text","typed_custom_fields":"json","linkedin_url":"text","twitter_url":"text","facebook_url":"text","github_url":"text","photo_url":"text","salesforce_id":"text","salesforce_lead_id":"text","salesforce_contact_id":"text","salesforce_account_id":"text","hubspot_vid":"text","hubspot_company_id":"text","crm_id":"text","crm_owner_id":"text","outreach_id":"text","salesloft_id":"text","email_status":"text","email_unsubscribed":"flag","do_not_contact":"flag","paused_until":"time","time_zone":"text","run_dedupe":"flag"},"answer":"contact"},
    delete: {"method":"DELETE","path":"/contacts/{id}","writes":true,"target":"contactId","asks":[],"fields":{},"answer":"contact"},
    enrich: {"method":"POST","path":"/contacts/enrich","writes":true,"asks":["contact_ids"],"fields":{"contact_ids":"ids"}},
    explain: {"method":"GET","path":"/contacts/{id}/explain","target":"contactId","asks":[],"fields":{},"answer":"explain"},
    get: {"method":"GET","path":"/contacts/{id}","target":"contactId","asks":[],"fields":{},"answer":"contact"},
    getAll: {"method":"POST","path":"/contacts/search","asks":[],"fields":{"q_keywords":"text","q_name":"text","display_name":"text","q_organization_name":"text","q_organization_domains":"list","contact_stage_ids":"ids","contact_label_ids":"ids","contact_owner_ids":"ids","account_ids":"ids","contact_ids":"ids","email":"text","linkedin_url":"text","person_linkedin_urls":"list","emailer_campaign_ids":"ids","email_statuses":"list","do_not_contact":"flag","email_unsubscribed":"flag","has_phone_number":"flag","has_linkedin_url":"flag","contact_created_at_range":"range","contact_updated_at_range":"range","contact_last_activity_date_range":"range","q_title":"text","q_location":"text","organization_num_employees_ranges":"list","q_industry":"text","prospect_score_range":"range","sort_by_field":"text","sort_ascending":"flag","group_by":"text","csv_columns":"list"},"pages":{"by":"cursor","items":"contacts","most":100}},
    update: {"method":"PATCH","path":"/contacts/{id}","writes":true,"target":"contactId","form":true,"asks":[],"fields":{"first_name":"text","last_name":"text","name":"text","email":"text","title":"text","headline":"text","organization_name":"text","organization_id":"id","website_url":"text","account_id":"id","contact_stage_id":"id","owner_id":"id","label_names":"list","present_raw_address":"text","direct_phone":"text","corporate_phone":"text","mobile_phone":"text","home_phone":"text","other_phone":"text","typed_custom_fields":"json","linkedin_url":"text","twitter_url":"text","facebook_url":"text","github_url":"text","photo_url":"text","salesforce_id":"text","salesforce_lead_id":"text","salesforce_contact_id":"text","salesforce_account_id":"text","hubspot_vid":"text","hubspot_company_id":"text","crm_id":"text","crm_owner_id":"text","outreach_id":"text","salesloft_id":"text","email_status":"text","email_unsubscribed":"flag","do_not_contact":"flag","paused_until":"time","time_zone":"text"},"answer":"contact"},
    updateStage: {"method":"POST","path":"/contacts/update_stages","writes":true,"asks":["contact_ids","contact_stage_id"],"fields":{"contact_ids":"ids","contact_stage_id":"id"},"answer":"contacts"},
  },
  copilot: {
    approve: {"method":"POST","path":"/copilots/{id}/approve","writes":true,"target":"copilotId","asks":["proposal_ids"],"fields":{"proposal_ids":"ids"},"answer":"proposals"},
    decideOpener: {"method":"POST","path":"/copilots/{id}/proposals/{proposal_id}/opener","writes":true,"target":"copilotId","asks":["proposal_id","decision"],"fields":{"proposal_id":"id","decision":"text","text":"text"},"answer":"proposals"},
    get: {"method":"GET","path":"/copilots/{id}","target":"copilotId","asks":[],"fields":{}},
    getAll: {"method":"GET","path":"/copilots","asks":[],"fields":{},"pages":{"by":"once","items":"copilots","most":0}},
    getProposals: {"method":"GET","path":"/copilots/{id}/proposals","target":"copilotId","asks":[],"fields":{"state":"text"}},
    propose: {"method":"POST","path":"/copilots/{id}/propose","writes":true,"target":"copilotId","asks":[],"fields":{}},
    reject: {"method":"POST","path":"/copilots/{id}/reject","writes":true,"target":"copilotId","asks":["proposal_ids"],"fields":{"proposal_ids":"ids","reason":"text"},"answer":"proposals"},
  },
  deal: {
    create: {"method":"POST","path":"/opportunities","writes":true,"form":true,"asks":[],"fields":{"owner_id":"id","account_id":"id","opportunity_stage_id":"id","opportunity_stage_name":"text","amount":"text","closed_date":"time","typed_custom_fields":"json","currency_code":"text","description":"text","next_step":"text","next_step_date":"time","closed_lost_reason":"text","closed_won_reason":"text","deal_probability":"number","opportunity_contact_roles":"json","name":"text","contact_id":"id"},"answer":"opportunity"},
    delete: {"method":"DELETE","path":"/opportunities/{id}","writes":true,"target":"dealId","asks":[],"fields":{},"answer":"opportunity"},
    get: {"method":"GET","path":"/opportunities/{id}","target":"dealId","asks":[],"fields":{},"answer":"opportunity"},
    getAll: {"method":"POST","path":"/opportunities/search","asks":[],"fields":{"sort_by_field":"text","sort_ascending":"flag","group_by":"text","csv_columns":"list","q_opportunity_name":"text","q_keywords":"text","opportunity_stage_id":"id","opportunity_stage_ids":"ids","account_id":"id","owner_id":"id","owner_ids":"ids","closes_from":"text","closes_until":"text"},"pages":{"by":"page","items":"opportunities","most":100}},
    update: {"method":"PATCH","path":"/opportunities/{id}","writes":true,"target":"dealId","form":true,"asks":[],"fields":{"owner_id":"id","account_id":"id","opportunity_stage_id":"id","opportunity_stage_name":"text","amount":"text","closed_date":"time","typed_custom_fields":"json","currency_code":"text","description":"text","next_step":"text","next_step_date":"time","closed_lost_reason":"text","closed_won_reason":"text","deal_probability":"number","opportunity_contact_roles":"json","name":"text"},"answer":"opportunity"},
  },
  enrollment: {
    explain: {"method":"GET","path":"/contact_campaign_statuses/{id}/explain","target":"enrollmentId","asks":[],"fields":{},"answer":"explain"},
    finish: {"method":"POST","path":"/emailer_campaigns/{id}/finish_contact_ids","writes":true,"target":"sequenceId","asks":["contact_ids"],"fields":{"contact_ids":"ids"}},
    get: {"method":"GET","path":"/contact_campaign_statuses/{id}","target":"enrollmentId","asks":[],"fields":{}},
    getAll: {"method":"POST","path":"/contact_campaign_statuses/search","asks":[],"fields":{"emailer_campaign_ids":"ids","contact_ids":"ids","statuses":"list","reasons":"list","emailer_step_ids":"ids","email_account_ids":"ids","due_before":"time","views":"list","q_keywords":"text","sort_by_field":"text","sort_ascending":"flag","csv_columns":"list"},"pages":{"by":"cursor","items":"contact_campaign_statuses","most":100}},
    move: {"method":"POST","path":"/emailer_campaigns/{id}/move_contact_ids","writes":true,"target":"sequenceId","asks":["contact_ids","send_email_from_email_account_id"],"fields":{"contact_ids":"ids","send_email_from_email_account_id":"id","send_email_from_email_address":"text"}},
    pause: {"method":"POST","path":"/emailer_campaigns/{id}/pause_contact_ids","writes":true,"target":"sequenceId","asks":["contact_ids"],"fields":{"contact_ids":"ids","auto_unpause_at":"time","reason":"text"}},
    remove: {"method":"POST","path":"/emailer_campaigns/{id}/remove_contact_ids","writes":true,"target":"sequenceId","asks":["contact_ids"],"fields":{"contact_ids":"ids"}},
    resume: {"method":"POST","path":"/emailer_campaigns/{id}/resume_contact_ids","writes":true,"target":"sequenceId","asks":["contact_ids"],"fields":{"contact_ids":"ids"}},
  },
  import: {
    create: {"method":"POST","path":"/imports","writes":true,"asks":["kind","text"],"fields":{"kind":"text","mapping":"json","label_names":"list","contact_stage_id":"id","account_stage_id":"id","owner_id":"id","overwrite":"text","create_accounts":"flag","add_to_sequence":"json","source":"text","text":"text","file_name":"text"}},
    get: {"method":"GET","path":"/imports/{id}","target":"importId","asks":[],"fields":{}},
    getAll: {"method":"GET","path":"/imports","asks":[],"fields":{"kind":"text"},"pages":{"by":"page","items":"imports","most":100}},
    getRows: {"method":"GET","path":"/imports/{id}/rows","target":"importId","asks":[],"fields":{"verdict":"text","code":"text","enrollment":"text","after_row":"number"}},
    undo: {"method":"POST","path":"/imports/{id}/undo","writes":true,"target":"importId","asks":[],"fields":{}},
  },
  list: {
    addEntities: {"method":"POST","path":"/labels/add_entity_ids_to_label_names","writes":true,"asks":["modality","label_names","entity_ids"],"fields":{"entity_ids":"ids","label_names":"list","modality":"text"}},
    create: {"method":"POST","path":"/labels","writes":true,"asks":["name","modality"],"fields":{"name":"text","modality":"text"},"answer":"label"},
    delete: {"method":"DELETE","path":"/labels/{id}","writes":true,"target":"listId","asks":[],"fields":{},"answer":"label"},
    getAll: {"method":"GET","path":"/labels","asks":[],"fields":{},"pages":{"by":"once","items":"","most":0}},
    removeEntities: {"method":"POST","path":"/labels/remove_entity_ids_from_label_names","writes":true,"asks":["modality","label_names","entity_ids"],"fields":{"entity_ids":"ids","label_names":"list","modality":"text"}},
  },
  person: {
    get: {"method":"GET","path":"/people/{id}","target":"personId","asks":[],"fields":{},"answer":"person"},
    getAll: {"method":"POST","path":"/mixed_people/api_search","asks":[],"fields":{"organization_ids":"list","q_organization_name":"text","q_organization_domains_list":"list","q_organization_domains":"list","organization_domains":"list","organization_linkedin_url":"text","organization_num_employees_ranges":"list","organization_locations":"list","revenue_range":"range","currently_using_all_of_technology_uids":"list","currently_using_any_of_technology_uids":"list","currently_not_using_any_of_technology_uids":"list","organization_industry_tag_ids":"list","q_organization_keyword_tags":"list","total_funding_range":"range","latest_funding_amount_range":"range","latest_funding_date_range":"range","q_organization_job_titles":"list","organization_job_locations":"list","organization_num_jobs_range":"range","organization_job_posted_at_range":"range","organization_not_locations":"list","q_keywords":"text","person_ids":"ids","linkedin_url":"text","person_linkedin_urls":"list","person_titles":"list","include_similar_titles":"flag","person_not_titles":"list","person_locations":"list","person_seniorities":"list","person_departments":"list","person_department_or_subdepartments":"list","contact_email_status":"list","contact_email_status_v2":"list","prospected_by_current_team":"list"},"pages":{"by":"cursor","items":"people","most":100}},
    match: {"method":"POST","path":"/people/match","writes":true,"asks":[],"fields":{"first_name":"text","last_name":"text","name":"text","email":"text","hashed_email":"text","organization_name":"text","domain":"text","organization_domain":"text","linkedin_url":"text","reveal_personal_emails":"flag","reveal_phone_number":"flag","run_waterfall_email":"flag","run_waterfall_phone":"flag","webhook_url":"text"}},
    save: {"method":"POST","path":"/mixed_people/add_to_contacts","writes":true,"asks":["person_ids"],"fields":{"person_ids":"ids","label_names":"list","contact_stage_id":"id","owner_id":"id","only_what_fits":"flag"}},
  },
  reportSchedule: {
    create: {"method":"POST","path":"/report_schedules","writes":true,"asks":["view_id","every","time"],"fields":{"view_id":"id","every":"text","time":"text","weekday":"number","day":"number","time_zone":"text","user_ids":"ids","webhook_subscription_id":"id"},"answer":"report_schedule"},
    delete: {"method":"DELETE","path":"/report_schedules/{id}","writes":true,"target":"reportScheduleId","asks":[],"fields":{},"answer":"report_schedule"},
    getAll: {"method":"GET","path":"/report_schedules","asks":[],"fields":{"view_id":"id"},"pages":{"by":"once","items":"report_schedules","most":0}},
    getRuns: {"method":"GET","path":"/report_schedules/{id}/runs","target":"reportScheduleId","asks":[],"fields":{},"answer":"report_runs"},
    update: {"method":"PATCH","path":"/report_schedules/{id}","writes":true,"target":"reportScheduleId","asks":[],"fields":{"every":"text","time":"text","weekday":"number","day":"number","time_zone":"text","user_ids":"ids","active":"flag"},"answer":"report_schedule"},
  },
  scoreFormula: {
    get: {"method":"GET","path":"/score_formula","asks":[],"fields":{}},
    replace: {"method":"PUT","path":"/score_formula","writes":true,"asks":["signals"],"fields":{"signals":"groups","out_of":"number","marks":"numbers"},"groups":{"signals":{"field":"text","custom_field_id":"id","operator":"text","value":"oneOrMany","weight":"number","name":"text"}}},
    reset: {"method":"DELETE","path":"/score_formula","writes":true,"asks":[],"fields":{}},
  },
  sequence: {
    activate: {"method":"POST","path":"/emailer_campaigns/{id}/approve","writes":true,"target":"sequenceId","asks":[],"fields":{}},
    addContacts: {"method":"POST","path":"/emailer_campaigns/{id}/add_contact_ids","writes":true,"target":"sequenceId","asks":[],"fields":{"contact_ids":"ids","label_names":"list","send_email_from_email_account_id":"ids","send_email_from_email_address":"text","sequence_no_email":"flag","sequence_unverified_email":"flag","sequence_job_change":"flag","sequence_active_in_other_campaigns":"flag","sequence_finished_in_other_campaigns":"flag","sequence_same_company_in_same_campaign":"flag","sequence_same_email_in_same_campaign":"flag","contacts_without_ownership_permission":"flag","add_if_in_queue":"flag","contact_verification_skipped":"flag","user_id":"id","status":"text","auto_unpause_at":"time","async":"flag","start_step":"number","wait_for_other_campaigns":"flag","re_enroll":"flag","promise_id":"id"}},
    deactivate: {"method":"POST","path":"/emailer_campaigns/{id}/abort","writes":true,"target":"sequenceId","asks":[],"fields":{}},
    explain: {"method":"GET","path":"/emailer_campaigns/{id}/explain","target":"sequenceId","asks":[],"fields":{},"answer":"explain"},
    get: {"method":"GET","path":"/emailer_campaigns/{id}","target":"sequenceId","asks":[],"fields":{}},
    getAll: {"method":"POST","path":"/emailer_campaigns/search","asks":[],"fields":{"q_name":"text","emailer_campaign_status":"text","user_ids":"ids","folder_id":"id","starred":"flag","sort_by_field":"text","sort_ascending":"flag"},"pages":{"by":"page","items":"emailer_campaigns","most":100}},
  },
  task: {
    complete: {"method":"POST","path":"/tasks/{id}/complete","writes":true,"target":"taskId","asks":[],"fields":{"note":"text"},"answer":"task"},
    create: {"method":"POST","path":"/tasks","writes":true,"asks":["type","contact_id","user_id","due_at"],"fields":{"user_id":"id","account_id":"id","opportunity_id":"id","type":"text","status":"text","priority":"text","due_at":"time","title":"text","note":"text","standalone_outreach_task_message":"json","contact_id":"id","contact_ids":"ids"},"answer":"task"},
    get: {"method":"GET","path":"/tasks/{id}","target":"taskId","asks":[],"fields":{},"answer":"task"},
    getAll: {"method":"POST","path":"/tasks/search","asks":[],"fields":{"sort_by_field":"text","sort_ascending":"flag","multi_sort":"list","q_keywords":"text","user_ids":"ids","contact_ids":"ids","account_id":"id","account_ids":"ids","opportunity_id":"id","opportunity_ids":"ids","priority":"list","task_types":"list","task_type_cds":"list","task_status":"list","emailer_campaign_ids":"ids","due_from":"time","due_before":"time"},"pages":{"by":"cursor","items":"tasks","most":100}},
    skip: {"method":"POST","path":"/tasks/{id}/skip","writes":true,"target":"taskId","asks":[],"fields":{"note":"text"},"answer":"task"},
    update: {"method":"PATCH","path":"/tasks/{id}","writes":true,"target":"taskId","asks":[],"fields":{"user_id":"id","contact_id":"id","type":"text","status":"text","priority":"text","due_at":"time","title":"text","note":"text","call_script":"text","standalone_outreach_task_message":"json"},"answer":"task"},
  },
  workflow: {
    activate: {"method":"POST","path":"/workflows/{id}/activate","writes":true,"target":"workflowId","asks":[],"fields":{"everybody":"flag"},"answer":"workflow"},
    archive: {"method":"POST","path":"/workflows/{id}/archive","writes":true,"target":"workflowId","asks":[],"fields":{},"answer":"workflow"},
    deactivate: {"method":"POST","path":"/workflows/{id}/deactivate","writes":true,"target":"workflowId","asks":[],"fields":{},"answer":"workflow"},
    explain: {"method":"GET","path":"/workflows/{id}/explain","target":"workflowId","asks":["entity_id"],"fields":{"entity_id":"id"},"answer":"explanation"},
    get: {"method":"GET","path":"/workflows/{id}","target":"workflowId","asks":[],"fields":{},"answer":"workflow"},
    getAll: {"method":"GET","path":"/workflows","asks":[],"fields":{"q_keywords":"text","active":"flag","archived":"flag","sort_by_field":"text","sort_ascending":"flag"},"pages":{"by":"page","items":"workflows","most":100}},
    getRuns: {"method":"GET","path":"/workflows/{id}/runs","target":"workflowId","asks":[],"fields":{}},
    run: {"method":"POST","path":"/workflows/{id}/run","writes":true,"target":"workflowId","asks":[],"fields":{"entity_ids":"ids"}},
  },
};
