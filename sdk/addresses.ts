// Made by npm run generate from the contract; not to be changed by hand.
// biome-ignore-all format: one call is one line

export type Address = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  /** Changes something: may carry an idempotency key or be tried as a dry run. */
  writes?: true;
  /** Asked by somebody who is nobody yet, so that no idempotency key is kept for them. */
  open?: true;
  /** May be posted, where what is asked is too long for a query. */
  alsoPost?: true;
  /** Also answers as CSV. */
  alsoCsv?: true;
  /** Answers with a file. */
  isFile?: true;
  /** The parameter that may be sent as a file. */
  takesFile?: string;
  /** Lists something: how it is read on, the key its items stand under, and how many a page holds at most. */
  pages?: { by: "page" | "cursor" | "since" | "before" | "skip" | "once"; items: string; most: number };
};

export const addresses = {
  auth: {
    health: { method: "GET", path: "/auth/health" },
  },
  users: {
    search: { method: "GET", path: "/users/search", alsoPost: true, pages: { by: "page", items: "users", most: 100 } },
    apiProfile: { method: "GET", path: "/users/api_profile" },
    invite: { method: "POST", path: "/users/invite", writes: true },
    update: { method: "PATCH", path: "/users/{id}", writes: true },
    deactivate: { method: "POST", path: "/users/{id}/deactivate", writes: true },
    reactivate: { method: "POST", path: "/users/{id}/reactivate", writes: true },
  },
  usageStats: {
    apiUsage: { method: "POST", path: "/usage_stats/api_usage_stats" },
    creditUsage: { method: "POST", path: "/usage_stats/credit_usage_stats" },
  },
  contacts: {
    create: { method: "POST", path: "/contacts", writes: true },
    get: { method: "GET", path: "/contacts/{id}" },
    update: { method: "PATCH", path: "/contacts/{id}", writes: true },
    delete: { method: "DELETE", path: "/contacts/{id}", writes: true },
    search: { method: "POST", path: "/contacts/search", alsoCsv: true, pages: { by: "cursor", items: "contacts", most: 100 } },
    bulkCreate: { method: "POST", path: "/contacts/bulk_create", writes: true },
    bulkUpdate: { method: "POST", path: "/contacts/bulk_update", writes: true },
    updateStages: { method: "POST", path: "/contacts/update_stages", writes: true },
    updateOwners: { method: "POST", path: "/contacts/update_owners", writes: true },
    matching: { method: "POST", path: "/contacts/matching" },
    merge: { method: "POST", path: "/contacts/merge", writes: true },
    bulkDelete: { method: "POST", path: "/contacts/bulk_delete", writes: true },
    timeline: { method: "GET", path: "/contacts/{id}/timeline", pages: { by: "cursor", items: "timeline", most: 100 } },
    enrich: { method: "POST", path: "/contacts/enrich", writes: true },
  },
  customFields: {
    list: { method: "GET", path: "/fields", pages: { by: "once", items: "fields", most: 0 } },
    create: { method: "POST", path: "/fields", writes: true },
    update: { method: "PATCH", path: "/fields", writes: true },
    delete: { method: "DELETE", path: "/fields/{id}", writes: true },
  },
  typedCustomFields: {
    list: { method: "GET", path: "/typed_custom_fields", pages: { by: "once", items: "typed_custom_fields", most: 0 } },
  },
  accounts: {
    create: { method: "POST", path: "/accounts", writes: true },
    get: { method: "GET", path: "/accounts/{id}" },
    update: { method: "PATCH", path: "/accounts/{id}", writes: true },
    search: { method: "POST", path: "/accounts/search", alsoCsv: true, pages: { by: "page", items: "accounts", most: 100 } },
    bulkCreate: { method: "POST", path: "/accounts/bulk_create", writes: true },
    bulkUpdate: { method: "POST", path: "/accounts/bulk_update", writes: true },
    updateOwners: { method: "POST", path: "/accounts/update_owners", writes: true },
    enrich: { method: "POST", path: "/accounts/{id}/enrich", writes: true },
    delete: { method: "DELETE", path: "/accounts/{id}", writes: true },
    merge: { method: "POST", path: "/accounts/merge", writes: true },
    timeline: { method: "GET", path: "/accounts/{id}/timeline", pages: { by: "cursor", items: "timeline", most: 100 } },
  },
  joining: {
    addContacts: { method: "POST", path: "/emailer_campaigns/{id}/add_contact_ids", writes: true },
    checkDeployability: { method: "POST", path: "/emailer_campaigns/check_contacts_deployability" },
    verdicts: { method: "GET", path: "/emailer_campaigns/{id}/verdicts", alsoCsv: true, pages: { by: "page", items: "verdicts", most: 100 } },
    additions: { method: "GET", path: "/emailer_campaigns/{id}/additions", pages: { by: "page", items: "additions", most: 100 } },
  },
  labels: {
    list: { method: "GET", path: "/labels", pages: { by: "once", items: "", most: 0 } },
    create: { method: "POST", path: "/labels", writes: true },
    update: { method: "PATCH", path: "/labels/{id}", writes: true },
    delete: { method: "DELETE", path: "/labels/{id}", writes: true },
    addEntityIds: { method: "POST", path: "/labels/add_entity_ids_to_label_names", writes: true },
    removeEntityIds: { method: "POST", path: "/labels/remove_entity_ids_from_label_names", writes: true },
  },
  contactStages: {
    list: { method: "GET", path: "/contact_stages", pages: { by: "once", items: "contact_stages", most: 0 } },
    create: { method: "POST", path: "/contact_stages", writes: true },
    update: { method: "PATCH", path: "/contact_stages/{id}", writes: true },
    reorder: { method: "POST", path: "/contact_stages/reorder", writes: true },
    delete: { method: "DELETE", path: "/contact_stages/{id}", writes: true },
  },
  accountStages: {
    list: { method: "GET", path: "/account_stages", pages: { by: "once", items: "account_stages", most: 0 } },
    create: { method: "POST", path: "/account_stages", writes: true },
    update: { method: "PATCH", path: "/account_stages/{id}", writes: true },
    reorder: { method: "POST", path: "/account_stages/reorder", writes: true },
    delete: { method: "DELETE", path: "/account_stages/{id}", writes: true },
  },
  apiKeys: {
    create: { method: "POST", path: "/api_keys", writes: true },
    list: { method: "GET", path: "/api_keys", pages: { by: "once", items: "api_keys", most: 0 } },
    current: { method: "GET", path: "/api_keys/current" },
    revoke: { method: "DELETE", path: "/api_keys/{id}", writes: true },
    rotate: { method: "POST", path: "/api_keys/{id}/rotate", writes: true },
  },
  catcher: {
    list: { method: "GET", path: "/catcher/messages", pages: { by: "once", items: "messages", most: 0 } },
    reply: { method: "POST", path: "/catcher/messages/{id}/reply", writes: true },
    empty: { method: "DELETE", path: "/catcher/messages", writes: true },
  },
  connectedApps: {
    list: { method: "GET", path: "/connected_apps", pages: { by: "once", items: "connected_apps", most: 0 } },
    disconnect: { method: "DELETE", path: "/connected_apps/{id}", writes: true },
  },
  changes: {
    undo: { method: "POST", path: "/changes/{id}/undo", writes: true },
  },
  enrichmentProviders: {
    list: { method: "GET", path: "/enrichment_providers", pages: { by: "once", items: "providers", most: 0 } },
    create: { method: "POST", path: "/enrichment_providers", writes: true },
    update: { method: "PATCH", path: "/enrichment_providers/{id}", writes: true },
    order: { method: "POST", path: "/enrichment_providers/order", writes: true },
    test: { method: "POST", path: "/enrichment_providers/{id}/test", writes: true },
    delete: { method: "DELETE", path: "/enrichment_providers/{id}", writes: true },
  },
  emailPatterns: {
    guess: { method: "POST", path: "/email_patterns/guess" },
  },
  emailVerifications: {
    start: { method: "POST", path: "/email_verifications", writes: true },
    check: { method: "POST", path: "/email_verifications/check", writes: true },
    show: { method: "GET", path: "/contacts/{id}/email_verification" },
    settings: { method: "GET", path: "/email_verifications/settings" },
    updateSettings: { method: "PATCH", path: "/email_verifications/settings", writes: true },
  },
  credits: {
    quote: { method: "POST", path: "/credits/quote" },
    allowances: { method: "GET", path: "/credits/allowances" },
    allow: { method: "PUT", path: "/credits/allowances", writes: true },
    usage: { method: "GET", path: "/credits/usage", pages: { by: "since", items: "usage", most: 0 } },
    movements: { method: "GET", path: "/credits/movements", pages: { by: "page", items: "movements", most: 100 } },
  },
  enrollments: {
    removeOrStop: { method: "POST", path: "/emailer_campaigns/remove_or_stop_contact_ids", writes: true },
    changeStatuses: { method: "POST", path: "/emailer_campaigns/{id}/change_contact_statuses", writes: true },
    updateMailbox: { method: "POST", path: "/emailer_campaigns/{id}/update_emailer_campaign_contact_ids", writes: true },
    removeContacts: { method: "POST", path: "/emailer_campaigns/remove_contact_ids", writes: true },
    pause: { method: "POST", path: "/emailer_campaigns/{id}/pause_contact_ids", writes: true },
    resume: { method: "POST", path: "/emailer_campaigns/{id}/resume_contact_ids", writes: true },
    retry: { method: "POST", path: "/emailer_campaigns/{id}/retry_contact_ids", writes: true },
    restart: { method: "POST", path: "/emailer_campaigns/{id}/restart_contact_ids", writes: true },
    finish: { method: "POST", path: "/emailer_campaigns/{id}/finish_contact_ids", writes: true },
    remove: { method: "POST", path: "/emailer_campaigns/{id}/remove_contact_ids", writes: true },
    counts: { method: "GET", path: "/emailer_campaigns/{id}/contact_counts" },
    move: { method: "POST", path: "/emailer_campaigns/{id}/move_contact_ids", writes: true },
    search: { method: "POST", path: "/contact_campaign_statuses/search", pages: { by: "cursor", items: "contact_campaign_statuses", most: 100 } },
    show: { method: "GET", path: "/contact_campaign_statuses/{id}" },
  },
  imports: {
    create: { method: "POST", path: "/imports", writes: true },
    preview: { method: "POST", path: "/imports/preview" },
    list: { method: "GET", path: "/imports", pages: { by: "page", items: "imports", most: 100 } },
    get: { method: "GET", path: "/imports/{id}" },
    rows: { method: "GET", path: "/imports/{id}/rows", alsoCsv: true, pages: { by: "page", items: "rows", most: 100 } },
    undo: { method: "POST", path: "/imports/{id}/undo", writes: true },
  },
  incomingMails: {
    list: { method: "GET", path: "/incoming_mails", pages: { by: "page", items: "incoming_mails", most: 100 } },
    get: { method: "GET", path: "/incoming_mails/{id}" },
    handle: { method: "POST", path: "/incoming_mails/{id}/handle", writes: true },
    bulkHandle: { method: "POST", path: "/incoming_mails/bulk_handle", writes: true },
    bulkOverrule: { method: "POST", path: "/incoming_mails/bulk_overrule", writes: true },
    overrule: { method: "POST", path: "/incoming_mails/{id}/overrule", writes: true },
  },
  folders: {
    list: { method: "GET", path: "/folders", pages: { by: "once", items: "folders", most: 0 } },
    create: { method: "POST", path: "/folders", writes: true },
    update: { method: "PATCH", path: "/folders/{id}", writes: true },
    remove: { method: "DELETE", path: "/folders/{id}", writes: true },
  },
  forecasts: {
    create: { method: "POST", path: "/forecasts", writes: true },
    list: { method: "GET", path: "/forecasts", pages: { by: "page", items: "forecasts", most: 100 } },
    show: { method: "GET", path: "/forecasts/{id}" },
  },
  rehearsals: {
    dates: { method: "POST", path: "/emailer_campaigns/{id}/rehearse" },
    mail: { method: "POST", path: "/emailer_campaigns/{id}/preview_mail" },
    sendTest: { method: "POST", path: "/emailer_campaigns/{id}/send_test", writes: true },
    variables: { method: "GET", path: "/mail_variables" },
    problems: { method: "GET", path: "/emailer_campaigns/{id}/problems" },
  },
  reports: {
    sequence: { method: "GET", path: "/emailer_campaigns/{id}/report" },
    sync: { method: "POST", path: "/reports/sync_report", alsoCsv: true },
    behind: { method: "POST", path: "/reports/rows", pages: { by: "page", items: "rows", most: 100 } },
  },
  rulesets: {
    list: { method: "GET", path: "/sequence_rulesets", pages: { by: "once", items: "sequence_rulesets", most: 0 } },
    show: { method: "GET", path: "/sequence_rulesets/{id}" },
    create: { method: "POST", path: "/sequence_rulesets", writes: true },
    update: { method: "PATCH", path: "/sequence_rulesets/{id}", writes: true },
    remove: { method: "DELETE", path: "/sequence_rulesets/{id}", writes: true },
  },
  schedules: {
    list: { method: "GET", path: "/emailer_schedules", pages: { by: "once", items: "emailer_schedules", most: 0 } },
    show: { method: "GET", path: "/emailer_schedules/{id}" },
    create: { method: "POST", path: "/emailer_schedules", writes: true },
    update: { method: "PUT", path: "/emailer_schedules/{id}", writes: true },
    remove: { method: "DELETE", path: "/emailer_schedules/{id}", writes: true },
  },
  sequences: {
    search: { method: "POST", path: "/emailer_campaigns/search", pages: { by: "page", items: "emailer_campaigns", most: 100 } },
    list: { method: "GET", path: "/emailer_campaigns", pages: { by: "page", items: "emailer_campaigns", most: 100 } },
    show: { method: "GET", path: "/emailer_campaigns/{id}" },
    create: { method: "POST", path: "/sequences", writes: true },
    start: { method: "POST", path: "/emailer_campaigns", writes: true },
    update: { method: "PUT", path: "/sequences/{id}", writes: true },
    change: { method: "PUT", path: "/emailer_campaigns/{id}", writes: true },
    approve: { method: "POST", path: "/emailer_campaigns/{id}/approve", writes: true },
    abort: { method: "POST", path: "/emailer_campaigns/{id}/abort", writes: true },
    archive: { method: "POST", path: "/emailer_campaigns/{id}/archive", writes: true },
    clone: { method: "POST", path: "/emailer_campaigns/{id}/clone", writes: true },
    activityFeed: { method: "POST", path: "/emailer_campaigns/activity_feed" },
    activity: { method: "GET", path: "/emailer_campaigns/{id}/activity", pages: { by: "before", items: "events", most: 100 } },
  },
  sqlLogins: {
    create: { method: "POST", path: "/sql_logins", writes: true },
    list: { method: "GET", path: "/sql_logins", pages: { by: "once", items: "sql_logins", most: 0 } },
    revoke: { method: "DELETE", path: "/sql_logins/{id}", writes: true },
  },
  stars: {
    starSequence: { method: "POST", path: "/emailer_campaigns/{id}/star", writes: true },
    unstarSequence: { method: "POST", path: "/emailer_campaigns/{id}/unstar", writes: true },
    starTemplate: { method: "POST", path: "/emailer_templates/{id}/star", writes: true },
    unstarTemplate: { method: "POST", path: "/emailer_templates/{id}/unstar", writes: true },
  },
  steps: {
    create: { method: "POST", path: "/emailer_steps", writes: true },
    show: { method: "GET", path: "/emailer_steps/{id}" },
    update: { method: "PUT", path: "/emailer_steps/{id}", writes: true },
    remove: { method: "DELETE", path: "/emailer_steps/{id}", writes: true },
  },
  templates: {
    create: { method: "POST", path: "/emailer_templates", writes: true },
    search: { method: "POST", path: "/emailer_templates/search", pages: { by: "page", items: "emailer_templates", most: 100 } },
    show: { method: "GET", path: "/emailer_templates/{id}" },
    update: { method: "PUT", path: "/emailer_templates/{id}", writes: true },
    archive: { method: "POST", path: "/emailer_templates/{id}/archive", writes: true },
  },
  touches: {
    list: { method: "GET", path: "/emailer_touches", pages: { by: "once", items: "emailer_touches", most: 0 } },
    create: { method: "POST", path: "/emailer_touches", writes: true },
    update: { method: "PUT", path: "/emailer_touches/{id}", writes: true },
    remove: { method: "DELETE", path: "/emailer_touches/{id}", writes: true },
    approve: { method: "POST", path: "/emailer_touches/{id}/approve", writes: true },
    abort: { method: "POST", path: "/emailer_touches/{id}/abort", writes: true },
  },
  attachments: {
    create: { method: "POST", path: "/attachments", writes: true },
    list: { method: "GET", path: "/attachments", pages: { by: "once", items: "attachments", most: 0 } },
    download: { method: "GET", path: "/attachments/{id}", isFile: true },
  },
  auditLog: {
    list: { method: "GET", path: "/audit_log", pages: { by: "before", items: "audit_log", most: 200 } },
  },
  emailAccounts: {
    list: { method: "GET", path: "/email_accounts", pages: { by: "once", items: "email_accounts", most: 0 } },
    update: { method: "PATCH", path: "/email_accounts/{id}", writes: true },
    create: { method: "POST", path: "/email_accounts", writes: true },
    disconnect: { method: "DELETE", path: "/email_accounts/{id}", writes: true },
    test: { method: "POST", path: "/email_accounts/{id}/test", writes: true },
    setDkim: { method: "POST", path: "/email_accounts/{id}/dkim", writes: true },
    removeDkim: { method: "DELETE", path: "/email_accounts/{id}/dkim", writes: true },
    checkDomain: { method: "POST", path: "/email_accounts/{id}/check_domain", writes: true },
    standings: { method: "GET", path: "/email_accounts/standings" },
  },
  emailerMessages: {
    search: { method: "GET", path: "/emailer_messages/search", alsoPost: true, pages: { by: "page", items: "emailer_messages", most: 100 } },
    show: { method: "GET", path: "/emailer_messages/{id}" },
    activities: { method: "GET", path: "/emailer_messages/{id}/activities" },
    getContent: { method: "POST", path: "/emailer_messages/get_content" },
    sendStatus: { method: "POST", path: "/emailer_messages/email_send_status" },
    create: { method: "POST", path: "/emailer_messages", writes: true },
    update: { method: "PATCH", path: "/emailer_messages/{id}", writes: true },
    delete: { method: "DELETE", path: "/emailer_messages/{id}", writes: true },
    sendNow: { method: "POST", path: "/emailer_messages/{id}/send_now", writes: true },
    bulkSendNow: { method: "POST", path: "/emailer_messages/bulk_send_now", writes: true },
    bulkSchedule: { method: "POST", path: "/emailer_messages/bulk_schedule", writes: true },
    resolve: { method: "POST", path: "/emailer_messages/{id}/resolve", writes: true },
  },
  oauth: {
    register: { method: "POST", path: "/oauth/applications/register_oauth_client", writes: true, open: true },
    token: { method: "POST", path: "/oauth/token", writes: true, open: true },
    revoke: { method: "POST", path: "/oauth/revoke", writes: true, open: true },
    check: { method: "POST", path: "/oauth/authorizations/check" },
    decide: { method: "POST", path: "/oauth/authorizations", writes: true },
  },
  oauthApplications: {
    list: { method: "GET", path: "/oauth/applications", pages: { by: "once", items: "oauth_applications", most: 0 } },
    create: { method: "POST", path: "/oauth/applications", writes: true },
    revoke: { method: "DELETE", path: "/oauth/applications/{id}", writes: true },
  },
  mixedCompanies: {
    search: { method: "POST", path: "/mixed_companies/search", writes: true },
  },
  mixedPeople: {
    search: { method: "POST", path: "/mixed_people/api_search", pages: { by: "cursor", items: "people", most: 100 } },
    searchWhole: { method: "POST", path: "/mixed_people/search", pages: { by: "cursor", items: "model_ids", most: 100 } },
    facets: { method: "POST", path: "/mixed_people/facets" },
  },
  prospecting: {
    importPeople: { method: "POST", path: "/people/import", writes: true, takesFile: "text" },
    importOrganizations: { method: "POST", path: "/organizations/import", writes: true, takesFile: "text" },
    deletePeople: { method: "POST", path: "/people/bulk_delete", writes: true },
    addToContacts: { method: "POST", path: "/mixed_people/add_to_contacts", writes: true },
  },
  inventedPeople: {
    count: { method: "GET", path: "/people/invented" },
    plant: { method: "POST", path: "/people/invented", writes: true },
    remove: { method: "DELETE", path: "/people/invented", writes: true },
  },
  newsArticles: {
    search: { method: "POST", path: "/news_articles/search", writes: true },
  },
  organizations: {
    jobPostings: { method: "GET", path: "/organizations/{id}/job_postings", pages: { by: "page", items: "organization_job_postings", most: 100 } },
    enrich: { method: "POST", path: "/organizations/enrich", writes: true },
    bulkEnrich: { method: "POST", path: "/organizations/bulk_enrich", writes: true },
    show: { method: "GET", path: "/organizations/{id}" },
  },
  people: {
    match: { method: "POST", path: "/people/match", writes: true },
    bulkMatch: { method: "POST", path: "/people/bulk_match", writes: true },
    show: { method: "GET", path: "/people/{id}" },
  },
  webhookResults: {
    show: { method: "GET", path: "/webhook_result/{request_id}" },
  },
  notes: {
    list: { method: "GET", path: "/notes", pages: { by: "skip", items: "notes", most: 100 } },
    create: { method: "POST", path: "/notes", writes: true },
    update: { method: "PATCH", path: "/notes/{id}", writes: true },
    pin: { method: "POST", path: "/notes/{id}/pin", writes: true },
    delete: { method: "DELETE", path: "/notes/{id}", writes: true },
  },
  opportunities: {
    create: { method: "POST", path: "/opportunities", writes: true },
    ofContact: { method: "POST", path: "/contacts/{id}/opportunities" },
    search: { method: "GET", path: "/opportunities/search", alsoPost: true, pages: { by: "page", items: "opportunities", most: 100 } },
    list: { method: "GET", path: "/opportunities", pages: { by: "page", items: "opportunities", most: 100 } },
    get: { method: "GET", path: "/opportunities/{id}" },
    update: { method: "PATCH", path: "/opportunities/{id}", writes: true },
    delete: { method: "DELETE", path: "/opportunities/{id}", writes: true },
    totals: { method: "GET", path: "/opportunities/totals" },
  },
  opportunityStages: {
    list: { method: "GET", path: "/opportunity_stages", pages: { by: "once", items: "opportunity_stages", most: 0 } },
  },
  phoneCalls: {
    create: { method: "POST", path: "/phone_calls", writes: true },
    update: { method: "PUT", path: "/phone_calls/{id}", writes: true },
    search: { method: "GET", path: "/phone_calls/search", alsoPost: true, pages: { by: "page", items: "phone_calls", most: 100 } },
    outcomes: { method: "GET", path: "/phone_call_outcomes", pages: { by: "once", items: "phone_call_outcomes", most: 0 } },
    purposes: { method: "GET", path: "/phone_call_purposes", pages: { by: "once", items: "phone_call_purposes", most: 0 } },
  },
  events: {
    list: { method: "GET", path: "/events", pages: { by: "since", items: "events", most: 1000 } },
  },
  explain: {
    contact: { method: "GET", path: "/contacts/{id}/explain" },
    enrollment: { method: "GET", path: "/contact_campaign_statuses/{id}/explain" },
    sequence: { method: "GET", path: "/emailer_campaigns/{id}/explain" },
    mailbox: { method: "GET", path: "/email_accounts/{id}/explain" },
    message: { method: "GET", path: "/emailer_messages/{id}/explain" },
  },
  installation: {
    show: { method: "GET", path: "/installation" },
    confirmSending: { method: "POST", path: "/installation/sending/confirm", writes: true },
  },
  invitations: {
    check: { method: "POST", path: "/invitations/check" },
    accept: { method: "POST", path: "/invitations/accept", writes: true, open: true },
  },
  progress: {
    get: { method: "GET", path: "/entity_progress_jobs/{id}" },
    list: { method: "GET", path: "/entity_progress_jobs", pages: { by: "page", items: "entity_progress_jobs", most: 100 } },
    items: { method: "GET", path: "/entity_progress_jobs/{id}/items", pages: { by: "page", items: "items", most: 100 } },
    cancel: { method: "POST", path: "/entity_progress_jobs/{id}/cancel", writes: true },
  },
  sessions: {
    start: { method: "POST", path: "/sessions", writes: true, open: true },
    current: { method: "GET", path: "/sessions/current" },
    end: { method: "DELETE", path: "/sessions/current", writes: true },
  },
  setup: {
    check: { method: "POST", path: "/setup/check" },
    complete: { method: "POST", path: "/setup", writes: true, open: true },
  },
  subteams: {
    list: { method: "GET", path: "/subteams", pages: { by: "once", items: "subteams", most: 0 } },
    create: { method: "POST", path: "/subteams", writes: true },
    update: { method: "PATCH", path: "/subteams/{id}", writes: true },
    delete: { method: "DELETE", path: "/subteams/{id}", writes: true },
  },
  suppressions: {
    list: { method: "GET", path: "/suppressions", alsoCsv: true, pages: { by: "page", items: "suppressions", most: 100 } },
    create: { method: "POST", path: "/suppressions", writes: true },
    remove: { method: "DELETE", path: "/suppressions/{id}", writes: true },
    import: { method: "POST", path: "/suppressions/import", writes: true, takesFile: "text" },
  },
  tasks: {
    create: { method: "POST", path: "/tasks", writes: true },
    bulkCreate: { method: "POST", path: "/tasks/bulk_create", writes: true },
    get: { method: "GET", path: "/tasks/{id}" },
    update: { method: "PATCH", path: "/tasks/{id}", writes: true },
    complete: { method: "POST", path: "/tasks/{id}/complete", writes: true },
    skip: { method: "POST", path: "/tasks/{id}/skip", writes: true },
    search: { method: "POST", path: "/tasks/search", pages: { by: "page", items: "tasks", most: 100 } },
    reopen: { method: "POST", path: "/tasks/{id}/reopen", writes: true },
  },
  teams: {
    current: { method: "GET", path: "/teams/current" },
    update: { method: "PATCH", path: "/teams/current", writes: true },
    create: { method: "POST", path: "/teams", writes: true },
  },
  views: {
    list: { method: "GET", path: "/views", pages: { by: "once", items: "views", most: 0 } },
    create: { method: "POST", path: "/views", writes: true },
    update: { method: "PATCH", path: "/views/{id}", writes: true },
    delete: { method: "DELETE", path: "/views/{id}", writes: true },
  },
  today: {
    counts: { method: "GET", path: "/today/counts" },
    show: { method: "GET", path: "/today" },
  },
  webhookSubscriptions: {
    create: { method: "POST", path: "/webhook_subscriptions", writes: true },
    list: { method: "GET", path: "/webhook_subscriptions", pages: { by: "once", items: "webhook_subscriptions", most: 0 } },
    get: { method: "GET", path: "/webhook_subscriptions/{id}" },
    update: { method: "PATCH", path: "/webhook_subscriptions/{id}", writes: true },
    destroy: { method: "DELETE", path: "/webhook_subscriptions/{id}", writes: true },
    rotateSecret: { method: "POST", path: "/webhook_subscriptions/{id}/rotate_secret", writes: true },
    deliveries: { method: "GET", path: "/webhook_subscriptions/{id}/deliveries", pages: { by: "page", items: "deliveries", most: 100 } },
    test: { method: "POST", path: "/webhook_subscriptions/{id}/test", writes: true },
    replay: { method: "POST", path: "/webhook_subscriptions/{id}/replay", writes: true },
  },
} as const satisfies Record<string, Record<string, Address>>;
