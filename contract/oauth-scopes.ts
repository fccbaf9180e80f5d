// The scopes that an application may ask a person for: Apollo's, by Apollo's names, and two that stand for many calls.
// Which call needs which stands with the call (`oauth` in its endpoint); here stands what each means to the person who
// is asked. Those of calls that Cadenza does not have yet are known all the same: who registers for them is not refused.

export type OAuthScope = {
  /** Completes "It may …" for a person who knows the product and no API. */
  says: string;
  /** Whether anything can be changed by it, or credits spent. */
  changes: boolean;
};

const reads = (says: string): OAuthScope => ({ says, changes: false });
const changes = (says: string): OAuthScope => ({ says, changes: true });

/** What an application is registered for, and asks for, where it names nothing: Apollo's own default. */
export const DEFAULT_OAUTH_SCOPES = ["read_user_profile", "app_scopes"] as const;

export const oauthScopes: Readonly<Record<string, OAuthScope>> = {
  app_scopes: changes("do everything you can do here, except admin tasks"),
  read_only: reads("see everything you can see here, and change nothing"),
  read_user_profile: reads("see your name and your email address"),

  users_list: reads("see the users of the team"),
  api_usage_stats_read: reads("see how many calls the team has made"),
  credit_usage_stats_read: reads("see how many credits the team has used"),

  contact_read: reads("see a contact"),
  contacts_search: reads("search contacts"),
  contact_write: changes("add contacts"),
  contacts_bulk_create: changes("add many contacts at once"),
  contact_update: changes("change contacts"),
  contacts_bulk_update: changes("change many contacts at once"),
  contact_stages_update: changes("move contacts to other stages"),
  contact_owners_update: changes("give contacts another owner"),
  contact_stages_list: reads("see the stages of contacts"),

  account_read: reads("see a company"),
  accounts_search: reads("search companies"),
  account_write: changes("add companies"),
  account_bulk_create: changes("add many companies at once"),
  account_update: changes("change companies"),
  account_stages_update: changes("change several companies at once, including their stages"),
  account_owners_update: changes("give companies another owner"),
  account_stages_list: reads("see the stages of companies"),

  emailer_campaigns_search: reads("search sequences"),
  emailer_campaigns_activity_feed: reads("see what happened to contacts in sequences"),
  emailer_campaigns_create: changes("create sequences"),
  emailer_campaigns_update: changes("change sequences and their steps"),
  emailer_campaigns_approve: changes("activate sequences"),
  emailer_campaigns_abort: changes("deactivate sequences"),
  emailer_campaigns_archive: changes("archive sequences"),
  emailer_campaigns_add_contact_ids: changes("add contacts to sequences, so that they get emails"),
  emailer_campaigns_remove_or_stop_contact_ids: changes("stop contacts in sequences, or remove them"),
  emailer_schedules_list: reads("see sending schedules"),

  emailer_messages_search: reads("search emails"),
  emailer_messages_get_content: reads("read the content of emails"),
  emailer_messages_email_send_status: reads("see whether emails were sent"),
  emailer_messages_create: changes("write draft emails"),
  emailer_messages_send_now: changes("send emails at once"),
  email_accounts_list: reads("see the mailboxes, without their passwords"),

  tasks_list: reads("see and search tasks"),
  tasks_create: changes("add, change, complete and skip tasks"),
  notes_list: reads("read notes"),
  phone_call_search: reads("search calls"),
  phone_call_write: changes("log calls"),
  phone_call_update: changes("change logged calls"),

  opportunity_read: reads("see a deal"),
  opportunities_list: reads("search deals"),
  opportunity_write: changes("add deals"),
  opportunity_update: changes("change deals"),
  opportunity_stages_list: reads("see the stages of deals"),

  tags_list: reads("see lists"),
  lists_create: changes("create lists"),
  lists_update: changes("rename lists"),
  lists_add_entities: changes("add contacts and companies to lists"),
  lists_remove_entities: changes("remove contacts and companies from lists"),
  custom_fields_list: reads("see the fields of records"),
  custom_field_write: changes("add and change fields"),

  people_match: changes("look people up, which may cost credits"),
  people_bulk_match: changes("look many people up at once, which may cost credits"),
  person_read: reads("see a person"),
  mixed_people_api_search: reads("search for people"),
  mixed_people_search: reads("search for people and contacts"),
  mixed_companies_search: changes("search for companies, which may cost credits"),
  organization_read: reads("see an organization"),
  organizations_enrich: changes("look companies up, which may cost credits"),
  organizations_bulk_enrich: changes("look many companies up at once, which may cost credits"),
  organizations_job_posting: reads("see a company's job postings"),
  organizations_news_articles: changes("search news about companies, which may cost credits"),
  webhook_result_read: reads("see the results of its own lookups"),
  report_sync: reads("read reports"),
};
